import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hideSmall, hideTogether, type Shown } from './small.ts'

const threshold = 5
const same = (a: Shown, b: Shown) => a.total === b.total && a.counts.every((count, i) => count === b.counts[i])

/** All ways to make up `sum` from `size` counts, none of them zero. */
function* ways(size: number, sum: number): Generator<number[]> {
  if (size === 1) {
    if (sum > 0) yield [sum]
    return
  }
  for (let first = 1; first <= sum - size + 1; first += 1)
    for (const rest of ways(size - 1, sum - first)) yield [first, ...rest]
}

test.each([
  [[0, 0], [0, 0], 0],
  [[7, 12], [7, 12], 19],
  [[1, 1], [null, null], null],
  [[3, 0, 20], [null, 0, null], 23],
  [[11, 11, 4], [null, null, null], 26],
  [[9, 8, 4, 7], [9, 8, null, null], 28],
  [[1, 10, 5, 1], [null, null, null, null], 17],
  [[1, 1, 10, 7], [null, null, null, null], 19],
  [[1, 1, 10, 0, 7, 8, 9], [null, null, null, 0, null, 8, 9], 36],
  [[4, 4, 30], [null, null, null], 38],
  [[4, 4], [null, null], null],
  [[3, 4, 30], [null, null, 30], 37],
])('%j is shown as %j, total %j', (counts, shown, total) => {
  expect(hideSmall(counts, threshold)).toEqual({ counts: shown, total })
})

test('what cannot be shown one way is not shown another', () => {
  expect(hideTogether([[8], [4, 4]], threshold).map(({ total }) => total)).toEqual([null, null])
  expect(hideTogether([[9], [4, 5]], threshold).map(({ total }) => total)).toEqual([9, 9])
})

test('no count below the threshold is shown but zero, and what is shown is true', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), (counts) => {
      const { counts: shown, total } = hideSmall(counts, threshold)
      shown.forEach((count, i) => {
        if (count === null) return
        expect(count).toBe(counts[i])
        expect(count === 0 || count >= threshold).toBe(true)
      })
      if (total !== null) expect(total).toBe(counts.reduce((sum, one) => sum + one, 0))
    }),
  )
})

test('whoever knows rule, total and what is shown cannot work out a hidden count', () => {
  const row = fc.array(fc.nat(12), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(row, fc.integer({ min: 2, max: 7 }), (counts, threshold) => {
      const shown = hideSmall(counts, threshold)
      const hidden = shown.counts.flatMap((count, i) => (count === null ? [i] : []))
      if (hidden.length === 0 || shown.total === null) return
      const left = shown.total - shown.counts.reduce<number>((sum, one) => sum + (one ?? 0), 0)
      const possible = hidden.map(() => new Set<number>())
      for (const way of ways(hidden.length, left)) {
        const guess = shown.counts.map((count, i) => count ?? way[hidden.indexOf(i)]!)
        if (same(hideSmall(guess, threshold), shown)) way.forEach((count, i) => possible[i]!.add(count))
        if (possible.every(({ size }) => size > 1)) return
      }
      expect(Math.min(...possible.map(({ size }) => size))).toBeGreaterThan(1)
    }),
    { numRuns: 2000 },
  )
})
