import { describe, expect, it } from 'vitest'
import { countAtLeast, countAtMost, countQuantile } from './counts.ts'
import {
  incompleteBeta,
  logGamma,
  lowerGamma,
  normalQuantile,
  normalTail,
  studentPValue,
  upperGamma,
} from './special.ts'

const close = (value: number, wanted: number) =>
  expect(Math.abs(value - wanted)).toBeLessThan(1e-13 * Math.max(1, Math.abs(wanted)))

describe('special functions against published values', () => {
  it('log gamma', () => {
    close(logGamma(0.5), Math.log(Math.PI) / 2)
    close(logGamma(10), Math.log(362_880))
    close(logGamma(100), 359.1342053695754)
  })
  it('normal distribution', () => {
    close(normalQuantile(0.999), 3.0902323061678132)
    close(normalQuantile(0.975), 1.9599639845400545)
    close(normalQuantile(0.025), -1.9599639845400545)
    expect(normalTail(6) / 9.865876450376981e-10).toBeCloseTo(1, 11)
    expect(normalQuantile(0)).toBe(-Infinity)
    expect(normalQuantile(2)).toBeNaN()
  })
  it('incomplete gamma and beta', () => {
    close(upperGamma(1, 2), Math.exp(-2))
    close(lowerGamma(3, 0.5) + upperGamma(3, 0.5), 1)
    close(incompleteBeta(0.3, 1, 1), 0.3)
    close(incompleteBeta(0.2, 2, 3), 1 - (1 + 3 * 0.2) * 0.8 ** 3)
  })
  it('Student t', () => expect(studentPValue(2.2281388519649, 10)).toBeCloseTo(0.05, 11))
})

describe('distribution of counts', () => {
  it('sums to one, Poisson and overdispersed', () => {
    for (const spread of [1, 2.5]) {
      for (let y = 0; y < 12; y++) close(countAtMost(y, 3, spread) + countAtLeast(y + 1, 3, spread), 1)
    }
  })
  it('agrees with the formula of the negative binomial', () => {
    // Mean 2, variance 4: size 2, chance 1/2; P(0) = 1/4, P(1) = 1/4.
    close(countAtMost(0, 2, 2), 0.25)
    close(countAtMost(1, 2, 2), 0.5)
  })
  it('gives the smallest count that reaches the chance', () => {
    for (const [mean, spread] of [
      [0.05, 1],
      [3, 1.7],
      [60, 4],
      [9e5, 1.2],
    ] as const) {
      const q = countQuantile(0.99, mean, spread)
      expect(countAtMost(q, mean, spread)).toBeGreaterThanOrEqual(0.99)
      if (q > 0) expect(countAtMost(q - 1, mean, spread)).toBeLessThan(0.99)
    }
  })
  it('answers at once for an absurd mean', () => expect(countQuantile(0.99, 3e27, 1.03)).toBeCloseTo(3e27, -16))
  it('has no answer for no mean', () => expect(countQuantile(0.99, Infinity, 1)).toBeNaN())
})
