import { expect, test } from 'vitest'
import { letterDocx } from '../letter/index.ts'
import { readZip, zipOf, type ZipFile } from '../zip/index.ts'
import { asDownload, docxText, takeLetter } from './index.ts'

const letter = Buffer.from(
  await letterDocx({
    title: 'Einladung',
    language: 'de',
    from: 'Lindenau',
    dated: '20. November 2026',
    blocks: [{ kind: 'paragraph', text: 'Kommen Sie bitte & bringen Sie Zeit mit.' }],
  }),
)
const parts: ZipFile[] = readZip(letter, 1_000_000)!.map(({ name, read }) => ({ name, bytes: read()! }))
/** The same document with parts put in or in place of others. */
const changed = (...more: [name: string, text: string][]) => {
  const kept = parts.filter(({ name }) => !more.some(([other]) => other === name))
  const added = more.map(([name, text]) => ({ name, bytes: Buffer.from(text) }))
  return Buffer.from(zipOf([...kept, ...added], new Date(0)))
}
const rels = (type: string) =>
  `<Relationships><Relationship Id="r1" Type="http://x/${type}" Target="https://example.org/x" TargetMode="External"/></Relationships>`
const document = (xml: string) => changed(['word/document.xml', xml])
const most = 1_000_000

test('a letter made here and one changed by hand are taken as they are, with what is written in them', async () => {
  expect(await takeLetter(letter, most)).toMatchObject({ kind: 'docx', bytes: letter })
  expect(docxText(letter)).toMatchObject({ text: expect.stringContaining('Kommen Sie bitte') })
  // A text program cuts a word in pieces wherever somebody has typed; lines of a header count as well.
  const pieces = document(
    '<w:p><w:r><w:t>Medi</w:t></w:r><w:r><w:t>ation</w:t></w:r></w:p><w:p><w:t>morgen</w:t></w:p>',
  )
  expect(docxText(pieces)).toMatchObject({ text: expect.stringContaining('Mediation morgen') })
  expect(docxText(changed(['word/header9.xml', '<w:t>Im Kopf</w:t>']))).toMatchObject({
    text: expect.stringContaining('Im Kopf'),
  })
  expect(docxText(changed(['word/_rels/document.xml.rels', rels('hyperlink')]))).toHaveProperty('text')
})

test.each([
  ['kind', 'macros', changed(['word/vbaProject.bin', 'x'])],
  ['kind', 'a file inside', changed(['word/embeddings/oleObject1.bin', 'x'])],
  ['kind', 'a template from elsewhere', changed(['word/_rels/settings.xml.rels', rels('attachedTemplate')])],
  ['kind', 'a document with macros by name', changed(['[Content_Types].xml', '<Types>macroEnabled.main+xml</Types>'])],
  ['kind', 'another archive', Buffer.from(zipOf([{ name: 'a.txt', bytes: Buffer.from('a') }], new Date(0)))],
  ['broken', 'cut off', letter.subarray(0, -40)],
  ['broken', 'a bomb', document('<w:t>'.padEnd(30_000_000, ' '))],
  ['size', 'too large', Buffer.concat([letter, Buffer.alloc(most)])],
] as const)('refused as %s: %s', async (fault, _, bytes) => {
  expect(await takeLetter(bytes, most)).toEqual({ fault })
})

test('it is handed out to be saved', () => {
  const { headers } = asDownload({ kind: 'docx', bytes: letter }, 'einladung')
  expect(headers.get('content-disposition')).toBe('attachment; filename="einladung.docx"')
  expect(headers.get('content-security-policy')).toContain('sandbox')
})
