import type { Compiled, Field } from '#work/model/index.ts'

/** One of the model's questions to those concerned that can be counted. */
export interface Question {
  readonly id: string
  readonly label: Field['label']
  /** Without a label it is a plain yes or no. */
  readonly options: readonly { readonly id: string; readonly label?: Field['label'] }[]
}

const yesNo = [{ id: 'yes' }, { id: 'no' }]

/** What those concerned are asked: only what can be counted, also where an older model asks for a text (docs/adr/0008). */
export const questionsOf = ({ model }: Compiled): Question[] =>
  model.evaluation
    .filter(({ type }) => type === 'choice' || type === 'yesNo')
    .map(({ id, type, label, options }) => ({ id, label, options: type === 'yesNo' ? yesNo : (options ?? []) }))

/** What one person said: option by question; a question left out is missing. */
export type Answers = Readonly<Record<string, string>>

/** Reads a form; whatever is no option of the question counts as left out. */
export const readEvaluation = (questions: readonly Question[], raw: Readonly<Record<string, unknown>>): Answers =>
  Object.fromEntries(
    questions.flatMap(({ id, options }) => (options.some((one) => one.id === raw[id]) ? [[id, String(raw[id])]] : [])),
  )

export interface Pool {
  readonly cases: number
  readonly answers: number
  /** How often each option was chosen, by question; undefined where too few answered that one. */
  readonly given: Readonly<Record<string, Readonly<Record<string, number>> | undefined>>
}

/**
 * All answers together; undefined while they come from fewer cases or are fewer than the model's thresholds (never
 * below five and ten): whoever knows one of them could tell who said what.
 */
export function pooled(
  fewest: { readonly cases: number; readonly answers: number },
  questions: readonly Question[],
  cases: number,
  all: readonly Answers[],
): Pool | undefined {
  if (cases < fewest.cases || all.length < fewest.answers) return undefined
  const given = questions.map(({ id, options }) => {
    const said = all.filter((one) => options.some((option) => option.id === one[id]))
    const count = (option: string) => said.filter((one) => one[id] === option).length
    const counts = Object.fromEntries(options.map((option) => [option.id, count(option.id)]))
    return [id, said.length < fewest.answers ? undefined : counts] as const
  })
  return { cases, answers: all.length, given: Object.fromEntries(given) }
}
