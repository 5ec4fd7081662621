import { describe, expect, it } from 'vitest'
import { discoveries, excess } from './excess.ts'
import { judge, together, type Judgement } from './judge.ts'
import { channelShares, lastAsMany } from './reasons.ts'
import { noSeason, season } from './season.ts'
import { usual, usualRange } from './usual.ts'

const steady = (length: number, every: number) => Array.from({ length }, (_, t) => Number(t % every === 0))

describe('choice of method by length of history', () => {
  it.each([
    [5, 'none'],
    [8, 'none'],
    [9, 'ears'],
    [24, 'ears'],
    [25, 'excess'],
    [100, 'excess'],
    [120, 'excess-season'],
  ] as const)('week %i: %s', (t, method) => expect(judge(steady(200, 5), t).method).toBe(method))
})

describe('judge', () => {
  const before = steady(60, 6)

  it('never hints at a single report, however rare', () => {
    expect(judge([...Array.from({ length: 60 }, () => 0), 1], 60).level).toBe('usual')
  })
  it('sees a sudden jump and a build-up over three weeks', () => {
    expect(judge([...before, 4], 60).level).toBe('much')
    expect(judge([...before, 1, 1, 2], 62)).toMatchObject({ level: 'look', weeks: 3, reports: 4 })
  })
  it('has no hint in a week without a report', () => {
    expect(judge([...before, 4, 0], 61).level).toBe('usual')
  })
  it('looks at no later week', () => {
    const calm = judge([...before, 1, 0, 0, 0], 60)
    expect(judge([...before, 1, 9, 9, 9], 60)).toEqual(calm)
  })
  it('lets the other tests support a hint', () => {
    expect(judge([...steady(200, 4), 3, 4], 201).voices).toEqual(['cusum', 'farrington'])
  })
  it('knows the season', () => {
    const wave = Array.from({ length: 208 }, (_, t) => Math.round(6 + 5 * Math.sin((2 * Math.PI * t) / 52)))
    const peak = 3 * 52 + 13
    expect(judge(wave, peak).level).toBe('usual')
    expect(judge([...wave.slice(0, peak + 26), 11, 11], peak + 27).level).toBe('much')
  })
  it('leaves short histories to EARS, which wants more than two reports a week', () => {
    expect(judge([...steady(15, 5), 2], 15).level).toBe('usual')
    expect(judge([...steady(15, 5), 5], 15)).toMatchObject({ level: 'look', method: 'ears' })
  })
})

describe('together', () => {
  it('keeps a strong hint among few series and lowers it among many quiet ones', () => {
    const strong = { ...judge([...steady(60, 6), 4], 60), chance: 0.0005 }
    expect(strong.level).toBe('much')
    const calm: Judgement = { ...strong, level: 'usual', chance: 1 }
    expect(together([strong, calm])[0]!.level).toBe('much')
    expect(together([strong, ...Array.from({ length: 500 }, () => calm)])[0]!.level).toBe('look')
  })
})

describe('the parts', () => {
  it('false-discovery control follows Benjamini and Hochberg', () => {
    expect(discoveries([0.03, 0.01, 0.9, 0.035, NaN], 0.1)).toEqual([true, true, false, true, false])
    expect(discoveries([0.5, 0.6], 0.1)).toEqual([false, false])
  })
  it('no reports, no season; a clear wave is found at its place', () => {
    expect(season(steady(160, 30), 160)).toBe(noSeason)
    const wave = Array.from({ length: 156 }, (_, t) => 10 + Math.round(8 * Math.cos((2 * Math.PI * t) / 52)))
    const found = season(wave, 156)
    expect(found[0]).toBeGreaterThan(1.7)
    expect(found[26]).toBeLessThan(0.6)
  })
  it('draws a short series towards the rate elsewhere', () => {
    const own = usual(steady(20, 10), 20, 1)
    const drawn = usual(steady(20, 10), 20, 1, { halfLife: 52, gap: 2, priorWeeks: 4, spreadWeeks: 20, areaRate: 2 })
    expect(drawn.rate).toBeGreaterThan(own.rate)
    expect(usualRange(own, 20, 4)).toEqual([0, 2])
  })
  it('tells how rare a count is', () => {
    expect(excess([...steady(60, 6), 3], 60).chances[0]).toBeLessThan(0.002)
    expect(excess([...steady(60, 6), 0], 60).chances[0]).toBe(1)
  })
  it('shows through which channels reports came, and when there were last as many', () => {
    const shares = channelShares({ form: [0, 0, 0, 3], phone: [2, 1, 1, 1] }, 3, 1)
    expect(shares[0]).toEqual({ channel: 'form', reports: 3, share: 0.75, usualShare: 0 })
    expect(shares[1]).toMatchObject({ channel: 'phone', usualShare: 1 })
    expect(lastAsMany([0, 3, 1, 0, 0, 2, 1], 6, 2)).toBe(2)
    expect(lastAsMany([0, 0, 0, 5], 3, 1)).toBeUndefined()
  })
})
