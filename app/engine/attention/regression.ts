/**
 * Complementary log-log regression (a report arrives as a Poisson process; seen is only whether any came) with an
 * intercept for every occasion and a penalty on the slopes' distance from a prior, by Newton's method. The intercepts take up how much was
 * reported everywhere at that time, so the slopes learn only what tells areas apart (McCullagh & Nelder 1989, ch. 4).
 */
export interface Occasion {
  /** Areas × features, standardised. */
  x: Float64Array
  /** 1 where anything was reported in the horizon. */
  y: Uint8Array
  weight: number
}

interface Sums {
  gradient: Float64Array
  hessian: Float64Array
  /** Per occasion: slope and curvature of the intercept, and its mixed derivatives with the slopes. */
  own: { gradient: number; curvature: number; mixed: Float64Array }[]
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

function sums(occasions: readonly Occasion[], slopes: Float64Array, intercepts: Float64Array): Sums {
  const p = slopes.length
  const gradient = new Float64Array(p)
  const hessian = new Float64Array(p * p)
  const own = occasions.map(({ x, y, weight }, o) => {
    const mixed = new Float64Array(p)
    let first = 0
    let curvature = 1e-9
    for (let i = 0, at = 0; i < y.length; i++, at += p) {
      let eta = intercepts[o]!
      for (let j = 0; j < p; j++) eta += slopes[j]! * x[at + j]!
      const mean = Math.exp(clamp(eta, -8, 3))
      const ratio = (mean * Math.exp(-mean)) / -Math.expm1(-mean)
      const residual = weight * (y[i] ? ratio : -mean)
      const w = weight * mean * ratio
      first += residual
      curvature += w
      for (let j = 0; j < p; j++) {
        const wx = w * x[at + j]!
        gradient[j]! += residual * x[at + j]!
        mixed[j]! += wx
        for (let k = 0; k <= j; k++) hessian[j * p + k]! += wx * x[at + k]!
      }
    }
    return { gradient: first, curvature, mixed }
  })
  return { gradient, hessian, own }
}

/** Solves the symmetric system (lower half given) by elimination; ridge makes it positive definite. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const p = right.length
  const rows = Array.from({ length: p }, (_, i) =>
    Float64Array.from({ length: p + 1 }, (__, j) =>
      j === p ? right[i]! : j <= i ? matrix[i * p + j]! : matrix[j * p + i]!,
    ),
  )
  for (let i = 0; i < p; i++) {
    for (let below = i + 1; below < p; below++) {
      const factor = rows[below]![i]! / rows[i]![i]!
      for (let j = i; j <= p; j++) rows[below]![j]! -= factor * rows[i]![j]!
    }
  }
  const out = new Float64Array(p)
  for (let i = p - 1; i >= 0; i--) {
    let rest = rows[i]![p]!
    for (let j = i + 1; j < p; j++) rest -= rows[i]![j]! * out[j]!
    out[i] = rest / rows[i]![i]!
  }
  return out
}

/** Slopes per standardised feature, drawn towards `prior` by the penalty `ridge` on half the squared distance. */
export function fitSlopes(occasions: readonly Occasion[], prior: Float64Array, ridge: number): Float64Array {
  const features = prior.length
  const slopes = prior.slice()
  const intercepts = new Float64Array(occasions.length).fill(-1.5)
  for (let round = 0; round < 15; round++) {
    const { gradient, hessian, own } = sums(occasions, slopes, intercepts)
    for (let j = 0; j < features; j++) {
      gradient[j]! -= ridge * (slopes[j]! - prior[j]!)
      hessian[j * features + j]! += ridge
    }
    // The intercepts are eliminated first: each touches only its own occasion.
    for (const one of own) {
      for (let j = 0; j < features; j++) {
        const share = one.mixed[j]! / one.curvature
        gradient[j]! -= share * one.gradient
        for (let k = 0; k <= j; k++) hessian[j * features + k]! -= share * one.mixed[k]!
      }
    }
    const step = solve(hessian, gradient)
    let largest = 0
    for (let j = 0; j < features; j++) {
      slopes[j]! += step[j]!
      largest = Math.max(largest, Math.abs(step[j]!))
    }
    own.forEach((one, o) => {
      let change = one.gradient
      for (let j = 0; j < features; j++) change -= one.mixed[j]! * step[j]!
      intercepts[o]! += clamp(change / one.curvature, -2, 2)
    })
    if (largest < 1e-7) break
  }
  return slopes
}

/** The intercept at which as many areas are expected to see a report as did see one (`seen`, kept off 0 and all). */
export function levelOf(scores: Float64Array, seen: number): number {
  const wanted = clamp(seen, 0.5, scores.length - 0.5)
  let low = -30
  let high = 30
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    let expected = 0
    for (const score of scores) expected -= Math.expm1(-Math.exp(clamp(score + middle, -30, 5)))
    if (expected < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}
