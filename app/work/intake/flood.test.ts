import { expect, test } from 'vitest'
import { FloodGate } from './flood.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

test('a minute’s worth passes at once, then each waits its turn, and nobody longer than two minutes', () => {
  const gate = new FloodGate()
  const turns = Array.from({ length: 200 }, () => gate.turn('lindenau', 'one', 20, now))
  expect(turns.slice(0, 20)).toEqual(Array(20).fill(0))
  expect(turns.slice(20, 23)).toEqual([3_000, 6_000, 9_000])
  expect(Math.max(...turns)).toBe(120_000)
})

test('one client slows itself, not its neighbours, until everybody together is too much', () => {
  const gate = new FloodGate()
  for (let i = 0; i < 40; i += 1) gate.turn('lindenau', 'one', 20, now)
  expect(gate.turn('lindenau', 'two', 20, now)).toBe(0)
  expect(gate.turn('auental', 'one', 20, now)).toBe(0)
  const others = Array.from({ length: 60 }, (_, i) => gate.turn('lindenau', `client ${i}`, 20, now))
  expect(others.filter((turn) => turn > 0).length).toBe(21)
})

test('the pace recovers', () => {
  const gate = new FloodGate()
  for (let i = 0; i < 25; i += 1) gate.turn('lindenau', 'one', 20, now)
  expect(gate.turn('lindenau', 'one', 20, now + 60_000)).toBe(0)
})

test('a flood is told from a busy minute', () => {
  const gate = new FloodGate()
  for (let i = 0; i < 19; i += 1) gate.turn('lindenau', `client ${i}`, 20, now)
  expect(gate.flooding('lindenau', 20, now)).toBe(false)
  for (let i = 0; i < 6; i += 1) gate.turn('lindenau', `client ${i}`, 20, now)
  expect(gate.flooding('lindenau', 20, now)).toBe(true)
  expect(gate.flooding('auental', 20, now)).toBe(false)
  expect(gate.flooding('lindenau', 20, now + 60_000)).toBe(false)
})
