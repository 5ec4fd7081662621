import { docxText } from './docx.ts'
import { picturesFrom, type PictureFault } from './image.ts'

/** What is taken from people's machines at all: a PDF as it is, a picture made anew. */
export type Taken = { readonly kind: 'pdf' | 'png' | 'jpeg'; readonly bytes: Buffer }

/** Enough for a page of paper or a large screen. */
const box = [1_600, 1_600] as const
const startsAsPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString('latin1') === '%PDF-'

/**
 * Whole, as far as its frame goes (ISO 32000, 7.5): it ends by naming the place of its table of objects, and there one
 * is. What its pages hold is not looked at.
 */
function isWholePdf(bytes: Buffer): boolean {
  const end = bytes.subarray(-1_024).toString('latin1')
  const place = Number(/startxref\s+(\d+)\s+%%EOF(?![\s\S]*startxref)/.exec(end)?.[1] ?? Number.NaN)
  if (!(place < bytes.length)) return false
  // Some programs count a few bytes wrong, and readers put up with it.
  const there = bytes.subarray(Math.max(0, place - 16), place + 40).toString('latin1')
  return /\bxref\s|\d+\s+\d+\s+obj\b/.test(there)
}

/**
 * Looks at the bytes alone; name and type somebody's browser says count for nothing. `most`: largest upload in bytes.
 * A PDF may hold anything, also scripts and files: it is only ever handed out by `asDownload`.
 */
export async function takeFile(bytes: Uint8Array, most: number): Promise<Taken | { fault: PictureFault }> {
  const buffer = Buffer.from(bytes)
  if (buffer.length > most) return { fault: 'size' }
  if (startsAsPdf(buffer)) return isWholePdf(buffer) ? { kind: 'pdf', bytes: buffer } : { fault: 'broken' }
  const made = await picturesFrom(buffer, [box], most, 'best')
  return 'fault' in made ? made : { kind: made[0]!.kind, bytes: made[0]!.bytes }
}

/** Beside these a letter as it is written on in a text program; with what is written in it, as far as it can be read. */
export type TakenLetter = Taken | { readonly kind: 'docx'; readonly bytes: Buffer; readonly text: string }

/** The same with DOCX, which holds no programs and fetches nothing when it is opened. */
export async function takeLetter(bytes: Uint8Array, most: number): Promise<TakenLetter | { fault: PictureFault }> {
  const buffer = Buffer.from(bytes)
  if (buffer.length > most) return { fault: 'size' }
  if (buffer.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') return takeFile(bytes, most)
  const read = docxText(buffer)
  return 'fault' in read ? read : { kind: 'docx', bytes: buffer, text: read.text }
}

const types = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpeg: 'image/jpeg',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const

/** To be saved, never shown as a page of ours: whatever is inside runs nowhere near our address. */
export function asDownload({ kind, bytes }: Pick<TakenLetter, 'kind' | 'bytes'>, name: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': types[kind],
      'content-disposition': `attachment; filename="${name.replaceAll(/[^a-z0-9-]/g, '') || 'datei'}.${kind}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })
}
