import { createHmac, timingSafeEqual } from 'node:crypto'

/** Which mail of which municipality came back; made into an address only we can make. */
export interface Returning {
  readonly municipality: number
  /** The delivery's id; with `leave` that of the record that ends. */
  readonly mail: string
}

/**
 * back: where a mail comes back to · leave: where somebody writes who wants no more of them (RFC 2369) · probe: where
 * our own probe arrives.
 */
export type ReturnUse = 'back' | 'leave' | 'probe'
const purposes = { back: 'verp', leave: 'leave', probe: 'probe' } as const

const macOf = (secret: Buffer, { municipality, mail }: Returning, use: ReturnUse) =>
  createHmac('sha256', secret)
    .update(JSON.stringify([purposes[use], municipality, mail]))
    .digest('hex')
    .slice(0, 16)

/** `bounce+<opaque>@domain` for `bounce@domain`. Lower case only: not every server keeps capitals. */
export function returnPath(box: string, secret: Buffer, returning: Returning, use: ReturnUse = 'back'): string {
  const at = box.lastIndexOf('@')
  const opaque = `${returning.municipality.toString(36)}-${returning.mail.replaceAll('-', '')}-${macOf(secret, returning, use)}`
  return `${box.slice(0, at)}+${opaque}${box.slice(at)}`
}

/** Undefined for an address that is not one of ours, or forged. */
export function readReturnPath(secret: Buffer, address: string, use: ReturnUse = 'back'): Returning | undefined {
  const match =
    /\+([0-9a-z]{1,7})-([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})-([0-9a-f]{16})@/i.exec(
      address.toLowerCase(),
    )
  if (!match) return undefined
  const [, town, a, b, c, d, e, mac] = match
  const returning = { municipality: Number.parseInt(town!, 36), mail: [a, b, c, d, e].join('-') }
  return timingSafeEqual(Buffer.from(mac!), Buffer.from(macOf(secret, returning, use))) ? returning : undefined
}
