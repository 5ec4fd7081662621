import { formats } from '#platform/i18n/index.ts'
import type { Block, Letter } from '#platform/letter/index.ts'
import type { OpenedRequest } from './queries/requests.ts'
import { words, type WordKey } from './words.ts'

const t = words('de')
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

/** What Art. 15 (1) DSGVO wants said beside the data; the periods come from the model. */
function statutory(office: string, months: number, quiet: boolean): Block[] {
  const recipients = quiet ? 'recipients.quiet' : 'recipients'
  const points = ['purpose', 'kinds', recipients, 'period', 'origin', 'rights', 'complaint', 'automated'] as const
  return [
    { kind: 'heading', text: t('letter.statutory') },
    { kind: 'list', items: points.map((point) => t(`letter.statutory.${point}` as WordKey, { office, months })) },
  ]
}

const extractBlocks = ({ extract }: OpenedRequest, text: (texts: readonly (string | null)[]) => string): Block[] =>
  (extract?.parts ?? []).flatMap(({ title, lines }): Block[] => [
    { kind: 'heading', text: title },
    {
      kind: 'table',
      head: [t('file.what'), t('file.value')],
      rows: lines.map(({ label, folded, texts }) => [
        folded ? t('folded.mark', { label, what: folded }) : label,
        text(texts),
      ]),
    },
  ])

/**
 * The answer to whoever asked: what was decided and why, what is given, what may be done against it. `closedMonths`: how
 * long a closed case is kept.
 */
export function answerLetter(
  found: OpenedRequest,
  office: string,
  today: string,
  closedMonths: number,
  asText: (texts: readonly (string | null)[]) => string,
): Letter {
  const { day } = formats('de')
  const decision = found.decision ?? 'refused'
  return {
    title: t('letter.title', { number: found.number }),
    language: 'de',
    from: office,
    dated: day(today),
    blocks: [
      paragraph(t('letter.to', { asker: found.asker })),
      paragraph(t('letter.asked', { day: day(found.receivedOn), basis: t(`basis.${found.basis}`) })),
      paragraph(found.wants),
      paragraph(t(`letter.${decision}`)),
      ...(found.reason ? [paragraph(t('letter.reason', { reason: found.reason }))] : []),
      ...(decision === 'refused' ? [] : [paragraph(t('letter.black')), ...extractBlocks(found, asText)]),
      ...(found.basis === 'gdpr' ? statutory(office, closedMonths, found.quiet) : []),
      ...(decision === 'full' ? [] : [paragraph(t(`letter.against.${found.basis}`))]),
      paragraph(t('letter.regards')),
      paragraph(office),
    ],
  }
}
