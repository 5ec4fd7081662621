import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formOfMarks, quoteRows, readMarks } from './checkForm.ts'
import { applyMarks, applyToAll, passagesOf, placesOf, type Mark } from './passages.ts'

const signs = { black: '[geschwärzt]', contact: '[auf dem Kontaktblatt]' }
const mark = (start: number, end: number, what: Mark['what'], role?: string): Mark => ({
  part: 'observed',
  start,
  end,
  what,
  ...(role ? { role } : {}),
})

test('sentences are passages; a very long text is cut into eighty at most', () => {
  expect(passagesOf('Am Abend ist es laut.  Herr Kaya schreit! Warum?\n').map(({ text }) => text)).toEqual([
    'Am Abend ist es laut.',
    'Herr Kaya schreit!',
    'Warum?',
  ])
  const long = passagesOf('Es war laut. '.repeat(500))
  expect(long.length).toBeLessThanOrEqual(80)
  expect(
    long
      .map(({ text }) => text)
      .join(' ')
      .replaceAll(/\s+/g, ' '),
  ).toBe('Es war laut. '.repeat(500).trim())
})

test('quoted words are found in any case and across line breaks, but not inside other words', () => {
  expect(placesOf('Ali rief. ALI kam, Alice blieb.', 'ali')).toEqual([
    { start: 0, end: 3 },
    { start: 10, end: 13 },
  ])
  expect(placesOf('bei Frau\nMeier (2. OG)', 'Frau Meier (2. OG)')).toHaveLength(1)
  expect(placesOf('Frau Korkmaz-Rieger rief', 'Korkmaz-Rieger')).toEqual([{ start: 5, end: 19 }])
  expect(placesOf('Text', '  ')).toEqual([])
})

test('marks are carried out; the larger one wins, and what lay in it still goes to the sheet', () => {
  const text = 'Frau Meier aus Nr. 4 schreit.'
  const done = applyMarks(text, [mark(0, 10, 'contact'), mark(0, text.length, 'black')], signs)
  expect(done).toEqual({ text: '[geschwärzt]', moved: ['Frau Meier'] })
  expect(applyMarks(text, [mark(0, 10, 'role', 'Nachbarin A')], signs).text).toBe('Nachbarin A aus Nr. 4 schreit.')
})

test('whatever is marked, no marked word is left and nothing else is lost', () => {
  const words = fc.array(fc.stringMatching(/^[a-zäöü]{3,8}$/), { minLength: 3, maxLength: 12 })
  fc.assert(
    fc.property(words, fc.nat(), (all, pick) => {
      const name = `X${all[pick % all.length]}`
      const text = [...all, name, ...all, name].join(' ')
      const marks = placesOf(text, name).map((place): Mark => ({ part: 'observed', ...place, what: 'black' }))
      const { texts } = applyToAll({ observed: text }, marks, signs)
      expect(texts.observed).not.toContain(name)
      expect(texts.observed?.split('[geschwärzt]').join(name)).toBe(text)
    }),
  )
})

test('a form is read, says what is missing, and comes back as it was', () => {
  const texts = { observed: 'Frau Meier schreit. Es ist laut.', place: 'bei Frau Meier' }
  const raw = {
    'p-observed-1': 'black',
    'quote-0': 'Frau Meier',
    'quote-0-what': 'role',
    'quote-0-role': 'Nachbarin A',
  }
  const { marks, missing } = readMarks(texts, raw, true)
  expect(missing).toEqual([])
  expect(applyToAll(texts, marks, signs).texts).toEqual({
    observed: 'Nachbarin A schreit. [geschwärzt]',
    place: 'bei Nachbarin A',
  })
  expect(readMarks(texts, formOfMarks(texts, marks), true).marks).toEqual(marks)
  expect(quoteRows(raw)).toBe(4)
  const faulty = { 'quote-0': 'Herr Kaya', 'p-observed-0': 'role' }
  expect(readMarks(texts, faulty, true).missing.map(({ message }) => message)).toEqual([
    'missing.role',
    'missing.quote',
  ])
})

test('without contact sheets nothing is moved to one', () => {
  const { marks } = readMarks({ observed: 'Frau Meier.' }, { 'p-observed-0': 'contact' }, false)
  expect(marks).toEqual([])
})
