import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sectionOf } from './year.ts'

const threshold = 5
/** Things, each with its place in three divisions and what was measured of it. */
const thing = fc.record({
  in: fc.tuple(fc.nat(1), fc.nat(3), fc.nat(6)),
  days: fc.option(fc.nat(200), { nil: undefined }),
  hours: fc.option(fc.nat(40), { nil: undefined }),
})
type Thing = typeof thing extends fc.Arbitrary<infer T> ? T : never
const sizes = [2, 4, 7]
const shownOf = (things: readonly Thing[]) => {
  const divisions = sizes.map((size, i) => ({
    label: String(i),
    parts: Array.from({ length: size }, (_, part) => ({
      label: String(part),
      count: things.filter((one) => one.in[i] === part).length,
    })),
  }))
  const each = (name: 'days' | 'hours') => things.flatMap((one) => one[name] ?? [])
  const measured = { times: [{ label: 't', each: each('days') }], hours: [{ label: 'h', each: each('hours') }] }
  return { divisions, shown: sectionOf({ title: '', divisions, ...measured }, threshold) }
}

test('of however many divisions none tells a small number, and none that can be worked out from its total', () => {
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 60 }), (things) => {
      const { divisions, shown } = shownOf(things)
      shown.divisions.forEach(({ parts }, i) => {
        const counts = parts.map(({ count }) => count)
        for (const [j, count] of counts.entries()) {
          if (count === null) continue
          expect(count).toBe(divisions[i]!.parts[j]!.count)
          expect(count === 0 || count >= threshold).toBe(true)
        }
        expect(shown.total !== undefined && counts.filter((count) => count === null).length === 1).toBe(false)
      })
    }),
  )
})

test('where nothing may be told there is no time and no sum either; and none of fewer things than the threshold', () => {
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 30 }), (things) => {
      const { shown } = shownOf(things)
      const known = (name: 'days' | 'hours') => things.filter((one) => one[name] !== undefined).length
      const told = (name: 'days' | 'hours') => Number(shown.total !== undefined && known(name) >= threshold)
      expect([shown.times.length, shown.hours.length]).toEqual([told('days'), told('hours')])
    }),
  )
})
