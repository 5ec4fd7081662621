import { incompleteBeta, lowerGamma, normalQuantile, normalTail, upperGamma } from './special.ts'

/**
 * A count's distribution by its mean (reports per window, > 0) and its variance relative to the mean: 1 is Poisson,
 * above 1 negative binomial with size mean / (spread - 1). A spread below 1 is read as 1.
 */

/** From this mean on the distribution is normal to more digits than anyone reads, and summing it up takes too long. */
const large = 1e6

/** P(Y ≤ y). */
export function countAtMost(y: number, mean: number, spread: number): number {
  if (y < 0) return 0
  if (!(mean > 0)) return mean === 0 ? 1 : NaN
  const floor = Math.floor(y)
  if (mean > large) return normalTail((mean - floor - 0.5) / Math.sqrt(mean * Math.max(1, spread)))
  if (!(spread > 1)) return upperGamma(floor + 1, mean)
  return incompleteBeta(1 / spread, mean / (spread - 1), floor + 1, (spread - 1) / spread)
}

/** P(Y ≥ y): computed from its own side, so that small values keep their digits. */
export function countAtLeast(y: number, mean: number, spread: number): number {
  const ceil = Math.ceil(y)
  if (ceil <= 0) return 1
  if (!(mean > 0)) return mean === 0 ? 0 : NaN
  if (mean > large) return normalTail((ceil - 0.5 - mean) / Math.sqrt(mean * Math.max(1, spread)))
  if (!(spread > 1)) return lowerGamma(ceil, mean)
  return incompleteBeta((spread - 1) / spread, ceil, mean / (spread - 1), 1 / spread)
}

/** Cornish-Fisher's expansion to the skewness. */
function largeQuantile(p: number, mean: number, spread: number): number {
  const z = normalQuantile(p)
  const variance = mean * Math.max(1, spread)
  return Math.ceil(mean + z * Math.sqrt(variance) + ((z * z - 1) * (2 * Math.max(1, spread) - 1)) / 6)
}

/** The smallest whole count q with P(Y ≤ q) ≥ p; NaN where the mean is not a finite positive number. */
export function countQuantile(p: number, mean: number, spread: number): number {
  if (!(mean > 0) || !Number.isFinite(mean)) return mean === 0 ? 0 : NaN
  if (mean > large) return largeQuantile(p, mean, spread)
  const slack = p * (1 - 64 * Number.EPSILON)
  const reached = (q: number) => countAtMost(q, mean, spread) >= slack
  if (reached(0)) return 0
  let width = Math.max(1, Math.sqrt(mean * Math.max(1, spread)))
  let low = 0
  let high = Math.ceil(mean + 2 * width)
  while (!reached(high)) {
    low = high
    width *= 2
    high = Math.ceil(high + width)
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (reached(middle)) high = middle
    else low = middle
  }
  return high
}
