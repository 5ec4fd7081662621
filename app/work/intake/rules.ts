import { needsTranslation } from './languages.ts'

/** Where a list row ends when it shows the beginning of a report. */
const headlineLength = 90

/** The beginning of what was told, cut at a word, for lists: the only sealed text a list row opens. */
export function headlineOf(observed: string): string {
  const line = observed.replace(/\s+/g, ' ').trim()
  if (line.length <= headlineLength) return line
  const cut = line.slice(0, headlineLength)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), headlineLength / 2))} …`
}

export interface Looked {
  readonly danger: boolean
  readonly notVisibleTo: readonly string[]
}

/** The same, with whether it is about the administration itself. */
export interface Barring extends Pick<Looked, 'notVisibleTo'> {
  readonly inside: boolean
}

/** Lists sort by it: 0 for ongoing danger, 1 for everything else. */
export const rankOf = ({ danger }: Looked) => (danger ? 0 : 1)

/**
 * Who reads first. As soon as anybody is named who must not read it, the substitute of the model decides who that
 * is, before anybody is told. So it is with conflicts inside the administration, which superiors must not read.
 */
export const heldForOf = ({ notVisibleTo, inside }: Barring): 'substitute' | null =>
  notVisibleTo.length > 0 || inside ? 'substitute' : null

export interface Missing {
  /** The field on the page where it is mended. */
  readonly field: string
  /** Key of the slice's words. */
  readonly message: string
}

interface Standing {
  readonly held_for: string | null
  readonly danger: boolean
  readonly anonymity: string
  readonly contact_key: string | null
  readonly language?: string
  readonly channel?: string
  readonly translated?: string | null
}

/** The same of a report that has been opened. */
export const standingOf = (report: {
  heldFor: string | null
  danger: boolean
  anonymity: string
  contact?: string
  language: string
  channel: string
  translated: string | null
}): Standing => ({
  held_for: report.heldFor,
  danger: report.danger,
  anonymity: report.anonymity,
  contact_key: report.contact ? 'known' : null,
  language: report.language,
  channel: report.channel,
  translated: report.translated,
})

/** What the steps of a model may ask of a report. */
export const factsOf = (row: Standing) => ({
  held: row.held_for !== null,
  danger: row.danger,
  anonymous: row.anonymity === 'anonymous',
  'has-contact': row.contact_key !== null,
  'translation-open': needsTranslation({ language: 'de', channel: 'web', translated: null, ...row }),
})

interface Deciding {
  readonly answer?: string
  readonly because?: string
  readonly matter?: string
  readonly watchUntil?: string
  readonly secondReason?: string
  readonly referral?: string
}

/** What of the model and of the report a decision has to mind. */
interface Minding {
  readonly reasons: readonly { readonly id: string; readonly for: readonly string[] }[]
  /** A second person has to agree. */
  readonly second: boolean
  readonly held: boolean
  /** It is about the administration itself: whether there is an agreement with the staff council. */
  readonly inside?: { readonly agreed: boolean } | undefined
}

/** Steps that end a report without a case owe an answer to whoever reported; the reason brings one along. */
const owesAnswer = ['advise', 'refer', 'closed']
/** Of these, those that say no: the model's reason is needed where it names any. */
const saysNo = ['refer', 'closed']

/** What a decision still lacks. */
export function whatIsMissing(kind: string, decision: Deciding, { reasons, second, held, inside }: Minding): Missing[] {
  const offered = reasons.filter((reason) => reason.for.includes(kind))
  const reason = offered.find(({ id }) => id === decision.because)
  const lacks = (field: string, when: unknown, message = `missing.${field}`): Missing[] =>
    when ? [{ field, message }] : []
  return [
    ...lacks('to', kind === 'refer' && !decision.referral, 'missing.referral'),
    ...lacks('matter', kind === 'open' && !decision.matter),
    ...lacks('to', kind === 'open' && inside?.agreed === false, 'missing.unagreed'),
    // Superiors are named before anybody works on it, also by the substitute herself.
    ...lacks('to', kind === 'open' && inside?.agreed && held, 'missing.superiors'),
    ...lacks('watchUntil', kind === 'watch' && !decision.watchUntil),
    ...lacks('because', !reason && (decision.because || (saysNo.includes(kind) && offered.length > 0))),
    ...lacks('answer', owesAnswer.includes(kind) && !decision.answer && !reason),
    ...lacks('secondReason', second && !held && !decision.secondReason),
    // Who must not know of it is not settled yet, so nobody else can be asked.
    ...lacks('to', second && held, 'missing.held'),
  ]
}
