import { bayes, cusum, ears, farrington, glr, likelihoodRatio, type Verdicts } from '#engine/index.ts'
import { answering, options, readText, Refusal, remark } from './input.ts'
import { say } from './words.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }

/** One entry of `results`, with typed access to what it says. */
class Entry {
  readonly raw: JsonObject
  readonly control: JsonObject
  readonly #file: string
  constructor(raw: JsonObject, file: string) {
    this.raw = raw
    this.#file = file
    this.control = isObject(raw.control) ? raw.control : {}
  }
  get id(): string {
    return typeof this.raw.id === 'string' ? this.raw.id : ''
  }
  /** A number of the control or, for the two indices, of the entry. */
  number(key: string, fallback?: number): number {
    const value = this.control[key] ?? this.raw[key] ?? fallback
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw new Refusal([
      say('entry.field', { file: this.#file, field: `${this.id}.${key}`, problem: say('problem.number') }),
    ])
  }
  flag(key: string, fallback: boolean): boolean {
    const value = this.control[key] ?? fallback
    return value === true || value === 1
  }
  text(key: string, fallback: string): string {
    const value = this.control[key]
    return typeof value === 'string' ? value : fallback
  }
  /** 0-based. */
  get first(): number {
    return this.number('first_index') - 1
  }
  get last(): number {
    return this.number('last_index') - 1
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

type Answer = Verdicts & { expected?: number[] }
type Detector = (y: number[], entry: Entry, frequency: number) => Answer

const detectors: [start: string, detector: Detector][] = [
  [
    'ears',
    (y, entry) => {
      const method = entry.text('method', 'C1') as 'C1' | 'C2' | 'C3'
      const [baseline, minSigma, alpha] = [entry.number('baseline'), entry.number('minSigma'), entry.number('alpha')]
      return ears(y, { method, baseline, minSigma, alpha })
    },
  ],
  [
    'cusum',
    (y, entry) => {
      const { first } = entry
      const mean = y.slice(0, first).reduce((sum, count) => sum + count, 0) / first
      const transform = entry.text('trans', 'standard') === 'rossi' ? 'rossi' : 'standard'
      return cusum(y, {
        mean,
        k: entry.number('k'),
        h: entry.number('h'),
        transform,
        first,
        reset: entry.flag('reset', false),
      })
    },
  ],
  [
    'glr',
    (y, entry) => {
      const common = {
        expected: entry.number('mu0'),
        alpha: entry.number('alpha', 0),
        threshold: entry.number('c.ARL'),
        first: entry.first,
      }
      if (entry.control.theta === undefined || entry.control.theta === null)
        return glr(y, { ...common, search: 'reference' })
      return likelihoodRatio(y, { ...common, shift: entry.number('theta') })
    },
  ],
  [
    'farrington',
    (y, entry, frequency) => {
      const halfWindow = entry.number('w')
      const limit54 = entry.control.limit54
      const [cases = 5, weeks = 4] = Array.isArray(limit54) ? limit54.map(Number) : []
      return farrington(y, {
        form: entry.id.startsWith('farringtonFlexible') ? 'flexible' : 'original',
        years: entry.number('b'),
        halfWindow,
        frequency,
        periods: entry.number('noPeriods', 1),
        leftOut: entry.number('pastWeeksNotIncluded', halfWindow),
        alpha: entry.number('alpha'),
        trend: entry.flag('trend', true),
        trendLimit: entry.number('pThresholdTrend', 0.05),
        reweight: entry.flag('reweight', true),
        reweightFrom: entry.number('weightsThreshold', 1),
        atLeast: { cases, weeks },
        power: entry.text('powertrans', '2/3') as '2/3' | '1/2' | 'none',
        limit: entry.text('thresholdMethod', 'delta') as 'delta' | 'nbPlugin' | 'muan',
        first: entry.first,
        last: entry.last,
      })
    },
  ],
  ['bayes', (y, entry) => bayes(y, { weeks: entry.number('w'), alpha: entry.number('alpha'), first: entry.first })],
]

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** The entry with our own numbers: exactly the weeks the file asks for; null where the method has nothing to say. */
function answered(entry: Entry, answer: Answer, seconds: number): JsonObject {
  const from = entry.first - answer.first
  const to = from + entry.last - entry.first + 1
  const { id, control, first_index, last_index } = entry.raw
  return {
    id: id!,
    control: control ?? {},
    first_index: first_index!,
    last_index: last_index!,
    upperbound: answer.bound.slice(from, to).map(orNull),
    alarm: answer.alarm.slice(from, to).map((alarm) => (alarm === undefined ? null : Number(alarm))),
    ...(answer.expected && 'expected' in entry.raw ? { expected: answer.expected.slice(from, to).map(orNull) } : {}),
    seconds,
  }
}

function parsed(file: string): { document: JsonObject; y: number[]; entries: Entry[]; frequency: number } {
  let document: Json
  try {
    document = JSON.parse(readText(file)) as Json
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal([say('file.json', { file, reason: (error as Error).message })])
  }
  const refuse = (field: string, problem: 'problem.counts' | 'problem.results' | 'problem.number') =>
    new Refusal([say('entry.field', { file, field, problem: say(problem) })])
  if (!isObject(document)) throw refuse('results', 'problem.results')
  const { observed, results, frequency } = document
  const isCount = (value: Json): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0
  if (!Array.isArray(observed) || !observed.every(isCount)) throw refuse('observed', 'problem.counts')
  if (typeof frequency !== 'number') throw refuse('frequency', 'problem.number')
  if (!Array.isArray(results) || !results.every(isObject)) throw refuse('results', 'problem.results')
  return { document, y: observed, frequency, entries: results.map((raw) => new Entry(raw, file)) }
}

/** Runs once to warm up, then gives the answer and the median seconds of five runs. */
function timed(work: () => Answer): { answer: Answer; seconds: number } {
  const answer = work()
  const seconds = Array.from({ length: 5 }, () => {
    const start = performance.now()
    work()
    return (performance.now() - start) / 1000
  })
  return { answer, seconds: seconds.toSorted((a, b) => a - b)[2]! }
}

/** The reference document in `file` with our own numbers in `results`; unknown detectors stay as they are. */
export function recomputed(file: string): JsonObject {
  const { document, y, entries, frequency } = parsed(file)
  const results = entries.map((entry) => {
    const detector = detectors.find(([start]) => entry.id.startsWith(start))?.[1]
    if (!detector) {
      remark([say('entry.unknown', { file, entry: entry.id })])
      return entry.raw
    }
    const { answer, seconds } = timed(() => detector(y, entry, frequency))
    return answered(entry, answer, seconds)
  })
  return { ...document, results }
}

/** `recognise --reference FILE`: the same document with our own numbers. */
export function recognise(args: string[]): Promise<number> {
  return answering('usage.recognise', () => `${JSON.stringify(recomputed(options(args, ['reference']).reference))}\n`)
}
