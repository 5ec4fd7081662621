import { expect, test } from 'vitest'
import { Attempts } from './attempts.ts'

const minute = 60_000
const failing = (attempts: Attempts, times: number, ...keys: string[]) => {
  for (let n = 0; n < times; n++) attempts.failed(n, ...keys)
}

test('four failures cost nothing; from the fifth on the wait doubles up to a quarter of an hour', () => {
  const attempts = new Attempts()
  failing(attempts, 4, 'anna')
  expect(attempts.wait(4, 'anna')).toBe(0)
  const waits = Array.from({ length: 8 }, () => {
    attempts.failed(1_000, 'anna')
    return attempts.wait(1_000, 'anna') / 1_000
  })
  expect(waits).toEqual([15, 30, 60, 120, 240, 480, 900, 900])
  expect(attempts.wait(1_000 + 15 * minute, 'anna')).toBe(0)
})

test('each key waits for itself, the longest wait counts, and success forgets', () => {
  const attempts = new Attempts()
  failing(attempts, 6, 'anna', 'desk')
  expect(attempts.wait(10, 'bert')).toBe(0)
  expect(attempts.wait(10, 'bert', 'desk')).toBeGreaterThan(0)
  attempts.succeeded('desk')
  expect(attempts.wait(10, 'desk')).toBe(0)
  expect(attempts.wait(10, 'anna')).toBeGreaterThan(0)
})
