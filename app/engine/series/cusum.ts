import type { Verdicts } from './types.ts'

export interface CusumSettings {
  /** Expected reports per week; 0 or less leaves every week undefined. */
  mean: number
  /** Reference value: what a week may lie above the mean without counting, in transformed units. */
  k: number
  /** Decision value: the sum at which it alarms. */
  h: number
  transform: 'standard' | 'rossi'
  /** 0-based index of the first week looked at. */
  first: number
  /** Start again from zero after an alarm. The literature's plain form goes on alarming until the sum has sunk. */
  reset: boolean
}

/** Makes counts roughly normal with variance 1; Rossi, Lampugnani & Marchi 1999 for small means. */
export function transformed(y: number, mean: number, transform: CusumSettings['transform']): number {
  const root = Math.sqrt(mean)
  return transform === 'rossi' ? (y - 3 * mean + 2 * Math.sqrt(mean * y)) / (2 * root) : (y - mean) / root
}

/**
 * The count whose transformed value is `x`; for the standard form the next whole count, at least 0. Rossi's form is
 * not monotone below its least value: there the mirrored root is given, as the reference does, and 0 where none exists.
 */
export function untransformed(x: number, mean: number, transform: CusumSettings['transform']): number {
  const root = Math.sqrt(mean)
  if (transform === 'standard') return Math.max(0, Math.ceil(mean + x * root))
  const discriminant = 4 * mean + 2 * root * x
  return discriminant < 0 ? 0 : (Math.sqrt(discriminant) - root) ** 2
}

/**
 * CUSUM (Page 1954) on transformed counts: adds up what each week exceeds the mean by more than `k`. Sees lasting
 * small rises better than any week-by-week test; knows neither season nor a change of the usual level, and needs a mean
 * above zero. `bound` is the count at which this week would alarm (0, with no alarm, where the mean is not above zero).
 */
export function cusum(y: readonly number[], settings: CusumSettings): Verdicts {
  const { mean, k, h, transform, first, reset } = settings
  const verdicts: Verdicts = { first, bound: [], alarm: [] }
  let sum = 0
  for (let t = first; t < y.length; t++) {
    if (!(mean > 0)) {
      verdicts.bound.push(0)
      verdicts.alarm.push(undefined)
      continue
    }
    verdicts.bound.push(untransformed(h + k - sum, mean, transform))
    sum = Math.max(0, sum + transformed(y[t]!, mean, transform) - k)
    verdicts.alarm.push(sum >= h)
    if (reset && sum >= h) sum = 0
  }
  return verdicts
}
