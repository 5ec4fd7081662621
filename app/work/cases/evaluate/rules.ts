/** What those concerned are asked, in this order. */
export const questions = ['heard', 'fair', 'better', 'again'] as const
export type Question = (typeof questions)[number]

export const marks = ['yes', 'partly', 'no'] as const
export type Mark = (typeof marks)[number]

/** What one person said; a question left out is null. */
export type Evaluation = Readonly<Record<Question, Mark | null>>

/** Below so many cases or answers nothing is shown: whoever knows one of them could tell who said what. */
export const fewestCases = 5
export const fewestAnswers = 10

export interface Pool {
  readonly cases: number
  readonly answers: number
  /** How often each mark was given to each question. */
  readonly given: Readonly<Record<Question, Readonly<Record<Mark, number>>>>
}

/** All answers together; undefined while they are too few to be shown. */
export function pooled(cases: number, all: readonly Evaluation[]): Pool | undefined {
  if (cases < fewestCases || all.length < fewestAnswers) return undefined
  const count = (question: Question, mark: Mark) => all.filter((one) => one[question] === mark).length
  const given = Object.fromEntries(
    questions.map((question) => [question, Object.fromEntries(marks.map((mark) => [mark, count(question, mark)]))]),
  ) as Pool['given']
  return { cases, answers: all.length, given }
}

/** Whether enough people answered this one question. */
export const isShown = (pool: Pool, question: Question): boolean =>
  marks.reduce((sum, mark) => sum + pool.given[question][mark], 0) >= fewestAnswers
