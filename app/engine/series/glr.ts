import type { Verdicts } from './types.ts'

export interface GlrSettings {
  /** Expected reports per week, > 0, the same for every week. */
  expected: number
  /** Overdispersion: variance = mean + alpha mean². 0 is Poisson. */
  alpha: number
  /** Threshold on the log-likelihood ratio. */
  threshold: number
  /** 0-based index of the first week looked at. */
  first: number
  /**
   * `exact` (default) takes the best factor in closed form. `reference` repeats the plain Newton steps of the R package
   * surveillance 1.20.3 for alpha > 0, which run away when a rise is large against a small mean and then see nothing;
   * use it only to compare numbers.
   */
  search?: 'exact' | 'reference'
}

/** Log-likelihood gain of `weeks` weeks with `seen` reports when their common mean is multiplied by e^kappa. */
function gain(seen: number, weeks: number, mean: number, alpha: number, kappa: number): number {
  const shifted = mean * Math.exp(kappa)
  if (alpha === 0) return seen * kappa - weeks * (shifted - mean)
  return seen * kappa - (seen + weeks / alpha) * Math.log((1 + alpha * shifted) / (1 + alpha * mean))
}

/** Newton's method without a safeguard from `start`; 0 where it runs away or ends below zero. */
function plainNewton(seen: number, weeks: number, mean: number, alpha: number, start: number): number {
  let kappa = start
  for (let i = 0; i < 50; i++) {
    const shifted = mean * Math.exp(kappa)
    const spread = 1 + alpha * shifted
    const step = ((seen - weeks * shifted) * spread) / (shifted * (weeks + alpha * seen))
    kappa += step
    if (!(Math.abs(step) > 1e-6)) break
  }
  return kappa > 0 && Number.isFinite(kappa) ? kappa : 0
}

/** The largest gain over all starts from `restart` to `now`, each with its best factor above 1. */
function bestGain(y: readonly number[], restart: number, now: number, settings: GlrSettings): number {
  const { expected, alpha, search = 'exact' } = settings
  let seen = 0
  for (let t = restart; t <= now; t++) seen += y[t]!
  let best = 0
  let kappa = 0.5
  for (let k = restart; k <= now; k++) {
    const weeks = now - k + 1
    if (search === 'reference' && alpha > 0) kappa = plainNewton(seen, weeks, expected, alpha, kappa)
    else kappa = seen > weeks * expected ? Math.log(seen / (weeks * expected)) : 0
    if (kappa > 0) best = Math.max(best, gain(seen, weeks, expected, alpha, kappa))
    seen -= y[k]!
  }
  return best
}

/**
 * Generalised likelihood ratio for a rise that began at any week since the last alarm and multiplied the level by an
 * unknown factor (Poisson: Lai 1995, Höhle 2006; negative binomial: Höhle & Paul 2008). The statistic is the largest
 * gain over all starts; at `threshold` it alarms and begins anew. Sees both sudden and slow rises and need not know how
 * large they will be; needs a trustworthy expectation, and a wrong one makes it alarm for ever. Time grows with the
 * square of the weeks since the last alarm. `bound` is the statistic itself.
 */
export function glr(y: readonly number[], settings: GlrSettings): Verdicts {
  const { threshold, first } = settings
  const verdicts: Verdicts = { first, bound: [], alarm: [] }
  let restart = first
  for (let now = first; now < y.length; now++) {
    const best = settings.expected > 0 ? bestGain(y, restart, now, settings) : NaN
    verdicts.bound.push(best)
    verdicts.alarm.push(Number.isNaN(best) ? undefined : best >= threshold)
    if (best >= threshold) restart = now + 1
  }
  return verdicts
}

export interface LikelihoodRatioSettings {
  expected: number
  alpha: number
  threshold: number
  first: number
  /** The rise looked for, as natural logarithm of the factor, > 0. */
  shift: number
}

/**
 * CUSUM of log-likelihood ratios against one fixed rise (negative binomial or Poisson; Höhle & Paul 2008); restarts
 * after an alarm. Best when the size of the rise is known beforehand, slow for smaller ones. `bound` is the count at
 * which this week would alarm.
 */
export function likelihoodRatio(y: readonly number[], settings: LikelihoodRatioSettings): Verdicts {
  const { expected, alpha, threshold, shift, first } = settings
  const raised = expected * Math.exp(shift)
  const ratio = alpha > 0 ? Math.log((1 + alpha * raised) / (1 + alpha * expected)) : 0
  const perReport = shift - ratio
  const perWeek = alpha > 0 ? -ratio / alpha : expected - raised
  const verdicts: Verdicts = { first, bound: [], alarm: [] }
  let sum = 0
  for (let t = first; t < y.length; t++) {
    verdicts.bound.push((threshold - perWeek - sum) / perReport)
    sum = Math.max(0, sum + y[t]! * perReport + perWeek)
    verdicts.alarm.push(sum >= threshold)
    if (sum >= threshold) sum = 0
  }
  return verdicts
}
