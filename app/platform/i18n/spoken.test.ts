import { expect, test } from 'vitest'
import { languageByName, nameOfLanguage } from './spoken.ts'

test('a language is found by its German name, and named by its code', () => {
  for (const name of ['Türkisch', 'Tigrinya', 'Paschtu', 'Bulgarisch', 'Vietnamesisch', 'Romanes', 'Somali']) {
    const code = languageByName(` ${name.toUpperCase()} `)
    expect(code, name).toBeDefined()
    expect(nameOfLanguage(code!)).toBe(name)
  }
  expect(languageByName('Farsi')).toBe(languageByName('Persisch'))
  expect(languageByName('Klingonsprech')).toBeUndefined()
})
