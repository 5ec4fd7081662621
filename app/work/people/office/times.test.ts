import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readClosures, readHours, writeClosures, writeHours } from './times.ts'

test.each([
  ['', []],
  ['8-12', [['08:00', '12:00']]],
  [
    '14.00 bis 16:30 Uhr und 9 – 12 Uhr',
    [
      ['09:00', '12:00'],
      ['14:00', '16:30'],
    ],
  ],
  [
    '8:00–12:00; 12:00–13:00',
    [
      ['08:00', '12:00'],
      ['12:00', '13:00'],
    ],
  ],
])('hours typed as %s', (text, spans) => expect(readHours(text)).toEqual(spans))

test.each(['geschlossen', '12-8', '8', '8-25', '8-12-14', '8-12, 11-14', '8:75-9'])('%s are no hours', (text) =>
  expect(readHours(text)).toBeUndefined(),
)

test('hours written are read back as they were', () => {
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  const text = ([hour, minute]: [number, number]) =>
    `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  fc.assert(
    fc.property(fc.uniqueArray(time, { selector: text, minLength: 2, maxLength: 6 }), (times) => {
      const all = times.map(text).toSorted()
      const spans = Array.from(
        { length: Math.floor(all.length / 2) },
        (_, i) => [all[2 * i]!, all[2 * i + 1]!] as const,
      )
      expect(readHours(writeHours(spans))).toEqual(spans)
    }),
  )
})

test('closing days are read line by line, in order, and written back', () => {
  const text = '24.12.2026 bis 1.1.2027, Betriebsruhe, wie jedes Jahr\n\n3.12.\n'
  const read = readClosures(text, '2026-11-23')
  expect(read).toEqual([
    { from: '2026-12-03', until: '2026-12-03', why: '–' },
    { from: '2026-12-24', until: '2027-01-01', why: 'Betriebsruhe, wie jedes Jahr' },
  ])
  expect(readClosures(writeClosures(read as Exclude<typeof read, number>), '2026-11-23')).toEqual(read)
})

test.each([
  ['morgens', 1],
  ['3.12.\n1.1.2027 bis 24.12.2026, rückwärts', 2],
  ['1.1. bis 2.1. bis 3.1.', 1],
])('of %s the line that cannot be read is named', (text, line) => expect(readClosures(text, '2026-11-23')).toBe(line))
