import sharp from 'sharp'
import { expect, test } from 'vitest'
import { asDownload, takeFile } from './index.ts'

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
const most = 100_000

test('a PDF is kept as it is, a picture is made anew without what it said of place and camera', async () => {
  expect(await takeFile(pdf, most)).toEqual({ kind: 'pdf', bytes: pdf })
  const jpeg = await sharp({ create: { width: 2_000, height: 1_000, channels: 3, background: '#0b5563' } })
    .withExif({ IFD0: { Copyright: 'Kanarienvogel' } })
    .jpeg()
    .toBuffer()
  const taken = await takeFile(jpeg, most)
  if ('fault' in taken) throw new Error(taken.fault)
  expect(taken.kind).toBe('png')
  expect(taken.bytes.includes('Kanarienvogel')).toBe(false)
  expect(await sharp(taken.bytes).metadata()).toMatchObject({ format: 'png', width: 1_600, height: 800 })
})

test.each([
  ['kind', Buffer.from('<html><script>alert(1)</script></html>')],
  ['kind', Buffer.from('PK\u0003\u0004 a spreadsheet with macros')],
  ['kind', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['kind', Buffer.alloc(0)],
  ['broken', Buffer.from('%PDF-1.7 cut off')],
  ['broken', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200)])],
  ['size', Buffer.concat([pdf, Buffer.alloc(most)])],
] as const)('anything else is refused: %s', async (fault, bytes) => {
  expect(await takeFile(bytes, most)).toEqual({ fault })
})

test('it is handed out to be saved, and nothing in it runs', () => {
  const { headers } = asDownload({ kind: 'pdf', bytes: pdf }, 'handbuch"\r\nx: y')
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-disposition': 'attachment; filename="handbuchxy.pdf"',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
})
