import { createHash, timingSafeEqual } from 'node:crypto'

/** Keyed hash under the key that stands neither in the database nor in a backup: `tx.lookup`. */
export type Lookup = (purpose: string, value: string) => Buffer

const plain = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const dashed = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

const tokenOf = (lookup: Lookup, purpose: string, id: string, more = '') =>
  Buffer.concat([plain(id), lookup(purpose, id + more).subarray(0, 16)]).toString('base64url')

const idIn = (token: string): string | undefined => {
  const bytes = Buffer.from(token, 'base64url')
  return /^[\w-]{43}$/.test(token) && bytes.length === 32 ? dashed(bytes.subarray(0, 16)) : undefined
}

const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Names subscriber and list by itself; stays the same, since mails are kept for years. */
export const ownToken = (lookup: Lookup, subscriber: string): string => tokenOf(lookup, 'newsletter-own', subscriber)

/** The subscriber a link was made for; undefined when nobody made it. */
export function readOwnToken(lookup: Lookup, token: string): string | undefined {
  const id = idIn(token)
  return id && same(token, ownToken(lookup, id)) ? id : undefined
}

/** The link of one confirmation mail: worthless once another has been asked for. */
export const confirmToken = (lookup: Lookup, subscriber: string, request: string): string =>
  tokenOf(lookup, 'newsletter-confirm', subscriber, request)

/** Whose confirmation this may be; whether it is theirs is seen by making it again with their request. */
export const confirmedId = idIn

export const isConfirmToken = (lookup: Lookup, subscriber: string, request: string, token: string): boolean =>
  same(token, confirmToken(lookup, subscriber, request))

/** What the proof keeps of a token. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')
