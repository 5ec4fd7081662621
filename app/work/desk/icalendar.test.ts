import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { calendarText } from './icalendar.ts'

const now = new Date('2026-11-23T09:00:00Z')
const parse = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))

test('an independent parser reads what we write: whole days, one day long', () => {
  const [event] = parse(
    calendarText('Fristen', [{ uid: 'a@b', day: '2026-12-31', summary: 'Meldung bearbeiten' }], now),
  )
  expect(event).toMatchObject({ uid: 'a@b', summary: 'Meldung bearbeiten' })
  expect(event!.startDate.toString()).toBe('2026-12-31')
  expect(event!.startDate.isDate).toBe(true)
  expect(event!.endDate.toString()).toBe('2027-01-01')
})

test('whatever a summary contains, it comes back unchanged and makes no line of its own', () => {
  const summary = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replaceAll(/(?!\n)\p{Cc}/gu, ''))
  fc.assert(
    fc.property(fc.array(summary, { maxLength: 4 }), (summaries) => {
      const text = calendarText(
        'Fristen; alle, \\ und\nmehr',
        summaries.map((one, n) => ({ uid: `${n}@b`, day: '2026-11-23', summary: `${one}\nEND:VEVENT` })),
        now,
      )
      expect(parse(text).map((event) => event.summary)).toEqual(summaries.map((one) => `${one}\nEND:VEVENT`))
      for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    }),
  )
})
