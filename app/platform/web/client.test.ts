import { expect, test } from 'vitest'
import { clientOf, isNear } from './client.ts'

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

test('near is who asks this machine by its own name and through nobody', () => {
  const headers = (more: Record<string, string> = {}) => new Headers({ host: 'localhost:3000', ...more })
  expect(isNear('127.0.0.1', headers())).toBe(true)
  expect(isNear('::ffff:127.0.0.1', headers({ host: '[::1]:3000' }))).toBe(true)
  expect(isNear('203.0.113.9', headers())).toBe(false)
  expect(isNear('127.0.0.1', headers({ host: 'konflikt.example' }))).toBe(false)
  for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-forwarded-proto', 'x-forwarded-host'])
    expect(isNear('127.0.0.1', headers({ [name]: 'x' }))).toBe(false)
})
