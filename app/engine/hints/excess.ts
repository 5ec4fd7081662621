import { countAtLeast } from '../numbers/counts.ts'
import { predicted, usual, type Usual, type UsualSettings } from './usual.ts'

/** Longest window, in weeks. */
export const longest = 3

export interface Excess {
  /** Chance of at least as many reports in the last 1, 2, 3 weeks if all were as usual. */
  chances: number[]
  /** Their geometric mean: small only if the rise shows in short and long windows alike. Not itself a probability. */
  score: number
  /** Window with the smallest chance, in weeks, and the reports in it. */
  weeks: number
  reports: number
  normal: Usual
}

/**
 * Empirical-Bayes test (negative binomial predictive distribution, Greenland & Robins 1991 for the shrinkage): is this
 * week, with the one or two before it, more than usual here? Sees both a sudden jump and a build-up over three weeks,
 * also where reports are rare. Misses rises slower than its memory and anything hidden in a week without a report.
 */
export function excess(y: readonly number[], t: number, settings?: UsualSettings): Excess {
  const normal = usual(y, t, longest + 1, settings)
  const chances: number[] = []
  let reports = 0
  let best = { chance: 2, weeks: 1, reports: 0 }
  let logs = 0
  for (let weeks = 1; weeks <= longest; weeks++) {
    reports += y[t - weeks + 1] ?? 0
    const { mean, spread } = predicted(normal, t, weeks)
    const chance = countAtLeast(reports, mean, spread)
    chances.push(chance)
    logs += Math.log(chance)
    if (chance < best.chance) best = { chance, weeks, reports }
  }
  return { chances, score: Math.exp(logs / longest), weeks: best.weeks, reports: best.reports, normal }
}

/**
 * Benjamini & Hochberg 1995: which of many chances stand out so far that at most the share `q` of them is expected to
 * be accident. NaN never stands out.
 */
export function discoveries(chances: readonly number[], q: number): boolean[] {
  const order = chances.map((chance, i) => ({ chance, i })).filter(({ chance }) => !Number.isNaN(chance))
  order.sort((a, b) => a.chance - b.chance)
  let last = -1
  order.forEach(({ chance }, rank) => {
    if (chance <= (q * (rank + 1)) / chances.length) last = rank
  })
  const found = chances.map(() => false)
  for (let rank = 0; rank <= last; rank++) found[order[rank]!.i] = true
  return found
}
