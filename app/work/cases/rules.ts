import type { WorkingCalendar } from '#platform/kernel/index.ts'
import type { Field, StepKind } from '#work/model/index.ts'
import type { Closing } from './schema.ts'

export interface Missing {
  /** Key of the slice's words. */
  readonly message: string
  readonly values?: Readonly<Record<string, string>>
  /** The field on this page … */
  readonly field?: string
  /** … or the page of the case where it is mended. */
  readonly page?: 'einschaetzung' | 'verfahren' | 'vereinbarung' | 'zuweisung' | 'massnahmen' | 'nachhalten'
}

interface Standing {
  readonly closed: boolean
  readonly openMeasures: number
  /** An agreement was written down and not yet signed. */
  readonly unsigned: boolean
}

/** What a case still lacks before it can be closed. Empty when nothing does. */
export function whatIsMissing(row: Standing, closing: Closing, hoursNeeded: boolean): Missing[] {
  const missing: Missing[] = []
  if (row.closed) missing.push({ message: 'missing.already-closed', field: 'outcome' })
  if (!closing.outcome) missing.push({ message: 'missing.outcome', field: 'outcome' })
  if (hoursNeeded && closing.hours === undefined) missing.push({ message: 'missing.hours', field: 'hours' })
  if (row.unsigned) missing.push({ message: 'missing.unsigned', page: 'vereinbarung' })
  if (row.openMeasures > 0) missing.push({ message: 'missing.measures', page: 'massnahmen' })
  return missing
}

interface Known {
  readonly assessed: boolean
  readonly assigned: boolean
  /** Decided how it is worked on. */
  readonly chosen: boolean
  /** The kind of the step it stands at. */
  readonly at: string
  readonly followUpsOpen: number
}

/** What has to be done before a case goes on to a step of this kind. */
export function missingBefore(kind: StepKind, known: Known): Missing[] {
  if ((kind === 'choose-format' || kind === 'assign' || kind === 'measure') && !known.assessed)
    return [{ message: 'missing.assessment', page: 'einschaetzung' }]
  if (kind === 'assign' && known.at === 'choose-format' && !known.chosen)
    return [{ message: 'missing.chosen', page: 'verfahren' }]
  if (kind === 'handle' && !known.assigned) return [{ message: 'missing.assigned', page: 'zuweisung' }]
  if (kind === 'evaluate' && known.followUpsOpen > 0) return [{ message: 'missing.follow-ups', page: 'nachhalten' }]
  return []
}

/** Whether somebody has to be found anew: the case was somebody's, and nobody works on it today. */
export const needsHandler = (one: {
  readonly closed: boolean
  /** The kind of the step it stands at. */
  readonly at: string
  /** Somebody was assigned at some time. */
  readonly assigned: boolean
  /** How many lead it or work on it today. */
  readonly working: number
}): boolean => !one.closed && one.working === 0 && one.at !== 'assign' && (one.assigned || one.at === 'handle')

interface Handler {
  readonly employed: boolean
  readonly undertakenOn: string | null
  readonly mayHandle: boolean
  readonly barred: boolean
}

/** Why somebody cannot be given a case. */
export function mayBeGranted(person: Handler | undefined, today: string): Missing[] {
  if (!person || !person.mayHandle || person.barred) return [{ message: 'missing.person', field: 'person' }]
  if (!person.employed && (!person.undertakenOn || person.undertakenOn > today))
    return [{ message: 'missing.undertaking', field: 'person' }]
  return []
}

/** What a proposal goes by. */
interface Proposed {
  readonly id: string
  readonly name: string
  readonly capacity: { readonly time: string } | undefined
  readonly languages: readonly string[]
}

/** Who has time comes first; who said nothing stands in the middle. */
const room = ({ capacity }: Proposed) => (capacity?.time === 'yes' ? 0 : capacity?.time === 'no' ? 2 : 1)

/**
 * The order in which handlers are proposed: who has shown what the way needs (`lacking` has not), who speaks the language
 * asked for, who has time, then by name. What nobody said of herself, or showed, orders nothing.
 */
export const inOrder = <P extends Proposed>(
  handlers: readonly P[],
  { language, lacking = [] }: { language?: string | undefined; lacking?: readonly string[] },
): P[] =>
  handlers.toSorted(
    (a, b) =>
      Number(lacking.includes(a.id)) - Number(lacking.includes(b.id)) ||
      (language ? Number(b.languages.includes(language)) - Number(a.languages.includes(language)) : 0) ||
      room(a) - room(b) ||
      a.name.localeCompare(b.name, 'de'),
  )

/** Answers to a step's own questions: by field id, as typed or chosen. */
export type Answers = Record<string, string | string[]>

/** Form field of a question. */
export const askName = (field: Pick<Field, 'id'>): string => `ask-${field.id}`

/** Reads the answers to the model's questions; empty answers are left out, unknown choices are refused. */
export function readAnswers(
  fields: readonly Field[],
  raw: Readonly<Record<string, string | string[]>>,
): { answers: Answers; missing: Missing[] } {
  const answers: Answers = {}
  const missing: Missing[] = []
  for (const field of fields) {
    const given = [raw[askName(field)] ?? []].flat().filter((one) => one !== '')
    const allowed = field.type === 'yesNo' ? ['yes', 'no'] : field.options?.map(({ id }) => id)
    const number = field.type === 'number' || field.type === 'hours'
    const known = given.every((one) =>
      allowed ? allowed.includes(one) : number ? /^\d{1,6}([.,]\d{1,2})?$/.test(one) : one.length <= 20_000,
    )
    if (!known) missing.push({ message: 'missing.answer', field: askName(field) })
    else if (given.length === 0) {
      if (field.required) missing.push({ message: 'missing.answer', field: askName(field) })
    } else answers[field.id] = field.type === 'choices' ? given : given[0]!
  }
  return { answers, missing }
}

/** The third of Glasl's nine stages: both can win, one can win, all lose. */
export const thirdOf = (stage: number | undefined): number | null => (stage ? Math.ceil(stage / 3) : null)

/** Calendar months from one day `YYYY-MM-DD` to another, days left aside. */
export const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))

const whole = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** What is counted once a case closes; `again` when it had been closed before. Calendar days `YYYY-MM-DD`. */
export function figureOf(
  row: {
    readonly openedOn: string
    readonly assessedOn: string | undefined
    readonly closedOn: string
    readonly sessions: number
    readonly closings: number
  },
  { workingDaysBetween }: Pick<WorkingCalendar, 'workingDaysBetween'>,
) {
  return {
    month: `${row.closedOn.slice(0, 7)}-01`,
    days_to_assess: row.assessedOn === undefined ? null : whole(row.openedOn, row.assessedOn),
    days_to_close: whole(row.openedOn, row.closedOn),
    working_days_to_assess: row.assessedOn === undefined ? null : workingDaysBetween(row.openedOn, row.assessedOn),
    working_days_to_close: workingDaysBetween(row.openedOn, row.closedOn),
    sessions: row.sessions,
    again: row.closings > 0,
  }
}
