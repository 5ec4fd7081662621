import { expect, test } from 'vitest'
import { tells } from '../tells.ts'
import { readTranslation } from './schema.ts'
import { carried, fitted, inAnother, linesFrom, missing } from './translated.ts'

const quiet = { who: 'Der Verein', what: 'Ab 22 Uhr\r\nkeine Lautsprecher' }
const light = { who: 'Die Stadt', what: 'Licht am Weg', tell: 'allen' }
const sessiz = { who: 'Dernek', what: 'Saat 22’den sonra hoparlör yok' }
const isik = { who: 'Belediye', what: 'Yola ışık', tell: 'herkese' }
const lines = [
  { of: quiet, said: sessiz },
  { of: light, said: isik },
]
const tr = { version: 1, by: 'Dilmenin', lines }
const said = (clauses: Parameters<typeof fitted>[0]) =>
  fitted(clauses, lines).map((one) => one && [one.said.who, one.before])

test('a translation goes where its clause goes; of changed words it is from before the change', () => {
  expect(said([quiet, light])).toEqual([
    ['Dernek', false],
    ['Belediye', false],
  ])
  expect(said([light, quiet])).toEqual([
    ['Belediye', false],
    ['Dernek', false],
  ])
  expect(said([{ ...quiet, what: 'Ab 22 Uhr keine  Lautsprecher' }])).toEqual([['Dernek', false]])
  expect(said([{ ...quiet, what: 'Ab 21 Uhr keine Lautsprecher' }, light, quiet])).toEqual([
    undefined,
    ['Belediye', false],
    ['Dernek', false],
  ])
  expect(said([quiet, { ...light, tell: 'niemandem' }])).toEqual([
    ['Dernek', false],
    ['Belediye', true],
  ])
})

test('what is left out of a new version leaves its translation behind, and who made it stays', () => {
  expect(carried({ tr }, [light])).toEqual({ tr: { ...tr, lines: [lines[1]] } })
  expect(carried({ tr }, [light, { who: 'Neu', what: 'Neu' }]).tr?.lines).toEqual([lines[1], null])
})

test('what was made before a change is nobody’s to read until somebody has looked at it', () => {
  const changed = [quiet, { ...light, what: 'Licht am Weg und am Tor' }]
  expect(inAnother(changed, { tr }, 'tr')).toEqual({ language: 'tr', by: 'Dilmenin', said: [sessiz, undefined] })
  expect(missing(changed, tr)).toEqual([2])
  expect(inAnother(changed, { tr }, 'ar')).toBeUndefined()
  expect(inAnother(changed, { tr }, 'de')).toBeUndefined()

  const sent = (two: object) => [
    { said: sessiz, checked: false },
    { said: isik, checked: false, ...two },
  ]
  const after = (two: object) => missing(changed, { ...tr, lines: linesFrom(changed, sent(two), lines) })
  expect(after({})).toEqual([2])
  expect(after({ checked: true })).toEqual([])
  expect(after({ said: { ...isik, what: 'Yola ve kapıya ışık' } })).toEqual([])
  expect(linesFrom(changed, [undefined, undefined], lines)).toEqual([null, null])
})

test('a clause is translated whole or not at all, with who did it; each fault stands at its field', () => {
  const read = (raw: Record<string, string>, before?: typeof tr) =>
    readTranslation(raw, [quiet, light], before, tells).faults.map(({ field, message }) => `${field} ${message}`)
  expect(read({})).toEqual(['who-1 error.translation'])
  expect(read({}, tr)).toEqual([])
  expect(read({ 'who-1': 'Dernek', 'what-1': 'Sessizlik' })).toEqual(['by error.by'])
  expect(read({ 'who-2': 'Belediye', 'what-2': 'Işık', by: 'x'.repeat(201) })).toEqual([
    'tell-2 error.part',
    'by error.by.long',
  ])
  expect(read({ 'who-1': 'Dernek', 'what-1': 'x'.repeat(2001), by: 'Pool' })).toEqual(['what-1 error.long'])
  expect(read({ 'who-1': 'Dernek', 'what-1': 'Arabuluculuk sürer', by: 'Mediatorin' })).toEqual([
    'what-1 error.tells',
    'by error.tells',
  ])
})

test('in none of the languages a text may name a mediation', () => {
  for (const word of ['Mediation', 'mediators', 'arabulucu', 'медиация', 'медиатор', 'медіація', 'الوساطة', 'الوسيط'])
    expect(tells(`… ${word} …`), word).toBe(true)
  for (const word of ['medya', 'медиафайл', 'immediately', 'وسط المدينة', 'медіатека', 'ara sokak', 'وسائل'])
    expect(tells(`… ${word} …`), word).toBe(false)
})
