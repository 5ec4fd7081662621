import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, atBerlin, berlinDay, berlinTime, startOfBerlinDay, workingCalendar } from './index.ts'

const weekly = {
  mon: [['08:00', '16:00']],
  tue: [['08:00', '16:00']],
  wed: [['08:00', '12:00']],
  thu: [['08:00', '18:00']],
  fri: [['08:00', '12:00']],
} as const
const office = workingCalendar({ land: 'NW', closed: [{ from: '2026-12-24', until: '2026-12-31' }], weekly })

describe('holidays by Land', () => {
  test.each([
    ['NW', '2026-06-04', true],
    ['NW', '2026-11-01', true],
    ['NI', '2026-06-04', false],
    ['SN', '2026-11-18', true],
    ['NW', '2026-11-18', false],
    ['BE', '2026-03-08', true],
    ['TH', '2026-09-20', true],
  ])('%s %s is a holiday: %s', (land, day, holiday) => {
    const everyDay = {
      mon: [['0', '1']],
      tue: [['0', '1']],
      wed: [['0', '1']],
      thu: [['0', '1']],
      fri: [['0', '1']],
      sat: [['0', '1']],
      sun: [['0', '1']],
    } as const
    expect(workingCalendar({ land, closed: [], weekly: everyDay }).isWorkingDay(day)).toBe(!holiday)
  })
})

describe('working days', () => {
  test.each([
    ['2026-11-23T09:00:00Z', 2, '2026-11-25', '12:00'],
    ['2026-11-27T22:30:00Z', 1, '2026-11-30', '16:00'],
    ['2026-11-28T10:00:00Z', 1, '2026-12-01', '16:00'],
    ['2026-12-23T10:00:00Z', 1, '2027-01-04', '16:00'],
    ['2026-11-23T09:00:00Z', 0, '2026-11-23', '16:00'],
  ])('%s + %i ends on %s at %s', (from, n, day, time) => {
    const due = office.addWorkingDays(new Date(from), n)
    expect([berlinDay(due), berlinTime(due)]).toEqual([day, time])
  })

  test('an office that never opens still gives an answer', () => {
    expect(
      workingCalendar({ land: 'NW', closed: [], weekly: {} }).addWorkingDays(new Date('2026-01-01'), 1),
    ).toBeInstanceOf(Date)
  })

  test('adding days one by one or at once is the same, and always lands on a working day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (start, a, b) => {
          const from = startOfBerlinDay(addDays('2026-01-01', start))
          const once = office.addWorkingDays(from, a + b)
          const twice = office.addWorkingDays(office.addWorkingDays(from, a), b)
          expect(berlinDay(twice)).toBe(berlinDay(once))
          expect(office.isWorkingDay(berlinDay(once))).toBe(true)
        },
      ),
    )
  })

  test('counting back what was added gives the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 30 }), (start, n) => {
        const first = berlinDay(office.addWorkingDays(startOfBerlinDay(addDays('2026-01-01', start)), 0))
        const last = berlinDay(office.addWorkingDays(startOfBerlinDay(first), n))
        expect(office.workingDaysBetween(first, last)).toBe(n)
      }),
    )
  })
})

describe('Berlin days', () => {
  test.each([
    ['2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['2026-07-01', '00:00', '2026-06-30T22:00:00.000Z'],
    ['2026-12-01', '08:15', '2026-12-01T07:15:00.000Z'],
  ])('%s %s is %s', (day, time, iso) => {
    expect(atBerlin(day, time).toISOString()).toBe(iso)
  })

  test('the start of a day belongs to the day, a second earlier to the day before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), (n) => {
        const day = addDays('2020-01-01', n)
        expect(berlinDay(startOfBerlinDay(day))).toBe(day)
        expect(berlinDay(new Date(startOfBerlinDay(day).getTime() - 1000))).toBe(addDays(day, -1))
      }),
    )
  })

  test('day and time are those that the time zone database gives', () => {
    const zone = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'short' })
    fc.assert(
      fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }), (at) => {
        expect(`${berlinDay(at)} ${berlinTime(at)}`).toBe(zone.format(at))
      }),
    )
  })
})
