import { describe, expect, it } from 'vitest'
import { judge, type Level } from '#engine/index.ts'
import { judgedFrom, simulate, weeks } from './buildups.ts'

/** A small version of `npm run bench -- engine-hints`, so that a change that spoils the hints fails here. */
describe('hints on simulated series', () => {
  const hint = (level: Level) => level === 'look' || level === 'much'
  const judged = simulate(7, 25).map((one) => ({
    ...one,
    hints: Array.from({ length: weeks - judgedFrom }, (_, i) => hint(judge(one.y, judgedFrom + i).level)),
  }))

  it('are rare without cause', () => {
    const calm = judged.filter(({ strength }) => strength === 0)
    const falseHints = calm.flatMap(({ hints }) => hints.filter(Boolean)).length
    expect(falseHints / calm.length).toBeLessThan(1)
    expect(falseHints / calm.length).toBeGreaterThan(0.2)
  })

  it('find strong build-ups within their four weeks', () => {
    const strong = judged.filter(({ strength }) => strength === 6)
    const found = strong.filter(({ hints, start }) =>
      hints.slice(start - judgedFrom, start - judgedFrom + 4).some(Boolean),
    )
    expect(found.length / strong.length).toBeGreaterThan(0.88)
  })

  it('are drawn from the means they name', () => {
    const total = judged.filter((one) => one.mean === 3 && one.strength === 0).flatMap(({ y }) => y)
    expect(total.reduce((a, b) => a + b, 0) / total.length).toBeCloseTo(3, 0)
  })
})
