import { expect, test } from 'vitest'
import { arrowOf, closesCircle, wayAt, ways, type Arrow } from './rules.ts'

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
