import { describe, expect, test } from 'vitest'
import { letterPdf } from '#platform/letter/index.ts'
import { makePdf } from '#platform/pdf/index.ts'
import { letterOf, summaryLetter } from '#work/cases/letters/letters.ts'
import { nothing, sheetData, sheets } from '#work/cases/think/sheets/sheets.ts'
import { template } from '#work/cases/think/sheets/template.ts'
import { compile, shippedDocument } from '#work/model/index.ts'
import { cardSheet } from '#work/intake/pages/staff/cards.tsx'
import { letterSheet } from '#work/intake/pages/staff/letter.ts'
import { callSheet, entrySheet } from '#work/people/paper/forms.ts'
import { poster } from '#work/people/paper/poster.ts'
import { lookAt, missingPrograms, type Looked } from '#tests/support/pdf-proof.ts'

/*
 * What we hand out on paper or lay into a file claims to be PDF/UA or PDF/A. Here programs of others look whether it is
 * so, as far as a program can tell: damage, fonts, language, title, the order in which it is read out.
 */
const missing = missingPrograms()
const outcome = compile(await shippedDocument('grundstruktur'))
if (!('ok' in outcome)) throw new Error('the base structure does not compile')
const model = outcome.ok
const about = { matter: 'Musik am Hafenplatz', office: 'Stadt Lindenau', day: '2026-11-23' }
const clauses = [
  { who: 'Jugendliche', what: 'gehen ab 22 Uhr zum Hafen', dueOn: '2026-12-01', tell: undefined },
  { who: 'Hausverwaltung', what: 'stellt Bänke auf', dueOn: null, tell: 'allen' },
]
const agreement = (language: 'de' | 'ar') => letterOf(model.model, 'agreement', language, about, clauses)
const summary = { number: 'F-K3R4M6', matter: 'Musik', where: 'Hafen', subject: 'Lärm', openedOn: '2026-11-02' }
const fallblatt = summaryLetter({ ...summary, closedOn: null, hours: null, measures: [] }, 'Lindenau', '2026-11-23')

const referral = {
  title: 'Übergabe',
  from: 'Stadt Lindenau',
  day: '23. November 2026',
  lines: [
    { label: 'An', text: 'Jugendamt' },
    { label: 'Worum es geht', text: 'Streit im Hof' },
  ],
  close: 'Bitte geben Sie Bescheid.',
}
const cards = { town: 'Lindenau', address: 'https://a.example/b', codes: ['123456789012345678'], until: '2027-11-23' }

type Claim = 'UA-1' | 'A-2a'
const papers: readonly [name: string, claim: Claim, language: string, make: () => Promise<Uint8Array>][] = [
  ['agreement', 'UA-1', 'de', () => letterPdf(agreement('de'))],
  ['agreement in Arabic', 'UA-1', 'ar', () => letterPdf(agreement('ar'))],
  ['agreement for the file', 'A-2a', 'de', () => letterPdf(agreement('de'), '2026-11-23')],
  ['invitation in Ukrainian', 'UA-1', 'uk', () => letterPdf(letterOf(model.model, 'invitation', 'uk', about))],
  ['confidentiality', 'UA-1', 'de', () => letterPdf(letterOf(model.model, 'confidentiality', 'de', about))],
  ['Fallblatt', 'UA-1', 'de', () => letterPdf(fallblatt)],
  ['Fallblatt for the file', 'A-2a', 'de', () => letterPdf(fallblatt, '2026-11-23')],
  ['entry sheet', 'UA-1', 'de', () => entrySheet('Lindenau', model)],
  ['call sheet', 'UA-1', 'de', () => callSheet('Lindenau', model)],
  ['referral', 'UA-1', 'de', () => letterSheet(referral)],
  ['code cards', 'UA-1', 'de', () => cardSheet(cards)],
  ['poster', 'UA-1', 'de', () => poster({ town: 'Lindenau', address: 'https://a.example/b', model }, 'a4')],
  ...sheets.map((sheet): (typeof papers)[number] => {
    const data = sheetData(sheet, nothing)
    return [`work sheet ${sheet}`, 'UA-1', 'de', () => makePdf({ title: data.title, language: 'de', template, data })]
  }),
]
const stated = { 'UA-1': ['pdfuaid:part>1<'], 'A-2a': ['pdfaid:part>2<', 'pdfaid:conformance>A<'] } as const
const textless = ['Document', 'Div', 'Table', 'THead', 'TBody', 'TR', 'L', 'LI']

/** What no paper of ours may lack, whatever it is. */
function proves({ info, fonts, tree, inside }: Looked, claim: Claim, language: string): void {
  for (const part of stated[claim]) expect(inside).toContain(part)
  expect(info.Tagged).toBe('yes')
  expect(info.Title).toMatch(/\S/u)
  if (claim === 'UA-1') expect(inside).toContain('/DisplayDocTitle true')
  expect(inside).toMatch(new RegExp(`/Lang \\(${language}\\)`, 'u'))
  expect(fonts.length).toBeGreaterThan(0)
  expect(fonts.filter((font) => !font.embedded || !font.readable)).toEqual([])
  expect(
    fonts.filter(({ name }) => !/^[A-Z]{6}\+(?:FiraSans|NotoSansArabic)-(?:Regular|Italic|SemiBold)$/u.test(name)),
  ).toEqual([])
  const heads = tree.filter(({ kind }) => /^H\d$/u.test(kind)).map(({ kind }) => Number(kind[1]))
  // Cards are cut apart; everything else has one heading above all.
  if (heads.length > 0) expect(heads[0]).toBe(1)
  expect(heads.filter((level) => level === 1)).toHaveLength(inside.includes('Codekarten') ? 0 : 1)
  heads.forEach((level, i) => expect(level - (heads[i - 1] ?? 0)).toBeLessThanOrEqual(1))
  for (const [i, { kind, text, depth }] of tree.entries()) {
    if (textless.includes(kind)) expect(text, kind).toBe('')
    // Lines that belong to nothing would be read out as one.
    if (kind !== 'Span') continue
    const within = tree.slice(0, i).findLast((one) => one.depth < depth)
    expect(textless, 'words stand in a paragraph, a heading or a cell').not.toContain(within?.kind)
  }
  const figures = tree.filter(({ kind }) => kind === 'Figure')
  expect(inside.match(/\/Alt \(/gu)?.length ?? 0).toBeGreaterThanOrEqual(figures.length)
}

describe.skipIf(missing.length > 0)(
  `papers, seen by other programs${missing.map((one) => `; ${one} is not here`)}`,
  () => {
    test.each(papers)('%s keeps what it claims: %s, %s', async (_, claim, language, make) => {
      proves(lookAt(await make()), claim, language)
    })

    test('a table is read out row by row, and each cell knows its head', async () => {
      const { tree } = lookAt(await letterPdf(agreement('de')))
      const cells = tree.filter(({ kind }) => kind === 'TH' || kind === 'TD')
      expect(cells.filter(({ kind }) => kind === 'TD').map(({ text }) => text)).toEqual(
        ['Jugendliche', 'gehen ab 22 Uhr zum Hafen', 'bis 1. Dezember 2026', 'nichts'].concat([
          'Hausverwaltung',
          'stellt Bänke auf',
          '–',
          'allen',
        ]),
      )
      for (const { kind, attributes } of cells)
        expect(
          attributes.some((one) => (kind === 'TH' ? one === '/Scope /Column' : one.startsWith('/Headers [('))),
        ).toBe(true)
    })

    test('a picture says what it shows, and every sentence of the poster stands for itself in its language', async () => {
      const { tree, inside } = lookAt(await poster({ town: 'Lindenau', address: 'https://a.example/b', model }, 'a4'))
      expect(tree.filter(({ kind }) => kind === 'Figure')).toHaveLength(1)
      expect(inside).toMatch(/\/Alt \(QR-Code zur Seite https:\/\/a\.example\/b\)/u)
      for (const language of ['en', 'tr', 'ar', 'uk', 'ru']) expect(inside).toContain(`/Lang (${language})`)
      expect(tree.filter(({ kind, text }) => kind === 'P' && text.includes('We listen.'))).toMatchObject([
        { text: 'A conflict where you live? Tell us. We listen.' },
      ])
    })

    test('what belongs together is read out together', async () => {
      const { tree } = lookAt(await letterSheet(referral))
      expect(tree.map(({ text }) => text)).toContain('AnJugendamt')
    })

    test('Arabic is read out letter by letter as it was written, none twice', async () => {
      const text = 'هل هناك نزاع حيث تسكن؟ أخبرنا. نحن نصغي.'
      const read = lookAt(
        await makePdf({ title: 'x', language: 'ar', template: '= ابدأ\n#data.text', data: { text } }),
      ).text
      // Printed from right to left, with marks of direction: the letters are what counts.
      const letters = (said: string) => [...said.replaceAll(/[^\p{Script=Arabic}]/gu, '')].toSorted().join('')
      expect(letters(read)).toBe(letters(`ابدأ${text}`))
    })
  },
)
