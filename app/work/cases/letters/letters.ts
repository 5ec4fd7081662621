import { formats, type Language } from '#platform/i18n/index.ts'
import type { Letter } from '#platform/letter/index.ts'
import { letterWords, words } from './words.ts'

/** Letters to the parties, in their language; they name no other party and no format. */
export const partyLetters = ['invitation', 'confidentiality', 'closing'] as const
export type PartyLetter = (typeof partyLetters)[number]

interface About {
  readonly matter: string
  /** Who writes: the municipality. */
  readonly office: string
  /** `YYYY-MM-DD` */
  readonly today: string
}

export function partyLetter(kind: PartyLetter, language: Language, { matter, office, today }: About): Letter {
  const t = letterWords(language)
  const paragraph = (text: string) => ({ kind: 'paragraph' as const, text })
  const bodies = {
    invitation: [
      paragraph(t('salutation')),
      paragraph(t('invitation.1', { matter })),
      paragraph(t('invitation.2')),
      paragraph(t('invitation.3')),
      paragraph(t('invitation.4')),
      paragraph(t('regards')),
      paragraph(office),
    ],
    confidentiality: [
      {
        kind: 'list' as const,
        items: [t('confidentiality.1'), t('confidentiality.2'), t('confidentiality.3'), t('confidentiality.4')],
      },
      { kind: 'signatures' as const, labels: Array.from({ length: 4 }, () => t('confidentiality.sign')) },
    ],
    closing: [
      paragraph(t('salutation')),
      paragraph(t('closing.1', { matter })),
      paragraph(t('closing.2')),
      paragraph(t('closing.3')),
      paragraph(t('regards')),
      paragraph(office),
    ],
  }
  return {
    title: t(`letter.${kind}`),
    language,
    from: office,
    dated: formats(language).day(today),
    blocks: bodies[kind],
  }
}

/** What the *Fallblatt* says: the course without persons, without notes, without the way it was worked on. */
export interface Summary {
  readonly number: string
  readonly matter: string
  readonly where: string
  readonly subject: string
  readonly openedOn: string
  readonly closedOn: string | null
  readonly outcome?: string
  readonly hours: number | null
  readonly measures: readonly string[]
  readonly agreed?: { readonly on: string; readonly clauses: number }
}

/** One page for the leading file. */
export function summaryLetter(summary: Summary, office: string, today: string): Letter {
  const t = words('de')
  const { day, hours } = formats('de')
  const { agreed, closedOn, measures } = summary
  const rows: [string, string][] = [
    [t('summary.number'), summary.number],
    [t('summary.matter'), summary.matter],
    [t('summary.where'), summary.where],
    [t('summary.subject'), summary.subject],
    [t('summary.opened'), day(summary.openedOn)],
    [t('summary.step'), closedOn ? t('summary.closed') : t('summary.handling')],
    ...(closedOn ? [[t('summary.closed'), day(closedOn)] as [string, string]] : []),
    [t('summary.outcome'), summary.outcome ?? t('summary.none')],
    [t('summary.hours'), summary.hours === null ? t('summary.none') : hours(summary.hours)],
    [t('summary.measures'), measures.length > 0 ? measures.join('; ') : t('summary.none')],
    [
      t('summary.agreement'),
      agreed ? t('summary.agreement.signed', { day: day(agreed.on), count: agreed.clauses }) : t('summary.none'),
    ],
  ]
  const head = [t('summary.head.what'), t('summary.head.value')]
  return {
    title: t('letter.summary'),
    language: 'de',
    from: office,
    dated: day(today),
    blocks: [{ kind: 'table', head, rows }],
  }
}
