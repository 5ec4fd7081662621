import { picturesFrom, type PictureFault } from './image.ts'

/** What is taken from people's machines at all: a PDF as it is, a picture made anew. */
export type Taken = { readonly kind: 'pdf' | 'png'; readonly bytes: Buffer }

/** Enough for a page of paper or a large screen. */
const box = [1_600, 1_600] as const
const isPdf = (bytes: Buffer) =>
  bytes.subarray(0, 5).toString('latin1') === '%PDF-' && bytes.subarray(-1_024).toString('latin1').includes('%%EOF')

/**
 * Looks at the bytes alone; name and type somebody's browser says count for nothing. `most`: largest upload in bytes.
 * A PDF may hold anything, so it is only ever handed out by `asDownload`.
 */
export async function takeFile(bytes: Uint8Array, most: number): Promise<Taken | { fault: PictureFault }> {
  const buffer = Buffer.from(bytes)
  if (buffer.length > most) return { fault: 'size' }
  if (buffer.subarray(0, 5).toString('latin1') === '%PDF-')
    return isPdf(buffer) ? { kind: 'pdf', bytes: buffer } : { fault: 'broken' }
  const made = await picturesFrom(buffer, [box], most)
  return 'fault' in made ? made : { kind: 'png', bytes: made[0]! }
}

const types = { pdf: 'application/pdf', png: 'image/png' } as const

/** To be saved, never shown as a page of ours: whatever is inside runs nowhere near our address. */
export function asDownload({ kind, bytes }: Taken, name: string): Response {
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
