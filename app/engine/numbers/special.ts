/**
 * Special functions behind the tests: gamma, incomplete gamma and beta, and the distributions made from them.
 * All arguments and results are plain numbers without unit; probabilities lie in [0, 1]. Nothing throws: an argument
 * outside its range gives NaN. Accuracy is about 1e-14 relative where the result is not itself near the smallest number.
 */

const tiny = 1e-300
const enough = 1e-16

/** Stirling's series after shifting the argument above 15; cheap, and exact enough to the last two digits. */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN
  let shift = 0
  let z = x
  if (z < 15) {
    let product = 1
    for (; z < 15; z++) product *= z
    shift = Math.log(product)
  }
  const r = 1 / (z * z)
  const tail = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - (r * 1) / 1188)))) / z
  return (z - 0.5) * Math.log(z) - z + 0.9189385332046727 + tail - shift
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 100_000; n++) {
    term *= x / (a + n)
    sum += term
    if (term < sum * enough) break
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a))
}

/** Lentz's continued fraction for the upper part. */
function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let n = 1; n < 100_000; n++) {
    const an = -n * (n - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + an / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < enough * 4) break
  }
  return h * Math.exp(a * Math.log(x) - x - logGamma(a))
}

/** Q(a, x), the regularised upper incomplete gamma function. */
export function upperGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return NaN
  if (x === 0) return 1
  return x < a + 1 ? 1 - gammaSeries(a, x) : gammaFraction(a, x)
}

/** P(a, x), the regularised lower incomplete gamma function. */
export function lowerGamma(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return NaN
  if (x === 0) return 0
  return x < a + 1 ? gammaSeries(a, x) : 1 - gammaFraction(a, x)
}

function betaFraction(a: number, b: number, x: number): number {
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  if (Math.abs(d) < tiny) d = tiny
  d = 1 / d
  let h = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 + even * d
    if (Math.abs(d) < tiny) d = tiny
    c = 1 + even / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    h *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 + odd * d
    if (Math.abs(d) < tiny) d = tiny
    c = 1 + odd / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < enough * 4) break
  }
  return h
}

/** I(x; a, b), the regularised incomplete beta function; `rest` is 1 - x where the caller knows it more exactly. */
export function incompleteBeta(x: number, a: number, b: number, rest = 1 - x): number {
  if (!(a > 0) || !(b > 0) || !(x >= 0 && x <= 1)) return NaN
  if (x === 0) return 0
  if (rest === 0) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(rest))
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a
  return 1 - (front * betaFraction(b, a, rest)) / b
}

/** P(Z > z) for a standard normal Z. */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return NaN
  return z >= 0 ? upperGamma(0.5, (z * z) / 2) / 2 : 1 - upperGamma(0.5, (z * z) / 2) / 2
}

/** The z with P(Z ≤ z) = p: a rough start, sharpened by Halley steps on the exact tail. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity
  if (p === 0.5) return 0
  const upper = p > 0.5
  const q = upper ? 1 - p : p
  const t = Math.sqrt(-2 * Math.log(q))
  let z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t)
  for (let i = 0; i < 4; i++) {
    const step = ((normalTail(z) - q) * Math.sqrt(2 * Math.PI)) / Math.exp((-z * z) / 2)
    const halley = step / (1 - (z * step) / 2)
    z += halley
    if (Math.abs(halley) < 1e-15 * Math.abs(z)) break
  }
  return upper ? z : -z
}

/** Two-sided p-value of Student's t with `df` degrees of freedom. */
export function studentPValue(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), df / 2, 0.5, (t * t) / (df + t * t))
}
