import { moves, stepOf, type CaseFacts, type Compiled, type Field, type Move } from '#work/model/index.ts'

/** A way on from a step, and the steps that are passed on it. */
export interface Way extends Move {
  readonly through: readonly string[]
}

/** Steps that need no more than having looked: whoever may take them may go on in the same breath. */
const passed = ['check', 'decide']

/**
 * Everywhere a person may take a report from here in one go: a coordinator who has read it need not press
 * "geprüft" and "entschieden" before she opens a case. Nearest first; each end once.
 */
export function waysOn(
  model: Compiled,
  at: { step: string; facts: CaseFacts },
  roles: readonly string[],
  through: readonly string[] = [],
): Way[] {
  const next = moves(model, at, roles).filter((move) => !through.includes(move.to) && move.to !== at.step)
  const direct = next.map((move) => ({ ...move, through }))
  const further = next
    .filter((move) => passed.includes(move.kind))
    .flatMap((move) => waysOn(model, { step: move.to, facts: at.facts }, roles, [...through, move.to]))
  const all = [...direct, ...further]
  return all.filter((way, index) => all.findIndex((other) => other.to === way.to) === index)
}

const chosen: readonly string[] = ['choice', 'choices', 'yesNo']

/**
 * What the model asks of whoever has checked a report. Only what is chosen from a list and may stay open: a text would
 * be one more place where names end up.
 */
export function asksAt(model: Compiled, step: string): Field[] {
  const { kind, ask } = stepOf(model, step)
  return kind === 'check' ? ask.filter(({ type, required }) => chosen.includes(type) && !required) : []
}
