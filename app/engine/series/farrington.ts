import { countQuantile } from '../numbers/counts.ts'
import { normalQuantile, studentPValue } from '../numbers/special.ts'
import { baseWeeks, type BaseWeeks } from './base-weeks.ts'
import { fitLogLinear, meanOf, type LogLinearFit } from './irls.ts'
import type { Verdicts } from './types.ts'

export interface FarringtonSettings {
  /** `original` is Farrington et al. 1996 with a two-sided limit, `flexible` the form of Noufaily et al. 2013. */
  form: 'original' | 'flexible'
  /** Years looked back. */
  years: number
  /** Weeks taken on either side of the same week of a past year. */
  halfWindow: number
  /** Weeks in a year of this series: 52, or 12 for months. */
  frequency: number
  /** 1 takes the windows only; more take the rest of the year too, in so many seasonal levels. */
  periods: number
  /** The newest weeks, which are left out so that a build-up does not hide itself. */
  leftOut: number
  alpha: number
  trend: boolean
  /** The trend stays if its p-value is below. */
  trendLimit: number
  reweight: boolean
  /** Standardised residual from which a past week counts less. */
  reweightFrom: number
  /** No alarm with fewer than `cases` reports in the last `weeks` weeks. */
  atLeast: { cases: number; weeks: number }
  /** Transformation before the limit is taken; only for `delta`. */
  power: '2/3' | '1/2' | 'none'
  limit: 'delta' | 'nbPlugin' | 'muan'
  /** 0-based index of the first and last week looked at. */
  first: number
  last: number
}

export interface FarringtonVerdicts extends Verdicts {
  /** Expected reports per week. */
  expected: number[]
  /** Variance relative to the mean, at least 1. */
  dispersion: number[]
  trendUsed: boolean[]
}

/** What is expected for one week. */
export interface Expectation {
  mean: number
  /** At least 1. */
  dispersion: number
  /** Variance of the logarithm of the mean. */
  variance: number
  trendUsed: boolean
}

/** Past weeks that stand out count with the inverse square of how far they stand out; the sum stays as it was. */
function weightsAfter(base: BaseWeeks, fit: LogLinearFit, from: number): number[] {
  const phi = Math.max(1, fit.dispersion)
  let sum = 0
  const weights = base.y.map((y, i) => {
    const mean = fit.mean[i]!
    const anscombe = 1.5 * (Math.cbrt(y) ** 2 * mean ** (-1 / 6) - Math.sqrt(mean))
    const residual = anscombe / Math.sqrt(phi * (1 - fit.leverage[i]!))
    const weight = residual > from ? residual ** -2 : 1
    sum += weight
    return weight
  })
  const scale = weights.length / sum
  return weights.map((weight) => weight * scale)
}

interface Fitted {
  fit: LogLinearFit
  /** Whether every fit on the way settled. */
  settled: boolean
  /** Dispersion behind the standard errors. */
  scale: number
}

/**
 * Fit, weigh down, fit again. The reference's flexible form, once it has weighed, takes its standard errors from the
 * working residuals under the prior weights alone, and does not floor them at Poisson; so do we, to agree with it.
 */
function fitted(base: BaseWeeks, settings: FarringtonSettings, trend: boolean): Fitted | undefined {
  const flat = base.y.map(() => 1)
  const data = { y: base.y, time: base.time, group: base.group, groups: base.groups, trend }
  const plain = fitLogLinear({ ...data, weights: flat })
  const weights = plain && settings.reweight ? weightsAfter(base, plain, settings.reweightFrom) : flat
  const fit = plain && settings.reweight ? fitLogLinear({ ...data, weights }) : plain
  if (!fit || !plain) return undefined
  const settled = fit.converged && plain.converged
  if (settings.form === 'original') return { fit, settled, scale: Math.max(1, fit.dispersion) }
  if (!settings.reweight) return { fit, settled, scale: fit.dispersion }
  let sum = 0
  for (let i = 0; i < base.y.length; i++) sum += weights[i]! * ((base.y[i]! - fit.mean[i]!) / fit.mean[i]!) ** 2
  return { fit, settled, scale: sum / fit.df }
}

/** The trend stays if its fit settled, it is clear, rests on three years and does not lead above anything seen. */
function trendHolds(
  { fit, settled, scale }: Fitted,
  base: BaseWeeks,
  t: number,
  settings: FarringtonSettings,
): boolean {
  const error = settings.form === 'original' ? fit.slopeError : Math.sqrt(scale / fit.squares)
  const p = studentPValue(fit.slope / error, fit.df)
  return settled && p < settings.trendLimit && meanOf(fit.predict(0, t).eta) <= Math.max(...base.y)
}

/** Expectation for week `t`, or undefined where the past weeks do not allow one. */
export function expectation(y: readonly number[], t: number, settings: FarringtonSettings): Expectation | undefined {
  const base = baseWeeks(y, t, settings)
  const withTrend = settings.trend && settings.years >= 3 ? fitted(base, settings, true) : undefined
  const trendUsed = withTrend !== undefined && trendHolds(withTrend, base, t, settings)
  const result = trendUsed ? withTrend : fitted(base, settings, false)
  if (!result) return undefined
  const { eta, variance } = result.fit.predict(0, t)
  return {
    mean: meanOf(eta),
    dispersion: Math.max(1, result.fit.dispersion),
    variance: result.scale * variance,
    trendUsed,
  }
}

/** The upper limit; NaN where the estimate is too uncertain for one. */
function upperLimit({ mean, dispersion, variance }: Expectation, settings: FarringtonSettings): number {
  const flexible = settings.form === 'flexible'
  const z = normalQuantile(1 - settings.alpha / (flexible ? 1 : 2))
  if (settings.limit === 'nbPlugin') return countQuantile(1 - settings.alpha, mean, dispersion)
  if (settings.limit === 'muan') {
    return countQuantile(1 - settings.alpha, mean * Math.exp(z * Math.sqrt(variance)), dispersion)
  }
  const tau = dispersion + variance * mean
  if (settings.power === 'none') return mean + z * Math.sqrt(mean * tau)
  if (settings.power === '1/2') return Math.max(0, Math.sqrt(mean) + (z / 2) * Math.sqrt(tau)) ** 2
  return Math.max(0, Math.cbrt(mean) ** 2 + z * Math.sqrt((4 / 9) * Math.cbrt(mean) * tau)) ** 1.5
}

/**
 * Farrington's test (Farrington, Andrews, Beale & Catchpole 1996; Noufaily et al. 2013): this week against the same
 * season of past years, past outbreaks weighted down. The only test here that knows season and trend; needs three years
 * to be worth it, and a year that was unlike all others misleads it. `y`: reports per week, oldest first.
 */
export function farrington(y: readonly number[], settings: FarringtonSettings): FarringtonVerdicts {
  const { first, last, atLeast } = settings
  const verdicts: FarringtonVerdicts = { first, bound: [], alarm: [], expected: [], dispersion: [], trendUsed: [] }
  for (let t = first; t <= last; t++) {
    const found = expectation(y, t, settings)
    const bound = found ? upperLimit(found, settings) : NaN
    let recent = 0
    for (let i = Math.max(0, t - atLeast.weeks + 1); i <= t; i++) recent += y[i]!
    verdicts.bound.push(bound)
    verdicts.alarm.push(Number.isNaN(bound) ? undefined : y[t]! > bound && recent >= atLeast.cases)
    verdicts.expected.push(found?.mean ?? NaN)
    verdicts.dispersion.push(found?.dispersion ?? NaN)
    verdicts.trendUsed.push(found?.trendUsed ?? false)
  }
  return verdicts
}
