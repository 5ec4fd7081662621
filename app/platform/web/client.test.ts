import { expect, test } from 'vitest'
import { clientOf } from './client.ts'

const now = Date.now()
const same = (a: string, b: string) => a === b

test('a forwarded address counts only behind a trusted proxy', () => {
  const direct = clientOf('203.0.113.9', undefined, [], now)
  expect(same(clientOf('10.0.0.1', '203.0.113.9', ['10.0.0.1'], now), direct)).toBe(true)
  expect(same(clientOf('10.0.0.1', '203.0.113.9', [], now), direct)).toBe(false)
})

test('what a client writes before its real address does not count', () => {
  expect(clientOf('10.0.0.1', '198.51.100.1, 203.0.113.9', ['10.0.0.1'], now)).toBe(
    clientOf('203.0.113.9', undefined, [], now),
  )
})

test('the hash shows no address and changes within the hour after next', () => {
  const first = clientOf('203.0.113.9', undefined, [], now)
  expect(first).not.toContain('203')
  expect(clientOf('203.0.113.9', undefined, [], now + 2 * 3600_000)).not.toBe(first)
})
