import { expect, test } from 'vitest'
import { timeOfDay } from './timeOfDay.ts'

// Half past midnight in Berlin.
const now = new Date('2026-11-22T23:30:00Z')

test.each([
  ['', '2026-11-22T23:30:00.000Z'],
  ['22:41', '2026-11-22T21:41:00.000Z'],
  ['22.41 Uhr', '2026-11-22T21:41:00.000Z'],
  ['0:10', '2026-11-22T23:10:00.000Z'],
  ['9', '2026-11-22T08:00:00.000Z'],
])('“%s” means %s', (text, meant) => expect(timeOfDay(text, now)?.toISOString()).toBe(meant))

test.each(['24:00', 'gleich', '22:7', '22:60'])('“%s” is no time', (text) =>
  expect(timeOfDay(text, now)).toBeUndefined(),
)
