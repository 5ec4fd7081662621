import { around, type Field } from './field.ts'

/** A report's day (any day count, ascending from past to future) and the index of its area. */
export interface Report {
  day: number
  area: number
}

/** Days after which a report counts half: a year for what is usual, eight weeks for what is new. */
const halfLives = { long: 365, short: 56 }
/** How much own reports must weigh to outweigh the surroundings: the shape of the gamma distribution between areas. */
const shape = 2
/** Length to which all rates are brought, in days. */
const unit = 28

export const featureCount = 5

/** Counts per area with exponential forgetting, and the sum of the weights. */
interface Fading {
  sums: Float64Array
  weight: number
}

/** Own reports drawn towards what the surroundings let expect, as rate per 28 days; `expected` alone beside it. */
function drawn(field: Field, { sums, weight }: Fading): { own: Float64Array; expected: Float64Array } {
  const n = sums.length
  const meanSum =
    Math.max(
      sums.reduce((a, b) => a + b, 0),
      0.5,
    ) / n
  const meanWeight = field.weight.reduce((a, b) => a + b, 0) / n
  const nearby = around(field, sums)
  const own = new Float64Array(n)
  const expected = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const guess = ((nearby[i]! + 0.5 * meanSum) / (field.weightNear[i]! + 0.5 * meanWeight)) * field.weight[i]!
    expected[i] = (guess / weight) * unit
    own[i] = ((guess * (shape + sums[i]!)) / (shape + guess) / weight) * unit
  }
  return { own, expected }
}

/**
 * What is known about each area on each of `days` (ascending), from reports before that day only: logarithms of own
 * rate (long memory), own rate (short memory), what the surroundings let expect, the region's rate per resident,
 * residents. Areas × 5 numbers per day. `start` is the first day of the record.
 */
export function featuresOn(
  field: Field,
  reports: readonly Report[],
  start: number,
  days: readonly number[],
): Float64Array[] {
  const n = field.areas.length
  const fading = Object.values(halfLives).map((halfLife) => ({
    sums: new Float64Array(n),
    weight: 0,
    keep: 2 ** (-1 / halfLife),
  }))
  const byRegion = new Float64Array(field.residentsByRegion.length)
  let next = 0
  let today = start
  return days.map((day) => {
    for (; today < day; today++) {
      for (const one of fading) {
        one.weight = one.weight * one.keep + 1
        for (let i = 0; i < n; i++) one.sums[i]! *= one.keep
      }
      for (; next < reports.length && reports[next]!.day <= today; next++) {
        const { area } = reports[next]!
        for (const one of fading) one.sums[area]! += 1
        byRegion[field.region[area]!]! += 1
      }
    }
    return features(field, drawn(field, fading[0]!), drawn(field, fading[1]!).own, byRegion)
  })
}

function features(
  field: Field,
  long: { own: Float64Array; expected: Float64Array },
  short: Float64Array,
  byRegion: Float64Array,
): Float64Array {
  const n = field.areas.length
  const out = new Float64Array(n * featureCount)
  for (let i = 0; i < n; i++) {
    const region = field.region[i]!
    out[i * featureCount] = Math.log(long.own[i]!)
    out[i * featureCount + 1] = Math.log(short[i]!)
    out[i * featureCount + 2] = Math.log(long.expected[i]!)
    out[i * featureCount + 3] = Math.log((byRegion[region]! + 1) / field.residentsByRegion[region]!)
    out[i * featureCount + 4] = Math.log(Math.max(1, field.areas[i]!.residents))
  }
  return out
}
