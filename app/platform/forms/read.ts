import { cleanText } from './clean.ts'

/** Form fields as typed, cleaned of what no one types on purpose; a repeated field is a list. */
export type RawForm = Record<string, string | string[]>

export interface FormLimits {
  /** Largest body in bytes, 256 KiB unless said otherwise. */
  readonly bytes?: number
  /** Most fields, 500 unless said otherwise. */
  readonly fields?: number
}

/** The body is larger than the address allows; answered with 413 and the text kept in the browser. */
export class FormTooLarge extends Error {}
/** The body is no form at all, or carries a file where none is taken; answered with 400 or 415. */
export class FormUnreadable extends Error {}

/** Reads no more than the limit. A body that says its length cannot be longer; asked for whole, it costs half. */
async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new FormTooLarge(`more than ${limit} bytes`)
  const length = request.headers.get('content-length')
  if (Number(length ?? 0) > limit) throw tooLarge()
  if (length !== null && !request.headers.has('transfer-encoding')) {
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.byteLength > limit) throw tooLarge()
    return body
  }
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body) {
    for await (const chunk of request.body) {
      size += chunk.byteLength
      if (size > limit) throw tooLarge()
      chunks.push(chunk)
    }
  }
  return new Uint8Array(Buffer.concat(chunks))
}

async function entriesOf(request: Request, limits: FormLimits): Promise<[string, string | File][]> {
  const body = await readBody(request, limits.bytes ?? 256 * 1024)
  const type = request.headers.get('content-type') ?? ''
  const kind = type.split(';')[0]?.trim().toLowerCase()
  if (kind === 'application/x-www-form-urlencoded') return [...new URLSearchParams(new TextDecoder().decode(body))]
  if (kind !== 'multipart/form-data') throw new FormUnreadable(`not a form: ${kind}`)
  try {
    return [...(await new Response(body, { headers: { 'content-type': type } }).formData())]
  } catch (cause) {
    throw new FormUnreadable('broken multipart body', { cause })
  }
}

/** Reads a form and its files, for the staff pages that take some. Throws FormTooLarge or FormUnreadable. */
export async function readFormWithFiles(
  request: Request,
  limits: FormLimits = {},
): Promise<{ values: RawForm; files: Record<string, File> }> {
  const entries = await entriesOf(request, limits)
  if (entries.length > (limits.fields ?? 500)) throw new FormTooLarge('too many fields')
  const values = new Map<string, string | string[]>()
  const files = new Map<string, File>()
  for (const [name, value] of entries) {
    if (typeof value !== 'string') {
      // An untouched file field arrives as an empty file without a name.
      if (value.size > 0 || value.name !== '') files.set(name, value)
      continue
    }
    const clean = cleanText(value)
    const before = values.get(name)
    values.set(name, before === undefined ? clean : [...(Array.isArray(before) ? before : [before]), clean])
  }
  return { values: Object.fromEntries(values), files: Object.fromEntries(files) }
}

/** Reads a form without files. Throws FormTooLarge or FormUnreadable. */
export async function readForm(request: Request, limits: FormLimits = {}): Promise<RawForm> {
  const { values, files } = await readFormWithFiles(request, limits)
  if (Object.keys(files).length > 0) throw new FormUnreadable('no file is taken here')
  return values
}
