import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { docxResponse, letterDocx, letterPdf, type Letter } from './index.ts'

const letter: Letter = {
  title: 'Vereinbarung',
  language: 'de',
  from: 'Stadt Lindenau',
  dated: 'Lindenau, 23. November 2026',
  blocks: [
    { kind: 'heading', text: 'Worum es geht' },
    { kind: 'paragraph', text: 'Musik am Abend & <b>Ruhe</b> *nicht fett*' },
    { kind: 'list', items: ['#panic("x")', 'zweitens'] },
    { kind: 'table', head: ['Wer', 'Was'], rows: [['Verein', 'Lautsprecher ab 22 Uhr aus']] },
    { kind: 'signatures', labels: ['Für den Verein', 'Für die Anwohnenden'] },
  ],
}

/** The one file of a ZIP with this name, read by its local header. */
function fileIn(zip: Uint8Array, name: string): string {
  const bytes = Buffer.from(zip)
  const central = bytes.lastIndexOf(Buffer.from(name)) - 46
  const size = bytes.readUInt32LE(central + 20)
  const start = bytes.readUInt32LE(central + 42)
  const body = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
  return inflateRawSync(bytes.subarray(body, body + size)).toString()
}

test('a letter becomes an accessible PDF; texts in it are never markup', async () => {
  const raw = Buffer.from(await letterPdf(letter)).toString('latin1')
  expect(raw.startsWith('%PDF-')).toBe(true)
  expect(raw).toMatch(/pdfuaid:part>1</u)
})

test('the same letter is a document one can write on in: headings, a table with head, every text as it is', async () => {
  const xml = fileIn(await letterDocx(letter), 'word/document.xml')
  expect(xml).toContain('Musik am Abend &amp; &lt;b&gt;Ruhe&lt;/b&gt; *nicht fett*')
  expect(xml).toContain('#panic(&quot;x&quot;)')
  expect(xml).toContain('<w:tblHeader/>')
  expect(xml).toMatch(/Heading1[\s\S]*Vereinbarung[\s\S]*Heading2[\s\S]*Worum es geht/u)
  expect(xml).toContain('Für die Anwohnenden')
})

test('Arabic runs from right to left', async () => {
  expect(fileIn(await letterDocx({ ...letter, language: 'ar' }), 'word/document.xml')).toContain('<w:bidi/>')
})

test('a field in two languages keeps both, each in its own direction', async () => {
  const said = [
    { text: 'المدينة', language: 'ar' },
    { text: 'Die Stadt', language: 'de', small: true },
  ] as const
  const blocks = [
    { kind: 'table', head: ['Wer?'], rows: [[said], ['allein']] },
    { kind: 'paragraph', text: 'ترجمة', language: 'ar' },
  ] as const
  const xml = fileIn(await letterDocx({ ...letter, blocks }), 'word/document.xml')
  expect(xml).toMatch(/<w:p><w:pPr><w:bidi\/><\/w:pPr>((?!<\/w:p>).)*<w:rtl\/>((?!<\/w:p>).)*المدينة/u)
  expect(xml).toMatch(/<w:p><w:pPr><w:bidi w:val="false"\/><\/w:pPr>((?!<\/w:p>).)*Die Stadt/u)
  const pdf = (rows: readonly (readonly (string | typeof said)[])[]) =>
    letterPdf({ ...letter, blocks: [{ kind: 'table', head: ['Wer?'], rows }, blocks[1]] })
  expect(Buffer.from(await pdf([[said]])).toString('latin1')).toMatch(/\/Lang ?\(ar\)/u)
})

test('it is kept by no browser', () => {
  expect(docxResponse(new Uint8Array(1), 'Vereinbarung F-1.docx').headers.get('cache-control')).toBe('no-store')
})
