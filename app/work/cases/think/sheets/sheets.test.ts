import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makePdf } from '#platform/pdf/index.ts'
import { nothing, sheetData, sheetOf, sheets, slugs, type Known } from './sheets.ts'
import { template } from './template.ts'

const [a, b] = ['a', 'b']
const known: Known = {
  matter: 'Musik bis in die Nacht #panic("x")',
  nextStep: 'Am Freitag vor Ort sein',
  parties: [
    { id: a, label: 'Anwohnerschaft' },
    { id: b, label: 'Jugendliche' },
  ],
  depth: {
    course: 'Seit Mai',
    dividers: 'Schlafenszeit',
    connectors: 'Der Platz selbst',
    parties: { [a]: { position: 'Ruhe ab zehn', need: 'Schlaf', fear: 'Es wird nie enden' } },
  },
  events: [{ day: '3.11.2026', text: 'Fall eröffnet' }],
}

const inside = (bytes: Uint8Array) => {
  const raw = Buffer.from(bytes).toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/gu)].map(([, body]) => {
    try {
      return inflateSync(Buffer.from(body ?? '', 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  return raw + streams.join('\n')
}

test.each(sheets)('%s is set as an accessible PDF, empty and with what is known', async (sheet) => {
  for (const what of [nothing, known]) {
    const data = sheetData(sheet, what)
    const bytes = await makePdf({ title: data.title, language: 'de', template, data })
    expect(inside(bytes)).toMatch(/pdfuaid:part>1</u)
    expect(inside(bytes)).toMatch(/\/StructTreeRoot/u)
  }
  expect(sheetOf(slugs[sheet])).toBe(sheet)
})

test('a filled sheet carries what is known, an empty one nothing of it', () => {
  const said = (what: Known) => JSON.stringify(sheets.map((sheet) => sheetData(sheet, what)))
  for (const text of [
    'Musik bis',
    'Am Freitag',
    'Anwohnerschaft',
    'Schlafenszeit',
    'Der Platz',
    'Ruhe ab zehn',
    'nie enden',
    'Seit Mai',
  ])
    expect([text, said(known).includes(text), said(nothing).includes(text)]).toEqual([text, true, false])
  expect(said(nothing)).toContain('Seite 2')
})

test.each(sheets)('an empty %s fits on one page', async (sheet) => {
  const data = sheetData(sheet, nothing)
  const flipped = sheet === 'needs' || sheet === 'pillars'
  const bytes = await makePdf({ title: data.title, language: 'de', template, data, flipped, foot: 'Stadt Lindenau' })
  expect(inside(bytes).match(/\/Type\s*\/Page(?!s)/gu)).toHaveLength(1)
})
