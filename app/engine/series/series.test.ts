import { describe, expect, it } from 'vitest'
import { baseWeeks } from './base-weeks.ts'
import { bayes } from './bayes.ts'
import { cusum, transformed, untransformed } from './cusum.ts'
import { ears } from './ears.ts'
import { expectation, farrington, type FarringtonSettings } from './farrington.ts'
import { glr, likelihoodRatio } from './glr.ts'
import { fitLogLinear } from './irls.ts'

const settings: FarringtonSettings = {
  form: 'flexible',
  years: 3,
  halfWindow: 3,
  frequency: 52,
  periods: 10,
  leftOut: 26,
  alpha: 0.01,
  trend: true,
  trendLimit: 1,
  reweight: true,
  reweightFrom: 2.58,
  atLeast: { cases: 5, weeks: 4 },
  power: '2/3',
  limit: 'nbPlugin',
  first: 200,
  last: 200,
}
const wave = (length: number) =>
  Array.from({ length }, (_, t) => Math.round(8 + 5 * Math.sin((2 * Math.PI * t) / 52) + ((t * 7) % 5) - 2))

describe('EARS', () => {
  it('has no C3 value after two weeks without any deviation, and then never alarms', () => {
    const { bound, alarm } = ears([...Array.from({ length: 14 }, () => 1), 9], {
      method: 'C3',
      baseline: 7,
      minSigma: 0,
      alpha: 0.025,
    })
    expect(bound[0]).toBeNaN()
    expect(alarm[0]).toBeUndefined()
  })
  it('says nothing about a series that is too short', () => {
    expect(ears([1, 2, 3], { method: 'C2', baseline: 7, minSigma: 1, alpha: 0.001 }).bound).toEqual([])
  })
})

describe('CUSUM', () => {
  const y = [1, 1, 9, 1, 1, 1]
  const common = { mean: 1, k: 1.04, h: 2.26, transform: 'rossi', first: 0 } as const
  it('goes on alarming without reset and starts anew with it', () => {
    const alarms = cusum(y, { ...common, reset: false }).alarm
    expect(alarms.slice(0, 4)).toEqual([false, false, true, true])
    expect(cusum(y, { ...common, reset: true }).alarm).toEqual([false, false, true, false, false, false])
  })
  it('turns a transformed value back into its count', () => {
    for (const transform of ['standard', 'rossi'] as const)
      expect(untransformed(transformed(7, 2, transform), 2, transform)).toBeCloseTo(7, 10)
  })
  it('says nothing where the mean is zero', () =>
    expect(cusum(y, { ...common, mean: 0, reset: true }).alarm[2]).toBeUndefined())
})

describe('GLR', () => {
  const y = [0, 1, 0, 4, 2, 0, 0, 1, 3, 5, 0, 1]
  const common = { expected: 0.3, threshold: 1e9, first: 0 }
  it.each([0, 0.5])('takes the best start and the best factor, alpha %f', (alpha) => {
    const { bound } = glr(y, { ...common, alpha })
    y.forEach((_, now) => {
      let best = 0
      for (let k = 0; k <= now; k++) {
        for (let kappa = 0; kappa < 4; kappa += 0.002) {
          let gain = 0
          for (let t = k; t <= now; t++) {
            const shifted = 0.3 * Math.exp(kappa)
            gain +=
              y[t]! * kappa -
              (alpha ? (y[t]! + 1 / alpha) * Math.log((1 + alpha * shifted) / (1 + alpha * 0.3)) : shifted - 0.3)
          }
          best = Math.max(best, gain)
        }
      }
      expect(bound[now]).toBeCloseTo(best, 4)
    })
  })
  it('sees what the reference’s search runs away from, and never less', () => {
    const sure = glr([4], { ...common, expected: 0.05, alpha: 0.5 }).bound[0]!
    expect(glr([4], { ...common, expected: 0.05, alpha: 0.5, search: 'reference' }).bound[0]).toBe(0)
    expect(sure).toBeGreaterThan(10)
    const [exact, reference] = (['exact', 'reference'] as const).map(
      (search) => glr(y, { ...common, alpha: 0.5, search }).bound,
    )
    exact!.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(reference![i]! - 1e-9))
  })
  it('begins anew after an alarm', () => {
    expect(glr([9, 0, 0], { ...common, alpha: 0, threshold: 5 })).toMatchObject({
      alarm: [true, false, false],
      bound: [expect.anything(), 0, 0],
    })
  })
  it('gives the count at which a fixed rise would alarm', () => {
    const { bound } = likelihoodRatio([0], { ...common, alpha: 0.5, threshold: 5, shift: Math.log(2) })
    const alarm = (count: number) =>
      likelihoodRatio([count], { ...common, alpha: 0.5, threshold: 5, shift: Math.log(2) }).alarm[0]
    expect([alarm(Math.floor(bound[0]!)), alarm(Math.ceil(bound[0]!))]).toEqual([false, true])
  })
})

describe('Farrington', () => {
  it('compares with the same season of past years and leaves the newest weeks out', () => {
    const base = baseWeeks(wave(250), 200, settings)
    expect(base.groups).toBe(10)
    expect(Math.max(...base.time)).toBe(200 - 26 - 1)
    expect(base.time.filter((_, i) => base.group[i] === 0)).toHaveLength(3 * 7)
    expect(baseWeeks(wave(250), 200, { ...settings, periods: 1 }).time).toHaveLength(3 * 7)
  })
  it('expects what the season gives', () => {
    const y = wave(260)
    const [peak, low] = [expectation(y, 221, settings)!.mean, expectation(y, 247, settings)!.mean]
    expect(peak).toBeGreaterThan(11)
    expect(low).toBeLessThan(5)
  })
  it('counts a past outbreak less', () => {
    const y = wave(260)
    for (const t of [168, 169, 170]) y[t]! += 60
    const with_ = expectation(y, 221, settings)!.mean
    const without = expectation(y, 221, { ...settings, reweight: false })!.mean
    expect(with_).toBeLessThan(without - 1)
  })
  it('alarms only with enough reports', () => {
    const y = [...Array.from({ length: 200 }, () => 0), 3]
    expect(farrington(y, settings).alarm).toEqual([false])
    expect(farrington([...y.slice(0, 200), 6], settings).alarm).toEqual([true])
  })
  it('fits a slope exactly where the counts follow one', () => {
    const time = Array.from({ length: 30 }, (_, t) => t)
    const y = time.map((t) => Math.exp(1 + 0.05 * t))
    const fit = fitLogLinear({ y, time, group: time.map(() => 0), groups: 1, weights: time.map(() => 1), trend: true })!
    expect(fit.slope).toBeCloseTo(0.05, 10)
    expect(fit.predict(0, 40).eta).toBeCloseTo(3, 8)
  })
})

describe('Bayes', () => {
  it('has the predictive quantile of the last weeks as bound', () => {
    expect(bayes([0, 0, 0, 0, 0, 0, 1, 3], { weeks: 6, alpha: 0.05, first: 6 })).toMatchObject({
      bound: [1, 1],
      alarm: [false, true],
    })
  })
})
