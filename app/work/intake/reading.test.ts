import { expect, test } from 'vitest'
import { compile } from '#work/model/index.ts'
import lindenau from '#work/model/documents/lindenau.json' with { type: 'json' }
import { afterWorkingDays, nextReadingIn } from './reading.ts'
import { publicWords } from './words.ts'

const compiled = compile(lindenau)
if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults))
const model = compiled.ok
const says = (at: string) => {
  const next = nextReadingIn(model, new Date(at), 'de')
  return next && publicWords('de')('form.next-read', next)
}

test.each([
  ['during office hours', '2026-11-23T10:00:00+01:00', 'Wird heute bis 16 Uhr gelesen. Bei Gefahr: 110.'],
  ['early in the morning', '2026-11-23T02:53:00+01:00', 'Wird heute ab 8 Uhr gelesen. Bei Gefahr: 110.'],
  ['on Friday evening', '2026-11-27T18:00:00+01:00', 'Wird Montag ab 8 Uhr gelesen. Bei Gefahr: 110.'],
  ['on the eve of a holiday', '2026-05-13T20:00:00+02:00', 'Wird Freitag ab 8 Uhr gelesen. Bei Gefahr: 110.'],
  ['on the night summer time begins', '2026-03-29T01:30:00+01:00', 'Wird Montag ab 8 Uhr gelesen. Bei Gefahr: 110.'],
])('says when it is read next %s', (_, at, sentence) => {
  expect(says(at)).toBe(sentence)
})

test('a far day is named in full', () => {
  expect(says('2026-12-23T20:00:00+01:00')).toMatch(
    /Wird (Montag|Dienstag|Mittwoch|Donnerstag|Freitag), \d+\. Januar 2027 ab 8 Uhr/,
  )
})

test('the dated lines count working days', () => {
  expect(afterWorkingDays(model, '2026-11-27', 1)).toBe('2026-11-30')
  expect(afterWorkingDays(model, '2026-11-27', 3)).toBe('2026-12-02')
})
