import { Chance } from '../numbers/chance.ts'

/** A report's day (any day count) and place in metres. */
export interface Spot {
  day: number
  x: number
  y: number
}

export interface KnoxSettings {
  /** A pair is near if at most so many days and metres lie between. */
  days: number
  metres: number
  permutations: number
  seed: number
}

const knoxSettings: KnoxSettings = { days: 14, metres: 400, permutations: 999, seed: 1 }

export interface Knox {
  /** Pairs near in both, and how many chance would give. */
  pairs: number
  expected: number
  /** pairs / expected; NaN where nothing is expected. */
  ratio: number
  p: number
  /** Fewer than 50 reports: the figures are no evidence. */
  tooFew: boolean
}

/** Fewer reports than this tell nothing. */
const leastReports = 50

/** Pairs of indices at most `metres` apart, by a grid so that far ones are never compared. */
function nearPairs(spots: readonly Spot[], metres: number): Int32Array {
  const cell = (value: number) => Math.floor(value / Math.max(metres, 1e-9))
  const grid = new Map<string, number[]>()
  const pairs: number[] = []
  spots.forEach(({ x, y }, i) => {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const j of grid.get(`${cell(x) + dx}:${cell(y) + dy}`) ?? []) {
          if (Math.hypot(x - spots[j]!.x, y - spots[j]!.y) <= metres) pairs.push(j, i)
        }
      }
    }
    const key = `${cell(x)}:${cell(y)}`
    const here = grid.get(key)
    if (here) here.push(i)
    else grid.set(key, [i])
  })
  return Int32Array.from(pairs)
}

function countNear(pairs: Int32Array, days: Int32Array, within: number): number {
  let count = 0
  for (let k = 0; k < pairs.length; k += 2) {
    if (Math.abs(days[pairs[k]!]! - days[pairs[k + 1]!]!) <= within) count++
  }
  return count
}

/**
 * Knox test (Knox 1964; permutations after Johnson & Bowers 2004): do reports follow one another nearby more often than
 * places and days alone explain? Sees that trouble spreads or comes back; cannot say where, and takes a place with
 * many reports of one season for spreading. Days are shuffled over the reports, p = (1 + how many shuffles reach the
 * count) / (1 + shuffles), expected = mean over the shuffles. Evidence only from 50 reports on.
 */
export function knox(spots: readonly Spot[], settings: KnoxSettings = knoxSettings): Knox {
  const pairs = nearPairs(spots, settings.metres)
  const days = Int32Array.from(spots, ({ day }) => day)
  const seen = countNear(pairs, days, settings.days)
  const chance = new Chance(settings.seed)
  let reached = 0
  let total = 0
  for (let i = 0; i < settings.permutations; i++) {
    chance.shuffle(days)
    const count = countNear(pairs, days, settings.days)
    total += count
    if (count >= seen) reached++
  }
  const expected = total / settings.permutations
  return {
    pairs: seen,
    expected,
    ratio: expected > 0 ? seen / expected : NaN,
    p: (1 + reached) / (1 + settings.permutations),
    tooFew: spots.length < leastReports,
  }
}

export interface NearRule {
  days: number
  metres: number
  /** In the same building an earlier report stays near for longer. */
  daysSameBuilding: number
}

const nearRule: NearRule = { days: 14, metres: 400, daysSameBuilding: 28 }

/** Earlier reports near a new one, newest first: the readable form of the same idea. `topic` must be equal. */
export function nearBefore<T extends Spot & { topic: string; building?: string | undefined }>(
  report: T,
  earlier: readonly T[],
  rule: NearRule = nearRule,
): T[] {
  return earlier
    .filter((one) => {
      const days = report.day - one.day
      if (one === report || days < 0 || one.topic !== report.topic) return false
      if (report.building !== undefined && one.building === report.building) return days <= rule.daysSameBuilding
      return days <= rule.days && Math.hypot(report.x - one.x, report.y - one.y) <= rule.metres
    })
    .toSorted((a, b) => b.day - a.day)
}
