/**
 * Log-linear quasi-Poisson regression with one level per group and, if asked, one slope over time, fitted by
 * iteratively reweighted least squares (McCullagh & Nelder 1989). Cell means instead of an intercept and contrasts:
 * the normal equations are then diagonal but for the slope, so a step costs one pass over the data and loses no digits.
 */
export interface LogLinearData {
  /** Reports per week, ≥ 0. */
  y: readonly number[]
  /** Week numbers for the slope; only used with `trend`. */
  time: readonly number[]
  /** Group of each week, 0 … groups-1; every group must occur. */
  group: readonly number[]
  groups: number
  /** Prior weights, > 0, summing to the number of weeks. */
  weights: readonly number[]
  trend: boolean
}

export interface LogLinearFit {
  converged: boolean
  /** Dispersion, at least 0; not yet floored at 1. */
  dispersion: number
  /** Residual degrees of freedom. */
  df: number
  mean: Float64Array
  /** Leverage of each week. */
  leverage: Float64Array
  slope: number
  /** Standard error of the slope at the fit's own dispersion. */
  slopeError: number
  /** Weighted squares of time: dispersion over this is the slope's variance. */
  squares: number
  /** Linear predictor and its unscaled variance (times dispersion = variance) for a week of `group` at `time`. */
  predict(group: number, time: number): { eta: number; variance: number }
}

/** Kept above zero, as in every common program, so that empty seasons do not divide by nothing. */
export const meanOf = (eta: number) => Math.max(Math.exp(eta), Number.EPSILON)

interface Step {
  level: Float64Array
  slope: number
  /** Sum of working weights and weighted mean time per group. */
  weight: Float64Array
  centre: Float64Array
  /** Weighted squares of time around the groups' centres. */
  squares: number
}

/** One weighted least-squares solution for working response `z` and working weights `w`. */
function solve(data: LogLinearData, z: Float64Array, w: Float64Array): Step {
  const { time, group, groups, trend } = data
  const weight = new Float64Array(groups)
  const level = new Float64Array(groups)
  const centre = new Float64Array(groups)
  for (let i = 0; i < z.length; i++) {
    const g = group[i]!
    weight[g]! += w[i]!
    level[g]! += w[i]! * z[i]!
    centre[g]! += w[i]! * time[i]!
  }
  for (let g = 0; g < groups; g++) {
    level[g]! /= weight[g]!
    centre[g]! /= weight[g]!
  }
  let squares = 0
  let product = 0
  if (trend) {
    for (let i = 0; i < z.length; i++) {
      const g = group[i]!
      const t = time[i]! - centre[g]!
      squares += w[i]! * t * t
      product += w[i]! * t * (z[i]! - level[g]!)
    }
  }
  return { level, slope: trend ? product / squares : 0, weight, centre, squares }
}

function deviance(y: readonly number[], mean: Float64Array, weights: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < y.length; i++) {
    const own = y[i]! > 0 ? y[i]! * Math.log(y[i]! / mean[i]!) : 0
    sum += weights[i]! * (own - (y[i]! - mean[i]!))
  }
  return 2 * sum
}

/**
 * Starts at y + 0.1 and stops when the deviance changes by less than 1e-8 of itself, at most 25 steps: where counts are
 * all zero the answer depends on these three, and every common statistics program uses them.
 */
export function fitLogLinear(data: LogLinearData): LogLinearFit | undefined {
  const { y, group, time, weights, trend, groups } = data
  const n = y.length
  const df = n - groups - (trend ? 1 : 0)
  const mean = Float64Array.from(y, (value) => value + 0.1)
  const eta = Float64Array.from(mean, Math.log)
  const z = new Float64Array(n)
  const w = new Float64Array(n)
  let step: Step | undefined
  let before = deviance(y, mean, weights)
  let converged = false
  for (let round = 0; round < 25 && !converged; round++) {
    for (let i = 0; i < n; i++) {
      z[i] = eta[i]! + (y[i]! - mean[i]!) / mean[i]!
      w[i] = weights[i]! * mean[i]!
    }
    step = solve(data, z, w)
    for (let i = 0; i < n; i++) {
      const g = group[i]!
      eta[i] = step.level[g]! + step.slope * (time[i]! - step.centre[g]!)
      mean[i] = meanOf(eta[i]!)
    }
    const now = deviance(y, mean, weights)
    if (!Number.isFinite(now)) return undefined
    converged = Math.abs(now - before) / (Math.abs(now) + 0.1) < 1e-8
    before = now
  }
  if (!step) return undefined
  return describe(data, step, { converged, df, mean, w })
}

/** The working weights `w` are those of the last step, one behind `mean`: again what the common programs report. */
function describe(
  data: LogLinearData,
  step: Step,
  end: { converged: boolean; df: number; mean: Float64Array; w: Float64Array },
): LogLinearFit {
  const { y, group, time, trend } = data
  const { mean, w, df, converged } = end
  const leverage = new Float64Array(y.length)
  let pearson = 0
  const unscaled = (g: number, t: number) =>
    1 / step.weight[g]! + (trend ? (t - step.centre[g]!) ** 2 / step.squares : 0)
  for (let i = 0; i < y.length; i++) {
    leverage[i] = w[i]! * unscaled(group[i]!, time[i]!)
    pearson += w[i]! * ((y[i]! - mean[i]!) / mean[i]!) ** 2
  }
  const dispersion = df > 0 ? pearson / df : NaN
  return {
    converged,
    dispersion,
    df,
    mean,
    leverage,
    slope: step.slope,
    squares: step.squares,
    slopeError: trend ? Math.sqrt(dispersion / step.squares) : NaN,
    predict: (g, t) => ({ eta: step.level[g]! + step.slope * (t - step.centre[g]!), variance: unscaled(g, t) }),
  }
}
