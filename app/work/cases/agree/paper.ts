import { formats } from '#platform/i18n/index.ts'
import type { Letter } from '#platform/letter/index.ts'
import type { Agreement } from './queries.ts'
import { words } from './words.ts'

const t = words('de')

/** The agreement as the parties sign it. `matter` is what it is about, `office` who hands it out. */
export function agreementLetter(agreement: Agreement, matter: string, office: string): Letter {
  const { day } = formats('de')
  const parties = [...new Set(agreement.clauses.map(({ who }) => who))]
  return {
    title: t('title'),
    language: 'de',
    from: office,
    dated: day(agreement.madeOn),
    blocks: [
      { kind: 'paragraph', text: t('paper.matter', { matter }) },
      { kind: 'paragraph', text: t('paper.we') },
      {
        kind: 'table',
        head: [t('who'), t('what'), t('due'), t('paper.tell')],
        rows: agreement.clauses.map(({ who, what, dueOn, tell }) => [
          who,
          what,
          dueOn ? t('paper.until', { day: day(dueOn) }) : '–',
          tell ?? t('paper.nothing'),
        ]),
      },
      { kind: 'paragraph', text: t('paper.confidential') },
      { kind: 'signatures', labels: parties.map((who) => t('paper.sign', { who })) },
    ],
  }
}
