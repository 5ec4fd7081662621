import { describe, expect, test } from 'vitest'
import { compileMessage, formats, languages, reviewed, sliceWords } from './index.ts'

const at = new Date('2026-11-25T13:30:00Z')

describe('words of a slice', () => {
  const words = sliceWords(
    'test',
    { de: { hello: 'Guten Tag', staff: 'Fall {number}' }, en: { hello: 'Hello' }, ar: { staff: 'حالة {number}' } },
    { unreviewed: ['ar'] },
  )

  test('fall back to German, never to English', () => {
    expect(words('en')('hello')).toBe('Hello')
    expect(words('en')('staff', { number: 7 })).toBe('Fall 7')
    expect(words('tr')('hello')).toBe('Guten Tag')
  })

  test('fail loudly on an unknown key or a missing value', () => {
    expect(() => words('de')('nothing' as 'hello')).toThrow('No word test/nothing')
    expect(() => words('de')('staff')).toThrow('test/staff')
  })

  test('know which languages were checked', () => {
    expect([reviewed('test', 'de'), reviewed('test', 'en'), reviewed('test', 'ar')]).toEqual([true, true, false])
    expect(reviewed('never-heard-of', 'en')).toBe(false)
  })
})

describe('messages', () => {
  test('use the plural forms of the language', () => {
    const text = '{n, plural, zero {لا أيام} one {يوم} two {يومان} few {# أيام} many {# يوماً} other {# يوم}}'
    const arabic = compileMessage(text, 'ar')
    expect([0, 1, 2, 3, 11, 100].map((n) => arabic.format({ n }))).toEqual([
      'لا أيام',
      'يوم',
      'يومان',
      '3 أيام',
      '11 يوماً',
      '100 يوم',
    ])
    const russian = compileMessage('{n, plural, one {# день} few {# дня} many {# дней} other {# дня}}', 'ru')
    expect([1, 3, 5, 21].map((n) => russian.format({ n }))).toEqual(['1 день', '3 дня', '5 дней', '21 день'])
  })

  test('isolate values in right-to-left text, also inside a choice, and leave choices working', () => {
    const message = compileMessage('{kind, select, call {اتصل على {number}} other {-}}', 'ar')
    expect(message.format({ kind: 'call', number: '0201 123' })).toBe('اتصل على \u20680201 123\u2069')
  })

  test('leave angle brackets and apostrophes as typed', () => {
    expect(compileMessage("<b>l'eau {name}</b>", 'de').format({ name: '<i>' })).toBe("<b>l'eau <i></b>")
  })

  test('say dates and numbers in the language, in Berlin', () => {
    const late = new Date('2026-11-25T23:30:00Z')
    expect(compileMessage('bis {day}', 'de').format({ day: late })).toBe('bis 26. November 2026')
    expect(compileMessage('um {at, time, ::HHmm}', 'de').format({ at: late })).toContain('00:30')
    expect(compileMessage('{n} Zeichen', 'de').format({ n: 4000 })).toBe('4.000 Zeichen')
  })

  test('name their arguments, nested ones included', () => {
    expect([...compileMessage('{a} {n, plural, one {{b}} other {#}}', 'de').arguments].toSorted()).toEqual([
      'a',
      'b',
      'n',
    ])
  })
})

describe('formats', () => {
  const de = formats('de')

  test('German dates and times', () => {
    expect(de.day(at)).toBe('25. November 2026')
    expect(de.dayShort('2026-11-05')).toBe('05.11.2026')
    expect(de.dayWithWeekday('2026-11-25')).toBe('Mittwoch, 25. November 2026')
    expect(de.time(at)).toBe('14:30 Uhr')
    expect(de.oClock(new Date('2026-11-25T07:00:00Z'))).toBe('8 Uhr')
    expect(de.dateTime(at)).toBe('25. November 2026, 14:30 Uhr')
    expect(formats('en').oClock(new Date('2026-11-25T07:00:00Z'))).toBe('8:00')
  })

  test('a calendar day stays the same day in summer and winter time', () => {
    for (const day of ['2026-03-29', '2026-10-25', '2026-07-01', '2026-12-31']) {
      expect(de.dayShort(day)).toBe(day.split('-').toReversed().join('.'))
    }
  })

  test('relative to now: minutes and hours of a moment, days of a day', () => {
    expect(de.relative(new Date('2026-11-25T13:24:00Z'), at)).toBe('vor 6 Minuten')
    expect(de.relative(new Date('2026-11-25T10:30:00Z'), at)).toBe('vor 3 Stunden')
    expect(de.relative('2026-11-24', at)).toBe('gestern')
    expect(de.relative('2026-11-25', at)).toBe('heute')
    expect(de.relative('2026-12-28', at)).toBe('in 4 Wochen')
    expect(formats('tr').relative('2026-11-24', at)).toBe('dün')
  })

  test('working days in every language, singular and past', () => {
    expect([0, 1, 2, -1, -3].map((days) => de.inWorkingDays(days))).toEqual([
      'heute',
      'am nächsten Arbeitstag',
      'in 2 Arbeitstagen',
      'vor einem Arbeitstag',
      'vor 3 Arbeitstagen',
    ])
    expect(formats('ru').day(at)).toBe('25 ноября 2026')
    expect(formats('ru').inWorkingDays(21)).toBe('через 21 рабочий день')
    expect(formats('uk').inWorkingDays(3)).toBe('через 3 робочі дні')
    for (const { id } of languages) expect(formats(id).inWorkingDays(5)).toContain('5')
  })

  test('numbers, hours, lists', () => {
    expect(de.number(1234.5)).toBe('1.234,5')
    expect(de.hours(2)).toBe('2 Stunden')
    expect(de.list(['a', 'b', 'c'])).toBe('a, b und c')
    expect(formats('ar').number(1234)).toBe('1,234')
  })
})

test('a list says the nearest days in words and all others by their date', () => {
  const { nearDay } = formats('de')
  const say = (when: string | Date) => nearDay(when, '2026-11-23')
  expect(['2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map(say)).toEqual([
    'vorgestern',
    'gestern',
    'heute',
    'morgen',
    'übermorgen',
  ])
  expect([say('2026-11-20'), say('2026-11-26')]).toEqual(['20.11.2026', '26.11.2026'])
  // Half an hour after midnight in Berlin is the next day there.
  expect(say(new Date('2026-11-23T23:30:00Z'))).toBe('morgen')
})
