import { expect, test } from 'vitest'
import { languages } from '#platform/i18n/index.ts'
import { letterDocx, letterPdf } from '#platform/letter/index.ts'

import { compile, shippedDocument, type Model } from '#work/model/index.ts'
import { fallsBack, letterOf, partyLetters, summaryLetter } from './letters.ts'

const about = { matter: 'Musik am Hafenplatz', office: 'Stadt Lindenau', day: '2026-11-23' }
const clauses = [
  { who: 'Jugendliche', what: 'gehen ab 22 Uhr zum Hafen', dueOn: '2026-12-01', tell: undefined },
  { who: 'Hausverwaltung', what: 'stellt Bänke auf', dueOn: null, tell: 'allen' },
]

const outcome = compile(await shippedDocument('grundstruktur'))
if (!('ok' in outcome)) throw new Error('the base structure does not compile')
const base = outcome.ok.model
const worded = (letters: Model['letters']): Model => ({ ...base, letters })

test('every letter exists in every language, as PDF and DOCX', async () => {
  for (const { id } of languages) {
    for (const kind of [...partyLetters, 'agreement'] as const) {
      const letter = letterOf(base, kind, id, about, clauses)
      expect(JSON.stringify(letter)).not.toMatch(/[{]\w+[}]/)
      expect((await letterPdf(letter)).length).toBeGreaterThan(3000)
      expect((await letterDocx(letter)).length).toBeGreaterThan(3000)
    }
  }
})

test('a letter says what it is about, and never how the case is worked on', () => {
  for (const { id } of languages) {
    const text = JSON.stringify(letterOf(base, 'invitation', id, about))
    expect(text).toContain(about.matter)
    expect(text).not.toMatch(/mediation|arabuluc|медиац|медіац|وساطة/iu)
  }
})

test('an agreement is its clauses as they were written, with a line to sign for each party', () => {
  const german = (text: string) => [{ text, language: 'de' }]
  const { blocks } = letterOf(base, 'agreement', 'en', about, clauses)
  expect(blocks.find(({ kind }) => kind === 'table')).toEqual({
    kind: 'table',
    head: ['Who?', 'Does what?', 'By when?', 'May be passed on'],
    rows: [
      [german('Jugendliche'), german('gehen ab 22 Uhr zum Hafen'), 'by 1 December 2026', 'nothing'],
      [german('Hausverwaltung'), german('stellt Bänke auf'), '–', german('allen')],
    ],
  })
  expect(blocks.at(-1)).toMatchObject({
    kind: 'signatures',
    labels: [/Jugendliche/, /Hausverwaltung/].map((who) => expect.stringMatching(who)),
  })
})

test('what somebody translated stands above the German words, and below that these are signed and who translated', () => {
  const by = 'Sprachmittlerpool'
  const other = {
    language: 'ar',
    by,
    said: [undefined, { who: 'إدارة المبنى', what: 'تضع مقاعد', tell: 'للجميع' }],
  } as const
  const { blocks } = letterOf(base, 'agreement', 'ar', about, clauses, other)
  const at = blocks.findIndex(({ kind }) => kind === 'table')
  const german = (text: string) => ({ text, language: 'de', small: true })
  expect(blocks[at]).toMatchObject({
    rows: [
      [[{ text: 'Jugendliche', language: 'de' }], expect.anything(), expect.anything(), 'لا شيء'],
      [
        [{ text: 'إدارة المبنى', language: 'ar' }, german('Hausverwaltung')],
        [{ text: 'تضع مقاعد', language: 'ar' }, german('stellt Bänke auf')],
        '–',
        [{ text: 'للجميع', language: 'ar' }, german('allen')],
      ],
    ],
  })
  expect(blocks[at + 1]).toMatchObject({ kind: 'paragraph', language: 'ar', text: expect.stringContaining(by) })
  expect(blocks.at(-1)).toMatchObject({
    labels: [/Jugendliche/, /إدارة المبنى \(Hausverwaltung\)/].map((who) => expect.stringMatching(who)),
  })
  const own = worded({ agreement: { de: 'Vereinbart ist:\n\n{clauses}' } })
  const inGerman = letterOf(own, 'agreement', 'ar', about, clauses, other)
  expect(inGerman).toMatchObject({ language: 'de', blocks: [{}, {}, { language: 'ar' }, {}] })
})

test('the municipality’s own words count; in a language they lack the letter is German, and the page can say so', () => {
  const own = worded({ invitation: { de: 'Kommen Sie bitte.\n\n- zu {matter}\n- ins Rathaus', tr: 'Lütfen gelin.' } })
  expect(letterOf(own, 'invitation', 'de', about).blocks).toEqual([
    { kind: 'paragraph', text: 'Kommen Sie bitte.' },
    { kind: 'list', items: ['zu Musik am Hafenplatz', 'ins Rathaus'] },
  ])
  expect(letterOf(own, 'invitation', 'tr', about).blocks).toEqual([{ kind: 'paragraph', text: 'Lütfen gelin.' }])
  expect(letterOf(own, 'invitation', 'ar', about).language).toBe('de')
  expect(fallsBack(own, 'invitation', 'ar')).toBe(true)
  expect(fallsBack(own, 'closing', 'ar')).toBe(false)
})

test('what people typed is put in as it is, braces and all', () => {
  const odd = { ...about, matter: 'Der Platz {office}' }
  expect(JSON.stringify(letterOf(worded({ closing: { de: 'Ende: {matter}' } }), 'closing', 'de', odd))).toContain(
    'Der Platz {office}',
  )
})

test('the sheet for the file is one table without persons: an open case is “in Bearbeitung”, whatever the way', () => {
  const summary = {
    number: 'F-1',
    matter: 'Musik',
    where: 'Hafen',
    subject: 'Lärm',
    openedOn: '2026-11-13',
    closedOn: null,
    hours: null,
    measures: ['Licht am Weg'],
    agreed: { on: '2026-11-20', clauses: 2 },
  }
  const text = JSON.stringify(summaryLetter(summary, 'Stadt Lindenau', '2026-11-23').blocks)
  expect(text).toContain('in Bearbeitung')
  expect(text).toContain('unterschrieben am 20. November 2026, 2 Punkte')
  expect(text).toContain('Licht am Weg')
})
