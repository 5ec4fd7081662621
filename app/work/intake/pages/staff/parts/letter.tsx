import { formats } from '#platform/i18n/index.ts'
import type { Referral } from '../../../queries/referrals.ts'
import type { Letter } from '../../../referral.ts'
import { words } from '../../../words.ts'

const t = words('de')

/** The letter line by line, the same on the page, as text and as a sheet. */
export function letterLines(letter: Letter): { label: string; text: string }[] {
  return [
    { label: t('letter.to'), text: letter.to },
    { label: t('letter.received'), text: formats('de').day(letter.receivedOn) },
    { label: t('letter.area'), text: letter.area },
    { label: t('letter.subject'), text: letter.subject },
    { label: t('letter.purpose'), text: letter.purpose },
    { label: t('letter.basis'), text: [t(`letter.basis.${letter.basis}`), letter.ground].filter(Boolean).join(': ') },
    ...letter.parts.map(({ part, text }) => ({ label: t(`letter.part.${part}`), text })),
  ]
}

/** What the other office is told when the yes was taken back. */
export function recallText({ letter, handedOn, madeOn, recalledOn }: Referral): string {
  const { day } = formats('de')
  return t('recall.text', {
    handed: day(handedOn ?? madeOn),
    received: day(letter.receivedOn),
    area: letter.area,
    subject: letter.subject,
    recalled: day(recalledOn ?? madeOn),
  })
}

export const LetterText = ({ letter }: { letter: Letter }) => (
  <dl class="facts letter">
    {letterLines(letter).map(({ label, text }) => (
      <div>
        <dt>{label}</dt>
        <dd class="as-typed">{text}</dd>
      </div>
    ))}
  </dl>
)
