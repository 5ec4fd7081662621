import sharp from 'sharp'
import { expect, test } from 'vitest'
import { tinyPdf } from '#tests/support/pdf.ts'
import { asDownload, takeFile } from './index.ts'

const pdf = tinyPdf()
const most = 100_000

test('a PDF is kept as it is, a picture is made anew without what it said of place and camera', async () => {
  expect(await takeFile(pdf, most)).toEqual({ kind: 'pdf', bytes: pdf })
  const jpeg = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#0b5563' } })
    .withExif({ IFD0: { Copyright: 'Kanarienvogel' } })
    .jpeg()
    .toBuffer()
  const taken = await takeFile(jpeg, most)
  if ('fault' in taken) throw new Error(taken.fault)
  expect(taken.kind, 'one colour is no photograph').toBe('png')
  expect(taken.bytes.includes('Kanarienvogel')).toBe(false)
  expect(await sharp(taken.bytes).metadata()).toMatchObject({ format: 'png', width: 1_600, height: 800 })
})

test.each([
  ['kind', Buffer.from('<html><script>alert(1)</script></html>')],
  ['kind', Buffer.from('PK\u0003\u0004 a spreadsheet with macros')],
  ['kind', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['kind', Buffer.alloc(0)],
  ['broken', Buffer.from('%PDF-1.7 cut off')],
  ['broken', Buffer.from('%PDF-1.7\n<script>alert(1)</script>\n%%EOF\n')],
  ['broken', Buffer.from('%PDF-1.7\n<svg onload="alert(1)"/>\nstartxref\n9\n%%EOF\n')],
  ['broken', pdf.subarray(0, -20)],
  ['broken', Buffer.from(pdf.toString('latin1').replace(/startxref\n\d+/, 'startxref\n999999'))],
  ['kind', Buffer.concat([Buffer.from('<script>alert(1)</script>\n'), pdf])],
  ['kind', Buffer.concat([Buffer.from('GIF89a'), pdf])],
  ['broken', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200)])],
  ['size', Buffer.concat([pdf, Buffer.alloc(most)])],
] as const)('anything else is refused: %s', async (fault, bytes) => {
  expect(await takeFile(bytes, most)).toEqual({ fault })
})

test('what typst makes is whole; of a file written on, the last table counts', async () => {
  const twice = Buffer.concat([pdf, Buffer.from('4 0 obj\n<<>>\nendobj\n')])
  const table = Buffer.from(
    `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Prev 9 >>\nstartxref\n${twice.length}\n%%EOF\n`,
  )
  expect(await takeFile(Buffer.concat([twice, table]), most)).toMatchObject({ kind: 'pdf' })
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const made = Buffer.from(NodeCompiler.create().pdf({ mainFileContent: 'Guten Tag' }))
  expect(await takeFile(made, 1_000_000)).toMatchObject({ kind: 'pdf' })
})

test('it is handed out to be saved, and nothing in it runs', () => {
  const { headers } = asDownload({ kind: 'pdf', bytes: pdf }, 'handbuch"\r\nx: y')
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-disposition': 'attachment; filename="handbuchxy.pdf"',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
})
