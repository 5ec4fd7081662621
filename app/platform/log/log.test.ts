import { expect, test } from 'vitest'
import { createLog } from './index.ts'

/** The line an error makes. */
function logged(error: unknown): string {
  const lines: string[] = []
  createLog('trace', { write: (line) => void lines.push(line) }).error({ err: error }, 'fault')
  return lines.join('')
}
const thrown = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

test('a database error leaves its code and place, no value', () => {
  const error = Object.assign(new Error('invalid input syntax: "Kanarienvogel"'), {
    code: '22P02',
    table: 'report',
    detail: 'Key (mail)=(leyla@example.org)',
    where: 'Kanarienvogel',
    parameters: ['Kanarienvogel'],
  })
  expect(logged(error)).toContain('22P02')
  expect(logged(error)).toContain('"table":"report"')
  expect(logged(error)).not.toMatch(/Kanarien|leyla/)
})

test.each([
  ['JSON', thrown(() => JSON.parse('{"observed": Kanarienvogel leyla@example.org'))],
  ['an address', new Error('cannot send to leyla@example.org or <Kanarienvogel@leyla.example>')],
  ['a code', new Error('no box for 123456 789012 345678 and 123456789012345678')],
  ['a quotation', new Error('unknown area "Kanarienvogel" or „leyla“')],
  ['a path', new Error('GET /lindenau/kalender/Kanarienvogel-leyla.ics failed')],
  ['later lines', new Error('failed\n    at Kanarienvogel (leyla)\nKanarienvogel')],
  ['a cause', new Error('failed', { cause: new Error('Kanarienvogel') })],
  ['no error at all', 'Kanarienvogel'],
])('what an error quotes stays out: %s', (_, error) => {
  const line = logged(error)
  expect(line).not.toMatch(/Kanarien|leyla|123456|789012/)
  expect(line).toContain('"level":"error"')
})

test('enough is left to find the place', () => {
  const line = logged(new TypeError('cannot read step of undefined'))
  expect(line).toContain('cannot read step of undefined')
  expect(line).toContain('log.test.ts')
})
