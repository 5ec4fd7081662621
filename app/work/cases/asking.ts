import type { Field, Step } from '#work/model/index.ts'
import type { Answers } from './rules.ts'

/** The model's own questions: which of a step's are asked where, and what of the answers is counted. Pure. */

/** Questions a page asks by a field of its own: the effort when closing, whether it holds when looking back. */
function ownField(step: Step): Field | undefined {
  if (step.kind === 'close') return step.ask.find(({ type, required }) => type === 'hours' && required)
  if (step.kind === 'follow-up') return step.ask.find(({ id }) => id === 'holding')
  return undefined
}

/** What is asked beside them. The assessment asks its questions on its own page, not when one goes there. */
export const asksOf = (step: Step): Field[] => {
  const own = ownField(step)
  return step.ask.filter((field) => field !== own)
}

/** What is asked of somebody who takes a step; looking back and assessing ask when they are done. */
export const asksOnTheWay = (step: Step): Field[] =>
  step.kind === 'assess' || step.kind === 'follow-up' || step.kind === 'close' ? [] : asksOf(step)

const countable = ['choice', 'choices', 'yesNo', 'number', 'hours']

/** What of the answers goes into the figures: choices and numbers the model means for them, never a text. */
export function counted(fields: readonly Field[], answers: Answers): Record<string, string | string[] | number> {
  return Object.fromEntries(
    fields.flatMap(({ id, type, shown }) => {
      const answer = answers[id]
      if (answer === undefined || !shown.includes('figures') || !countable.includes(type)) return []
      const number = type === 'number' || type === 'hours' ? Number(String(answer).replace(',', '.')) : undefined
      return [[id, number ?? answer] as const]
    }),
  )
}
