import { expect, test } from 'vitest'
import { fits, groupOf } from './timeline.ts'

test.each([
  ['reassessed', 'thought'],
  ['mapped', 'thought'],
  ['session', 'talks'],
  ['measure-done', 'measures'],
  ['unassigned', 'people'],
  ['holding-partly', 'holding'],
  ['moved-back', 'steps'],
  ['something-new', 'steps'],
])('%s belongs to %s', (kind, group) => expect(groupOf(kind)).toBe(group))

test('a filter takes its days with it, and nothing chosen is everything', () => {
  const entry = { kind: 'session', day: '2026-11-20' }
  expect(fits(entry, { groups: [] })).toBe(true)
  expect(fits(entry, { groups: ['measures'] })).toBe(false)
  expect(fits(entry, { groups: ['talks'], from: '2026-11-20', until: '2026-11-20' })).toBe(true)
  expect(fits(entry, { groups: [], from: '2026-11-21' })).toBe(false)
  expect(fits(entry, { groups: [], until: '2026-11-19' })).toBe(false)
})
