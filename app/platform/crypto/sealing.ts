import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomUUID,
  type KeyObject,
} from 'node:crypto'

declare const sealedBrand: unique symbol

/** A text under lock, as it lies in the database. Made only by `seal()`, opened only by `reveal()`. */
export type Sealed<K extends string = string> = Buffer & { readonly [sealedBrand]: K }

/** Where a sealed value lies; it opens nowhere else. */
export interface Place {
  readonly table: string
  readonly column: string
  readonly row: string
}

/** The key of one record and retention class. Its bytes are known to this file only. */
export interface RecordKey {
  readonly id: string
  readonly municipality: number
  readonly class: string
}

/** A value that was damaged, moved to another place, or sealed under another key. */
export class SealBroken extends Error {
  constructor() {
    super(
      'Ein versiegelter Text lässt sich nicht öffnen: Er wurde verändert, verschoben oder gehört zu einem anderen Schlüssel.',
    )
  }
}

const cipher = 'aes-256-gcm'
const version = 1
const nonceLength = 12
const tagLength = 16

/** Version, then each part with its length before it, so that no two places ever read the same ("a|bc" and "ab|c"). */
function bound(...parts: (string | number)[]): Buffer {
  const texts = parts.map(String)
  const bytes = Buffer.allocUnsafe(1 + texts.reduce((sum, text) => sum + 4 + Buffer.byteLength(text), 0))
  let at = bytes.writeUInt8(version)
  for (const text of texts) {
    const length = bytes.write(text, at + 4)
    at = bytes.writeUInt32BE(length, at) + length
  }
  return bytes
}

/** version | nonce | ciphertext | tag; version and `bindings` are authenticated, the bindings not stored. */
export function lock(key: KeyObject | Buffer, bindings: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceLength)
  const locked = createCipheriv(cipher, key, nonce).setAAD(bindings)
  return Buffer.concat([Buffer.of(version), nonce, locked.update(plain), locked.final(), locked.getAuthTag()])
}

/** Throws SealBroken unless key, bindings and every byte are right. */
export function unlock(key: KeyObject | Buffer, bindings: Buffer, locked: Buffer): Buffer {
  if (locked.length < 1 + nonceLength + tagLength || locked[0] !== version) throw new SealBroken()
  const nonce = locked.subarray(1, 1 + nonceLength)
  const opened = createDecipheriv(cipher, key, nonce).setAAD(bindings).setAuthTag(locked.subarray(-tagLength))
  try {
    const plain = opened.update(locked.subarray(1 + nonceLength, -tagLength))
    // In this mode nothing is left over; without this call nothing would be proved.
    opened.final()
    return plain
  } catch {
    throw new SealBroken()
  }
}

/** 32, 64, 128, 256, then steps of 256 bytes: the length of a short value tells next to nothing. */
function paddedLength(length: number): number {
  const needed = length + 4
  if (needed > 256) return Math.ceil(needed / 256) * 256
  return Math.max(32, 2 ** Math.ceil(Math.log2(needed)))
}

function pad(text: string): Buffer {
  const bytes = Buffer.from(text)
  const padded = Buffer.alloc(paddedLength(bytes.length))
  padded.writeUInt32BE(bytes.length)
  bytes.copy(padded, 4)
  return padded
}

const unpad = (padded: Buffer) => padded.subarray(4, 4 + padded.readUInt32BE()).toString()

/**
 * Secrets by key: they cannot be logged, serialised or found by looking at the key. An opened key works for as long
 * as somebody holds it, which is a request or a job; with it, its secret is gone.
 */
const secrets = new WeakMap<RecordKey, KeyObject>()

/** Takes the bytes over and wipes them: from now on they live in the key object only. */
function keyOf(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

function secretOf(key: RecordKey): KeyObject {
  const secret = secrets.get(key)
  if (!secret) throw new SealBroken()
  return secret
}

const lifetime = 60_000
const mostKept = 2_000

/** The keys of one municipality, opened. Record keys stay in memory for a minute at most. */
export class MunicipalityKeys {
  readonly municipality: number
  /** One secret for one purpose: wrapping record keys, and comparing without showing. */
  readonly #wrap: KeyObject
  readonly #compare: KeyObject
  readonly #opened = new Map<string, { key: RecordKey; until: number }>()
  #sweeping = false

  constructor(municipality: number, key: Buffer) {
    this.municipality = municipality
    const derive = (purpose: string) => keyOf(Buffer.from(hkdfSync('sha256', key, 'besonnen', purpose, 32)))
    this.#wrap = derive('wrap')
    this.#compare = derive('compare')
  }

  /** A new record key, and its wrapped form for `platform.record_key`. */
  newKey(retentionClass: string): { key: RecordKey; wrapped: Buffer } {
    const key: RecordKey = Object.freeze({ id: randomUUID(), municipality: this.municipality, class: retentionClass })
    const secret = randomBytes(32)
    const wrapped = lock(this.#wrap, this.#wrapping(key.id, retentionClass), secret)
    secrets.set(key, keyOf(secret))
    return { key, wrapped }
  }

  /** Opens a wrapped record key. Throws SealBroken for one of another municipality, record or class. */
  open(row: { id: string; class: string; wrapped: Buffer }): RecordKey {
    const now = Date.now()
    const held = this.#opened.get(row.id)
    if (held && held.until > now && held.key.class === row.class) return held.key
    const key: RecordKey = Object.freeze({ id: row.id, municipality: this.municipality, class: row.class })
    secrets.set(key, keyOf(unlock(this.#wrap, this.#wrapping(row.id, row.class), row.wrapped)))
    this.#makeRoom(now)
    this.#opened.set(row.id, { key, until: now + lifetime })
    return key
  }

  seal<K extends string>(key: RecordKey, place: Place, text: string): Sealed<K> {
    return lock(secretOf(key), bindings(key, place), pad(text)) as Sealed<K>
  }

  reveal<K extends string>(key: RecordKey, place: Place, sealed: Sealed<K>): string {
    return unpad(unlock(secretOf(key), bindings(key, place), sealed))
  }

  /** Keyed hash for exact comparison, different for every purpose and municipality. */
  token(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#compare)
      .update(bound('token', purpose, value).subarray(1))
      .digest()
  }

  /** 63 bits for the search table, so that it fits a signed bigint. */
  searchToken(stem: string): bigint {
    return this.token('search', stem).readBigUInt64BE() >> 1n
  }

  #wrapping(id: string, retentionClass: string): Buffer {
    return bound('record-key', this.municipality, id, retentionClass)
  }

  /** Forgets what is older than a minute, and the oldest when there are too many. */
  #makeRoom(now: number): void {
    for (const [id, { until }] of this.#opened) {
      if (until > now && this.#opened.size < mostKept) break
      this.#opened.delete(id)
    }
    // Without this, the keys of the evening's last visit would lie in memory until the morning.
    if (this.#sweeping) return
    this.#sweeping = true
    setTimeout(() => {
      this.#sweeping = false
      if (this.#opened.size > 0) this.#makeRoom(Date.now())
    }, lifetime + 1_000).unref()
  }
}

const bindings = (key: RecordKey, { table, column, row }: Place) => bound(key.municipality, table, column, row, key.id)

/** Seals under a key that lies elsewhere: the draft of a report under the cookie's, an answer under the caller's. */
export const sealWith = (key: Buffer, purpose: string, text: string): Buffer =>
  lock(key, bound('free', purpose), pad(text))

/** Opens what `sealWith` sealed. Throws SealBroken for another key or purpose. */
export const revealWith = (key: Buffer, purpose: string, sealed: Buffer): string =>
  unpad(unlock(key, bound('free', purpose), sealed))
