import { describe, expect, it } from 'vitest'
import { Chance } from '../numbers/chance.ts'
import { knox, nearBefore, type Spot } from './knox.ts'
import { scan } from './scan.ts'

/** `n` reports at random over 3 km and a year. */
function scattered(n: number, seed: number): Spot[] {
  const chance = new Chance(seed)
  return Array.from({ length: n }, () => ({ day: chance.below(365), x: chance.below(3000), y: chance.below(3000) }))
}

/** Random counts for a grid of areas. */
function grid(side: number, weeks: number, perWeek: number, seed: number) {
  const chance = new Chance(seed)
  const areas = Array.from({ length: side * side }, (_, i) => ({ x: i % side, y: Math.floor(i / side) }))
  const counts = areas.map(() => Array.from({ length: weeks }, () => 0))
  for (let t = 0; t < weeks; t++) for (let k = 0; k < perWeek; k++) counts[chance.below(areas.length)]![t]! += 1
  return { areas, counts }
}

describe('Chance', () => {
  it('gives the same numbers for the same seed, spread evenly', () => {
    const [a, b] = [new Chance(7), new Chance(7)]
    const drawn = Array.from({ length: 6000 }, () => a.below(6))
    expect(drawn).toEqual(Array.from({ length: 6000 }, () => b.below(6)))
    for (let face = 0; face < 6; face++)
      expect(Math.abs(drawn.filter((one) => one === face).length - 1000)).toBeLessThan(120)
  })
})

describe('knox', () => {
  it('finds nothing in scattered reports', () => {
    const found = knox(scattered(150, 3))
    expect(found.p).toBeGreaterThan(0.05)
    expect(found.ratio).toBeCloseTo(1, 0)
  })
  it('finds reports that follow one another nearby', () => {
    const first = scattered(60, 4)
    const followed = first.flatMap((spot) => [spot, { day: spot.day + 5, x: spot.x + 60, y: spot.y }])
    const found = knox(followed)
    expect(found).toMatchObject({ p: 0.001, tooFew: false })
    expect(found.ratio).toBeGreaterThan(2.5)
    expect(knox(followed)).toEqual(found)
  })
  it('counts pairs as by hand, across the borders of the grid', () => {
    const spots = [
      { day: 0, x: 399, y: 0 },
      { day: 14, x: 401, y: 0 },
      { day: 15, x: 401, y: 0 },
      { day: 0, x: 3000, y: 0 },
    ]
    expect(knox(spots, { days: 14, metres: 400, permutations: 9, seed: 1 })).toMatchObject({ pairs: 2, tooFew: true })
  })
  it('has an answer for no reports', () => expect(knox([])).toMatchObject({ pairs: 0, ratio: NaN, p: 1 }))
})

describe('nearBefore', () => {
  const at = (day: number, x: number, topic = 'noise', building?: string) => ({ day, x, y: 0, topic, building })
  it('keeps to days, metres, topic and building', () => {
    const now = at(30, 0, 'noise', 'a')
    const near = at(20, 300)
    const sameHouse = at(5, 0, 'noise', 'a')
    expect(nearBefore(now, [at(10, 300), near, at(20, 500), at(20, 0, 'dirt'), sameHouse, at(31, 0)])).toEqual([
      near,
      sameHouse,
    ])
  })
})

describe('scan', () => {
  it('finds a cluster at its place and time', () => {
    const { areas, counts } = grid(6, 40, 8, 5)
    for (const area of [14, 15, 20]) for (const week of [22, 23, 24]) counts[area]![week]! += 4
    const found = scan(areas, counts, { longest: 8, permutations: 99, seed: 1 })!
    expect(found).toMatchObject({ p: 0.01, from: 22, to: 24, tooFew: false })
    for (const area of [14, 15, 20]) expect(found.areas).toContain(area)
    expect(found.areas.length).toBeLessThan(8)
    expect(found.reports).toBeGreaterThan(36 - 1)
  })
  it('finds none in chance, nor in a rise everywhere', () => {
    const { areas, counts } = grid(5, 30, 10, 9)
    expect(scan(areas, counts, { longest: 8, permutations: 99, seed: 1 })!.p).toBeGreaterThan(0.05)
    for (const row of counts) row[12]! += 3
    expect(scan(areas, counts, { longest: 8, permutations: 99, seed: 1 })!.p).toBeGreaterThan(0.05)
  })
  it('agrees with the formula worked out in full', () => {
    const { areas, counts } = grid(3, 6, 5, 8)
    const all = 30
    let most = 0
    const rank = (c: number) =>
      areas
        .map((a, i) => ({ i, far: Math.hypot(a.x - areas[c]!.x, a.y - areas[c]!.y) }))
        .toSorted((a, b) => a.far - b.far || (a.i === c ? -1 : b.i === c ? 1 : a.i - b.i))
    for (let centre = 0; centre < 9; centre++)
      for (let size = 1; size <= 9; size++) {
        const circle = rank(centre)
          .slice(0, size)
          .map(({ i }) => i)
        const held = circle.reduce((sum, i) => sum + counts[i]!.reduce((a, b) => a + b, 0), 0)
        if (held > all / 2) break
        for (let from = 0; from < 6; from++)
          for (let to = from; to < Math.min(6, from + 2); to++) {
            const c = circle.reduce((sum, i) => sum + counts[i]!.slice(from, to + 1).reduce((a, b) => a + b, 0), 0)
            const m =
              (held * counts.reduce((sum, row) => sum + row.slice(from, to + 1).reduce((a, b) => a + b, 0), 0)) / all
            if (c > m && c >= 2)
              most = Math.max(most, c * Math.log(c / m) + (all - c) * Math.log((all - c) / (all - m)))
          }
      }
    expect(scan(areas, counts, { longest: 2, permutations: 1, seed: 1 })!.gain).toBeCloseTo(most, 10)
  })
  it('has no cluster without reports', () => {
    expect(scan([{ x: 0, y: 0 }], [[0, 0, 0]])).toBeUndefined()
    expect(scan([], [])).toBeUndefined()
  })
})
