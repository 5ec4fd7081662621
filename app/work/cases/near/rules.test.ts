import { expect, test } from 'vitest'
import { arrowOf, closesCircle, nearestFirst, shutOut, type Arrow, wayAt, ways } from './rules.ts'

test('a link reads rightly from both of its ends', () => {
  for (const way of ways) expect(wayAt('a', arrowOf('a', 'b', way))).toBe(way)
  expect(wayAt('b', arrowOf('a', 'b', 'side'))).toBe('side-back')
  expect(wayAt('b', arrowOf('a', 'b', 'follow-back'))).toBe('follow')
  expect(wayAt('b', arrowOf('a', 'b', 'same'))).toBe('same')
})

test('no conflict grows out of itself, however long the way; a circle that is there already ends the search', () => {
  const known: Arrow[] = [arrowOf('b', 'a', 'follow'), arrowOf('c', 'b', 'side'), arrowOf('d', 'c', 'same')]
  expect(closesCircle(known, arrowOf('a', 'c', 'follow'))).toBe(true)
  expect(closesCircle(known, arrowOf('a', 'b', 'side'))).toBe(true)
  expect(closesCircle(known, arrowOf('c', 'a', 'follow'))).toBe(false)
  expect(closesCircle(known, arrowOf('a', 'c', 'same'))).toBe(false)
  expect(closesCircle(known, arrowOf('a', 'd', 'follow'))).toBe(false)
  const round = [arrowOf('a', 'b', 'follow'), arrowOf('b', 'a', 'follow')]
  expect(closesCircle(round, arrowOf('c', 'a', 'follow'))).toBe(false)
})

test('linking shuts out whoever is kept from one side only, and says who of them works on the other', () => {
  const side = (barred: string[], working: string[]) => ({ barred: new Set(barred), working: new Set(working) })
  const lost = shutOut([side(['anna', 'bert'], ['carla']), side(['bert', 'carla'], ['anna', 'dora'])])
  expect(lost).toEqual({ persons: new Set(['anna', 'carla']), working: new Set(['anna', 'carla']) })
  expect(shutOut([side(['anna'], []), side([], ['dora'])])).toEqual({ persons: new Set(['anna']), working: new Set() })
  // Kept from both already: nothing changes for her, even where an old grant was left.
  expect(shutOut([side(['anna'], ['anna']), side(['anna'], [])]).persons.size).toBe(0)
})

test('cases of the same area and subject are proposed first', () => {
  const of = (id: string, area: string, subject: string) => ({ id, area, subject })
  const cases = [
    of('a', 'hafen', 'lärm'),
    of('b', 'altstadt', 'müll'),
    of('c', 'altstadt', 'lärm'),
    of('d', 'süd', 'müll'),
  ]
  const ids = nearestFirst({ area: 'altstadt', subject: 'lärm' }, cases).map(({ id }) => id)
  expect(ids).toEqual(['c', 'a', 'b', 'd'])
})
