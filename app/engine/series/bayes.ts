import { countQuantile } from '../numbers/counts.ts'
import type { Verdicts } from './types.ts'

/**
 * The Bayes test with a vague gamma prior (Höhle 2007, after Riebler 2004): this week against the predictive
 * distribution of the last `weeks` weeks. Quick and honest about small numbers, but forgets everything older than its
 * window, so a slow rise becomes its own norm. Kept for comparison; no hint rests on it.
 */
export function bayes(y: readonly number[], settings: { weeks: number; alpha: number; first: number }): Verdicts {
  const { weeks, alpha, first } = settings
  const verdicts: Verdicts = { first, bound: [], alarm: [] }
  for (let t = first; t < y.length; t++) {
    let sum = 0.5
    for (let i = t - weeks; i < t; i++) sum += y[i]!
    const bound = countQuantile(1 - alpha, sum / weeks, 1 + 1 / weeks)
    verdicts.bound.push(bound)
    verdicts.alarm.push(y[t]! > bound)
  }
  return verdicts
}
