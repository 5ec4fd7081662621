import { normalQuantile } from '../numbers/special.ts'
import type { Verdicts } from './types.ts'

export interface EarsSettings {
  method: 'C1' | 'C2' | 'C3'
  /** Length of the comparison window in weeks. */
  baseline: number
  /** Floor for the standard deviation, in reports per week. 0 lets a quiet series alarm at its first report. */
  minSigma: number
  /** Chance of a false alarm per week that the normal approximation promises. */
  alpha: number
}

/** Mean and sample standard deviation of `length` weeks from `from`; two passes, because counts may be large. */
function window(y: readonly number[], from: number, length: number): { mean: number; sd: number } {
  let mean = 0
  for (let i = from; i < from + length; i++) mean += y[i]!
  mean /= length
  let squares = 0
  for (let i = from; i < from + length; i++) squares += (y[i]! - mean) ** 2
  return { mean, sd: Math.sqrt(squares / (length - 1)) }
}

/**
 * EARS C1, C2, C3 (Hutwagner, Thompson, Seeman & Treadwell 2003; formulas in Fricker, Hegler & Dunfee 2008): this
 * week against the mean of the last `baseline` weeks. C2 leaves a gap of two weeks, C3 adds up the last three C2 values.
 * Sees sudden jumps with almost no history; blind to slow rises, which raise their own yardstick, and with a floor on
 * the deviation blind to small numbers. `y`: reports per week, oldest first. A week whose deviation is zero gets no
 * C3 value (0/0), hence `undefined`.
 */
export function ears(y: readonly number[], settings: EarsSettings): Verdicts {
  const { method, baseline, minSigma } = settings
  const z = normalQuantile(1 - settings.alpha)
  const gap = method === 'C1' ? 0 : 2
  const past = method === 'C3' ? 2 : 0
  const first = baseline + gap + past
  const means: number[] = []
  const sds: number[] = []
  for (let t = 0; t < y.length; t++) {
    const { mean, sd } = t < baseline + gap ? { mean: NaN, sd: NaN } : window(y, t - gap - baseline, baseline)
    means.push(mean)
    sds.push(Math.max(sd, minSigma))
  }
  const verdicts: Verdicts = { first, bound: [], alarm: [] }
  for (let t = first; t < y.length; t++) {
    let bound = means[t]! + z * sds[t]!
    if (method === 'C3') {
      let earlier = 0
      for (let lag = 1; lag <= 2; lag++) earlier += Math.max(0, (y[t - lag]! - means[t - lag]!) / sds[t - lag]! - 1)
      // Around this week's own count, as the reference does: the alarm rests on the two weeks before. Math.max keeps
      // NaN: a zero deviation in one of the two leaves the week without a value.
      bound = Math.max(0, y[t]! + sds[t]! * (z - earlier))
    }
    verdicts.bound.push(bound)
    verdicts.alarm.push(Number.isNaN(bound) ? undefined : y[t]! > bound)
  }
  return verdicts
}
