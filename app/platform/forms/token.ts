import { createHmac, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'

/** Names of the hidden fields every form of ours may carry. */
export const hiddenFields = { token: '_token', once: '_once', version: '_version' } as const

const twelveHours = 12 * 60 * 60
/** Keys made once: from bare bytes each hash takes five times as long. */
const keys = new WeakMap<Buffer, KeyObject>()

function keyOf(secret: Buffer): KeyObject {
  const key = keys.get(secret) ?? createSecretKey(secret)
  keys.set(secret, key)
  return key
}

const mac = (secret: Buffer, ...parts: string[]) =>
  createHmac('sha256', keyOf(secret)).update(JSON.stringify(parts)).digest('base64url')

/**
 * Proof that a form came from a page of ours: bound to the session (or the draft cookie of an anonymous visitor) and a
 * purpose, kept nowhere. Works where an old phone sends `Origin: null`.
 */
export function formToken(secret: Buffer, sessionOrVisitor: string, purpose: string, now: Date): string {
  const issued = Math.floor(now.getTime() / 1000).toString(36)
  return `${issued}.${mac(secret, 'form', sessionOrVisitor, purpose, issued)}`
}

/** Whether the token fits and is not older than its lifetime, in seconds. */
export function checkFormToken(
  secret: Buffer,
  sessionOrVisitor: string,
  purpose: string,
  now: Date,
  token: unknown,
  lifetime = twelveHours,
): boolean {
  const [issued, given] = typeof token === 'string' ? token.split('.') : []
  if (!issued || !given) return false
  const right = Buffer.from(mac(secret, 'form', sessionOrVisitor, purpose, issued))
  const shown = Buffer.from(given)
  if (right.length !== shown.length || !timingSafeEqual(right, shown)) return false
  const age = now.getTime() / 1000 - Number.parseInt(issued, 36)
  return age <= lifetime && age >= -60
}

/**
 * Where a request comes from. 'unknown' (old browsers, `Origin: null`) is decided by the form token; 'cross' is refused
 * even with one.
 */
export function sameSite(request: Request, ownOrigin: string): 'same' | 'cross' | 'unknown' {
  const site = request.headers.get('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return 'same'
  if (site) return 'cross'
  const origin = request.headers.get('origin')
  if (origin === 'null') return 'unknown'
  const from = origin ?? request.headers.get('referer')
  if (!from) return 'unknown'
  return URL.parse(from)?.origin === new URL(ownOrigin).origin ? 'same' : 'cross'
}

/** A hidden random key per rendered form: sent twice, it is the same deed. */
export const onceKey = (): string => randomBytes(16).toString('base64url')

/**
 * The id a deed's row gets from its form's once key: the second insert of a doubly sent form meets the first row, no
 * table of keys is needed. Undefined when the key is missing or malformed.
 */
export function idFromOnce(secret: Buffer, purpose: string, key: unknown): string | undefined {
  if (typeof key !== 'string' || !/^[\w-]{22}$/.test(key)) return undefined
  const bytes = createHmac('sha256', secret)
    .update(JSON.stringify(['once', purpose, key]))
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
