import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkWords, textsInMarkup } from './words.ts'

const folder = mkdtempSync(join(tmpdir(), 'words-'))
afterAll(() => rmSync(folder, { recursive: true }))

const put = (name: string, content: string) => {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}
const all = (text: string) => {
  for (const language of ['de', 'leicht', 'en', 'tr', 'ar', 'uk', 'ru'])
    put(`app/work/a/locales/public.${language}.json`, text)
}
const faults = () => checkWords(folder).map((fault) => fault.replace(/^.*?app\//, 'app/'))

test('finds nothing in order, in literals and in keys made from a value', () => {
  all('{ "one": "Guten Tag, {name}", "kind.a": "A", "kind.b": "B" }')
  put('app/work/a/locales/de.json', '{ "staff": "Fall" }')
  put(
    'app/work/a/page.tsx',
    "export const view = (k: string) => <p title={t('one')}>{t(`kind.${k}`)} {t('staff')} – 3</p>",
  )
  expect(faults()).toEqual([])
})

test('finds every planted fault', () => {
  put('app/work/a/locales/de.json', '{ "staff": "Fall", "unused": "x" }')
  put('app/work/a/locales/public.en.json', '{ "one": "Hello {nam}", "kind.a": "A", "odd": "?" }')
  put(
    'app/work/a/locales/public.tr.json',
    '{ "one": "Merhaba {name}!", "kind.a": "{", "kind.b": "Dashboard", "kind.b": "" }',
  )
  rmSync(join(folder, 'app/work/a/locales/public.ru.json'))
  expect(faults()).toEqual([
    'app/work/a/locales/de.json unused: used nowhere',
    'app/work/a/locales/public.en.json one: inserts {nam}, German {name}',
    'app/work/a/locales/public.en.json odd: unknown in German',
    'app/work/a/locales/public.en.json kind.b: missing',
    'app/work/a/locales/public.tr.json kind.b: twice',
    'app/work/a/locales/public.tr.json one: “!” is never said',
    expect.stringMatching(/^app\/work\/a\/locales\/public.tr.json kind.a: ./),
    'app/work/a/locales/public.tr.json kind.b: empty',
    'app/work/a/locales/public.ru.json: missing; public words exist in all languages',
  ])
})

test('forbids words, not words that contain them', () => {
  all(
    '{ "a": "Gefährderansprache", "b": "Usertreffen", "c": "Brennpunktschule", "d": "Einträge, Inhaltsitems", "e": "der User" }',
  )
  put('app/work/a/locales/de.json', '{}')
  put('app/work/a/page.tsx', "export const keys = ['a', 'b', 'c', 'd', 'e']")
  const german = faults().filter((fault) => fault.includes('public.de.json'))
  expect(german.map((fault) => fault.split(' ')[1])).toEqual(['a:', 'c:', 'e:'])
})

test('finds German in markup, not punctuation or numbers', () => {
  const found = textsInMarkup(
    'x.tsx',
    'export const a = <p class="big" aria-label="Zahl der Fälle">Fälle: {n} · <b>–</b></p>',
  )
  expect(found).toEqual(['x.tsx: “Zahl der Fälle” belongs into locales', 'x.tsx: “Fälle:” belongs into locales'])
})
