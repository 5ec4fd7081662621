import type { Compiled } from './compile.ts'
import { stepFacts, type Predicate, type StepKind } from './kinds.ts'
import type { Verb } from './rights.ts'
import type { L10n, RoleId, Second, Step, StepId, Within } from './schema.ts'

/** What is true of a record, as far as steps may ask; left out = no. */
export type CaseFacts = Readonly<Partial<Record<Predicate, boolean>>>

export interface Move {
  readonly to: StepId
  readonly kind: StepKind
  readonly label: L10n
  /** The verb on the button. */
  readonly button: L10n
  /**
   * Where the record stands afterwards. A step done in one go (advise, refer, bundle, close, reopen) leads on at
   * once. For `open` the report stands at `to` for good and the new case at `lands`.
   */
  readonly lands: StepId
  /** A second person has to agree. */
  readonly second?: Second
  /** Time for what waits at `lands`. */
  readonly due?: Within
}

/** The calendar of an office: its Land's holidays and its own closing days. */
export interface WorkingCalendar {
  /** The same time of day, n working days later. */
  addWorkingDays(from: Date, n: number): Date
}

export function stepOf(m: Compiled, id: StepId): Step {
  const step = m.steps.get(id)
  if (!step) throw new Error(`no step ${id} in model ${m.model.id}`)
  return step
}

/** The roles that may answer as the second person; once its time is over also the one it falls to. */
export const secondsFor = ({ second }: Step, lapsesAt: Date | null, now: Date): RoleId[] => [
  ...(second?.by ?? []),
  ...(second?.lapse && lapsesAt !== null && lapsesAt <= now ? [second.lapse.owner] : []),
]

/** The first step of a kind. Throws where the model has none: ask only for kinds no model can lack. */
export function stepOfKind(m: Compiled, kind: StepKind): Step {
  const step = m.model.steps.find((one) => one.kind === kind)
  if (!step) throw new Error(`no step of kind ${kind} in model ${m.model.id}`)
  return step
}

/** Where a record stands after going to a step. */
export function landing(m: Compiled, step: Step): Step {
  const [next] = step.next
  return stepFacts(step.kind).stays || next === undefined ? step : landing(m, stepOf(m, next))
}

const holds = (facts: CaseFacts, when: Step['when']): boolean =>
  (when?.all ?? []).every((predicate) => facts[predicate]) && !(when?.none ?? []).some((predicate) => facts[predicate])

/**
 * While a record is held from excluded readers, only substitutes move a report; a case stays with its handlers but
 * leaves the coordination office.
 */
function mayTake(m: Compiled, here: Step, to: Step, facts: CaseFacts, who: readonly RoleId[]): boolean {
  const { by } = takenAt(here, to)
  if (!facts.held) return by.some((id) => who.includes(id))
  if (who.some((id) => m.verbs.get(id)?.has('intake.substitute'))) return true
  if (stepFacts(here.kind).thing === 'report') return false
  return by.some((id) => who.includes(id) && m.roles.get(id)?.component !== 'coordination')
}

/** Whose `by` decides about going from one step to another. */
const takenAt = (here: Step, to: Step): Step =>
  stepFacts(to.kind).takenBy === 'there' || stepFacts(here.kind).end ? to : here

/** The ways on from a step for somebody with these roles, in the order of the document. */
export function moves(
  m: Compiled,
  at: { readonly step: StepId; readonly facts: CaseFacts },
  who: readonly RoleId[],
): Move[] {
  const here = stepOf(m, at.step)
  return here.next
    .map((id) => stepOf(m, id))
    .filter((to) => holds(at.facts, to.when) && mayTake(m, here, to, at.facts, who))
    .map((to) => {
      const lands = landing(m, to)
      return {
        to: to.id,
        kind: to.kind,
        label: to.label,
        button: to.button,
        lands: lands.id,
        ...(to.second && { second: to.second }),
        ...(lands.within && { due: lands.within }),
      }
    })
}

/** Until when somebody must have acted at a step, and who is reminded; undefined if the model sets no time. */
export function deadline(
  m: Compiled,
  step: StepId,
  since: Date,
  calendar: WorkingCalendar,
): { dueAt: Date; owner: RoleId } | undefined {
  const { within } = stepOf(m, step)
  return within && { dueAt: calendar.addWorkingDays(since, within.days), owner: within.owner }
}

/** What these roles may do, by the model; what a record demands beside it is for the slice to say. */
export function verbsOf(m: Compiled, roles: readonly RoleId[]): Set<Verb> {
  return new Set(roles.flatMap((role) => [...(m.verbs.get(role) ?? [])]))
}

/** Today's role or step for an id of an older version: the id itself, its successor, or undefined. */
export function current(m: Compiled, what: 'role' | 'step', id: string): string | undefined {
  if (what === 'role' ? m.roles.has(id) : m.steps.has(id)) return id
  const next = m.model.retired.find((entry) => entry.what === what && entry.id === id)
  return next && current(m, what, next.successor)
}

/**
 * The roles of an older version somebody fills whose roles are those of the version in force: for moves of a record
 * that is pinned to the older one.
 */
export function rolesUnder(pinned: Compiled, inForce: Compiled, who: readonly RoleId[]): RoleId[] {
  return [...pinned.roles.keys()].filter((role) => who.includes(current(inForce, 'role', role) ?? ''))
}
