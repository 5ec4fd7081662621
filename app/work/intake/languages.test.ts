import { expect, test } from 'vitest'
import { answerLanguage, languageName, needsTranslation } from './languages.ts'

test.each([
  [{ language: 'tr', channel: 'web', translated: null }, true],
  [{ language: 'tr', channel: 'web', translated: 'asked' }, true],
  [{ language: 'tr', channel: 'web', translated: 'done' }, false],
  [{ language: 'ar', channel: 'web', translated: 'not-needed' }, false],
  [{ language: 'ar', channel: 'callback', translated: null }, false],
  [{ language: 'leicht', channel: 'web', translated: null }, false],
])('%o needs a translation: %s', (said, needed) => {
  expect(needsTranslation(said)).toBe(needed)
})

test('the answer is given in the language wished for, else in that of the report, else in German', () => {
  expect(answerLanguage({ language: 'tr', extras: { answerLanguage: 'en' } })).toBe('en')
  expect(answerLanguage({ language: 'tr', extras: {} })).toBe('tr')
  expect(answerLanguage({ language: 'nl', extras: {} })).toBe('de')
})

test('staff read the names of languages in German', () => {
  expect(['tr', 'ar', 'uk', 'xx', 'nonsense'].map(languageName)).toEqual([
    'Türkisch',
    'Arabisch',
    'Ukrainisch',
    'xx',
    'nonsense',
  ])
})
