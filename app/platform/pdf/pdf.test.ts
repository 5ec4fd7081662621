import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makePdf, pdfResponse } from './index.ts'

const sheet = { title: 'Wochenplan', language: 'de', foot: 'Stadt Lindenau' } as const

/** Everything readable in a PDF: the plain parts and its inflated streams. */
function insideOf(bytes: Uint8Array): string {
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

test('a sheet is tagged, has its language and title, and says it is PDF/UA-1', async () => {
  const inside = insideOf(await makePdf({ ...sheet, template: '= #data.head\nHallo', data: { head: 'Überschrift' } }))
  expect(inside).toMatch(/\/StructTreeRoot/u)
  expect(inside).toMatch(/\/MarkInfo/u)
  expect(inside).toMatch(/\/Lang ?\(de\)/u)
  expect(inside).toMatch(/pdfuaid:part>1</u)
  expect(inside).toMatch(/Wochenplan/u)
})

test('a sheet for the archive says it is PDF/A-2a, with its date, and is tagged all the same', async () => {
  const inside = insideOf(await makePdf({ ...sheet, template: '= Akte', data: {}, archived: '2026-11-23' }))
  expect(inside).toMatch(/pdfaid:part>2</u)
  expect(inside).toMatch(/pdfaid:conformance>A</u)
  expect(inside).toMatch(/2026-11-23/u)
  expect(inside).toMatch(/\/StructTreeRoot/u)
})

test('what is not accessible is refused', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
  const picture = '#image(bytes(data.svg), format: "svg")'
  await expect(makePdf({ ...sheet, template: picture, data: { svg } })).rejects.toThrow(/alt/u)
})

test('texts are never markup, in the data as in the title', async () => {
  const evil = '#panic("x") $ ] " \\ = * \u2028'
  const template = '= Kopf\n#data.text'
  await expect(makePdf({ ...sheet, title: evil, foot: evil, template, data: { text: evil } })).resolves.toBeTruthy()
})

test.each([
  ['ar', 'أهلاً وسهلاً'],
  ['uk', 'Ласкаво просимо, їжак'],
  ['tr', 'Hoş geldiniz, ığüşöç'],
] as const)('the letters of %s come from our own fonts', async (language, text) => {
  const inside = insideOf(await makePdf({ ...sheet, language, template: '= #data.text', data: { text } }))
  const fonts = [...inside.matchAll(/\/BaseFont ?\/[A-Z]+\+(\w+)/gu)].map(([, name]) => name)
  expect(fonts.length).toBeGreaterThan(0)
  for (const font of fonts) expect(font).toMatch(/^(FiraSans|NotoSansArabic)/u)
})

test('many sheets at once come back each to whoever ordered it', async () => {
  const template = '= Blatt\n#for n in range(data.pages) { [Seite] ; pagebreak(weak: true) }'
  const sheets = await Promise.all([1, 5, 9].map((pages) => makePdf({ ...sheet, template, data: { pages } })))
  const pages = sheets.map((bytes) => insideOf(bytes).match(/\/Type ?\/Page\b/gu)?.length ?? 0)
  expect(pages[0]).toBeLessThan(pages[1] ?? 0)
  expect(pages[1]).toBeLessThan(pages[2] ?? 0)
})

test('the answer forbids keeping it and carries a harmless name', () => {
  const { headers } = pdfResponse(new Uint8Array(1), 'Blatt "1"/..\n.pdf')
  expect(headers.get('content-disposition')).toBe('inline; filename="Blatt-1-..-.pdf"')
  expect(headers.get('cache-control')).toBe('no-store')
})
