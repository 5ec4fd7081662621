import { featureCount, featuresOn, type Report } from './features.ts'
import type { Field } from './field.ts'
import { fitSlopes, levelOf, type Occasion } from './regression.ts'

export interface Attention {
  /** Chance of at least one report in the horizon, 0 … 1. */
  probability: number
  /** Order of attention: larger is earlier. Only its order has meaning. */
  score: number
}

/** How the list was made: fitted to the past, or with fixed weights because there were fewer than 200 reports. */
export type Basis = 'fitted' | 'fixed'

const settings = {
  /** Days of record before the first occasion learned from. */
  warmUp: 120,
  /** Days after which an occasion counts half when learning. */
  memory: 182,
  ridge: 1000,
  leastReports: 200,
  leastOccasions: 8,
}

/** Slopes per unit of the logarithms, where the fit starts from and little data stays: mostly the own long rate. */
const fixedSlopes = Float64Array.of(0.45, 0.1, 0.1, 0.15, 0.2)

function seenIn(n: number, reports: readonly Report[], from: number, to: number): Uint8Array {
  const seen = new Uint8Array(n)
  for (const { day, area } of reports) if (day >= from && day < to) seen[area] = 1
  return seen
}

const count = (seen: Uint8Array) => seen.reduce((sum, one) => sum + one, 0)

/** Mean and deviation of each feature over all occasions. */
function scales(all: readonly Float64Array[]): { mean: Float64Array; sd: Float64Array } {
  const mean = new Float64Array(featureCount)
  const sd = new Float64Array(featureCount)
  const rows = (all.length * all[0]!.length) / featureCount
  for (const x of all) x.forEach((value, at) => (mean[at % featureCount]! += value / rows))
  for (const x of all)
    x.forEach((value, at) => (sd[at % featureCount]! += (value - mean[at % featureCount]!) ** 2 / rows))
  return { mean, sd: sd.map((value) => Math.sqrt(value) + 1e-9) }
}

function scoresOf(x: Float64Array, slopes: Float64Array): Float64Array {
  return Float64Array.from({ length: x.length / featureCount }, (_, i) => {
    let score = 0
    for (let j = 0; j < featureCount; j++) score += slopes[j]! * x[i * featureCount + j]!
    return score
  })
}

/** Slopes per unit of the features, learned from occasions whose outcome was known by `origin`. */
function learned(days: number[], x: Float64Array[], seen: Uint8Array[], origin: number): Float64Array {
  const { mean, sd } = scales(x)
  const occasions: Occasion[] = days.map((day, o) => ({
    x: x[o]!.map((value, at) => (value - mean[at % featureCount]!) / sd[at % featureCount]!),
    y: seen[o]!,
    weight: 2 ** ((day - origin) / settings.memory),
  }))
  const prior = fixedSlopes.map((slope, j) => slope * sd[j]!)
  return fitSlopes(occasions, prior, settings.ridge).map((slope, j) => slope / sd[j]!)
}

/**
 * Where to look next: for each area the chance of any report in [origin, origin + horizon) days. A self-exciting model
 * in the manner of Mohler et al. 2011 in its simplest estimable form: own reports of the last year and of the last
 * weeks, drawn towards the surroundings (gamma-Poisson), the surroundings' and the region's own rates and the number of
 * residents, with slopes relearned from the record at every call. The level of the whole area is calibrated on the
 * newest weeks, so that a general rise or fall does not make every place look hot. Ranks places that already had
 * reports, and new ones by their surroundings; does not tell that something changed (see `judge`), and knows only what
 * is reported. `reports`: ascending by day; those on or after `origin` are not looked at.
 */
export function attention(
  field: Field,
  reports: readonly Report[],
  origin: number,
  horizon: number,
): { list: Attention[]; basis: Basis } {
  const n = field.areas.length
  const known = reports.filter(({ day }) => day < origin)
  const start = Math.min(known[0]?.day ?? origin, origin - 2 * horizon)
  const half = Math.max(1, Math.round(horizon / 2))
  const days: number[] = []
  for (let day = origin - horizon; day >= start + settings.warmUp; day -= 7) days.unshift(day)
  const [atHorizon, atHalf, now] = featuresOn(field, known, start, [origin - horizon, origin - half, origin]) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const fits = known.length >= settings.leastReports && days.length >= settings.leastOccasions
  const x = fits ? featuresOn(field, known, start, days) : []
  const seen = days.map((day) => seenIn(n, known, day, day + horizon))
  const slopes = fits ? learned(days, x, seen, origin) : fixedSlopes
  // The level: the last whole horizon, and its last half brought up by what a whole one usually has more.
  const whole = levelOf(scoresOf(atHorizon, slopes), count(seenIn(n, known, origin - horizon, origin)))
  let level = whole
  if (fits) {
    const more = days.slice(-52).map((day, o, last) => {
      const at = days.length - last.length + o
      const scores = scoresOf(x[at]!, slopes)
      return levelOf(scores, count(seen[at]!)) - levelOf(scores, count(seenIn(n, known, day, day + half)))
    })
    const recent = levelOf(scoresOf(atHalf, slopes), count(seenIn(n, known, origin - half, origin)))
    level = (whole + recent + more.reduce((a, b) => a + b, 0) / more.length) / 2
  }
  const list = Array.from(scoresOf(now, slopes), (score) => ({
    probability: -Math.expm1(-Math.exp(score + level)),
    score,
  }))
  return { list, basis: fits ? 'fitted' : 'fixed' }
}
