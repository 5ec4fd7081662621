import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

/*
 * Recovery sheet: a secret in three parts, any two of which suffice (Shamir over GF(256), degree 1). One part tells
 * nothing at all. Backups are encrypted to the public key of a pair derived from the installation's secret, so that
 * whoever holds a backup without key file or two parts holds nothing.
 */

const exponents = new Uint8Array(512)
const logarithms = new Uint8Array(256)
for (let i = 0, x = 1; i < 255; i++) {
  exponents[i] = x
  exponents[i + 255] = x
  logarithms[x] = i
  x ^= (x << 1) ^ (x & 0x80 ? 0x11b : 0)
  x &= 0xff
}

const times = (a: number, b: number) => (a === 0 || b === 0 ? 0 : exponents[logarithms[a]! + logarithms[b]!]!)
const over = (a: number, b: number) => (a === 0 ? 0 : exponents[logarithms[a]! + 255 - logarithms[b]!]!)

/** Letters and digits that cannot be taken for one another (Crockford). */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** Four letters and their check letter; four such groups a line. */
const perGroup = 4
const groupsPerLine = 4

function toText(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function toBytes(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** x · α in the field of 32 elements (α⁵ = α² + 1). */
const shifted = (x: number) => ((x << 1) ^ (x & 0x10 ? 0x25 : 0)) & 0x1f

/**
 * The check letter of a group: a weighted sum in the field of 32 letters, so that every single wrong letter and every
 * two swapped neighbours are noticed, and a group in another's place too.
 */
function checkOf(group: string, index: number): string {
  let sum = 0
  for (const letter of group) sum = shifted(sum ^ alphabet.indexOf(letter))
  return alphabet[sum ^ (index & 0x1f)]!
}

/** O, I and L are read as what they look like; spaces and dashes do not count. */
const read = (typed: string) =>
  typed
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replaceAll(/[^0-9A-Z]/g, '')

const checksum = (secret: Buffer) => createHash('sha256').update('recovery').update(secret).digest().subarray(0, 4)

const chunks = (text: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []

/** Splits a secret into three printed parts; each is a list of lines of four groups. */
function splitSecret(secret: Buffer): string[][] {
  const whole = Buffer.concat([secret, checksum(secret)])
  const slope = randomBytes(whole.length)
  return [1, 2, 3].map((x) => {
    const part = Buffer.from(whole.map((byte, i) => byte ^ times(slope[i]!, x)))
    const text = toText(Buffer.concat([Buffer.of(x), part]))
    const groups = chunks(text, perGroup).map((group, index) => group + checkOf(group, index))
    return chunks(groups.join(' '), groupsPerLine * (perGroup + 2)).map((line) => line.trim())
  })
}

export type CheckedPart =
  | { readonly ok: true; readonly x: number; readonly bytes: Buffer }
  | { readonly ok: false; readonly line: number; readonly group: number }

/** The groups as typed; where somebody left the gaps out, every five letters are one. */
function groupsOf(lines: readonly string[]): string[] {
  const typed = lines.flatMap((line) => line.split(/[^\p{L}\p{N}]+/u)).map(read)
  const groups = typed.filter((group) => group !== '')
  return groups.every((group) => group.length <= perGroup + 1) ? groups : chunks(groups.join(''), perGroup + 1)
}

/** Reads one typed part. A slip is told by its line and its group in that line as printed, both counted from 1. */
export function checkPart(lines: readonly string[]): CheckedPart {
  const groups = groupsOf(lines)
  const wrong = (group: string, index: number) =>
    (group.length <= perGroup && index < groups.length - 1) ||
    /[^0-9A-HJKMNP-TV-Z]/.test(group) ||
    checkOf(group.slice(0, -1), index) !== group.slice(-1)
  const bad = groups.length === 0 ? 0 : groups.findIndex(wrong)
  const bytes = bad < 0 ? toBytes(groups.map((group) => group.slice(0, -1)).join('')) : Buffer.alloc(0)
  const x = bytes[0] ?? 0
  if (bad < 0 && x >= 1 && x <= 3) return { ok: true, x, bytes: bytes.subarray(1) }
  const at = Math.max(bad, 0)
  return { ok: false, line: Math.floor(at / groupsPerLine) + 1, group: (at % groupsPerLine) + 1 }
}

/** The secret from two different parts. Throws when they are the same part or of different sheets' length. */
export function joinParts(a: { x: number; bytes: Buffer }, b: { x: number; bytes: Buffer }): Buffer {
  if (a.x === b.x || a.bytes.length !== b.bytes.length)
    throw new Error('Bitte geben Sie zwei verschiedene Teile desselben Blatts ein.')
  const weightA = over(b.x, a.x ^ b.x)
  const weightB = over(a.x, a.x ^ b.x)
  const whole = Buffer.from(a.bytes.map((byte, i) => times(byte, weightA) ^ times(b.bytes[i]!, weightB)))
  const secret = whole.subarray(0, -4)
  if (!checksum(secret).equals(whole.subarray(-4))) {
    throw new Error(
      'Diese beiden Teile stammen nicht vom selben Ausdruck, oder eine Zeile fehlt. Bitte prüfen Sie beide.',
    )
  }
  return Buffer.from(secret)
}

const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** The pair for backups, always the same for the same secret. */
export function recoveryKey(secret: Buffer): { publicKey: KeyObject; privateKey: KeyObject } {
  const seed = Buffer.from(hkdfSync('sha256', secret, 'besonnen', 'recovery', 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

/** The recovery sheet of an installation: three parts and the public key. */
export const makeRecovery = (secret: Buffer) => ({
  parts: splitSecret(secret),
  publicKey: recoveryKey(secret).publicKey,
})

const magic = Buffer.from('BESONNEN-1\n')
const chunk = 64 * 1024
const overhead = 16

const sharedKey = (privateKey: KeyObject, publicKey: KeyObject, ephemeral: Buffer) =>
  Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), ephemeral, 'backup', 32))

/** Nonce of chunk n; the last chunk has a mark, so that a file cut short is noticed. */
function nonceFor(n: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce[0] = last ? 1 : 0
  nonce.writeUInt32BE(n, 8)
  return nonce
}

/** A stream that encrypts to a public key: ephemeral X25519, then AES-256-GCM in chunks of 64 KiB. */
export function encryptTo(publicKey: KeyObject): Transform {
  const pair = generateKeyPairSync('x25519')
  const ephemeral = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  const key = sharedKey(pair.privateKey, publicKey, ephemeral)
  let waiting = Buffer.alloc(0)
  let n = 0
  const one = (data: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceFor(n++, last))
    return Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()])
  }
  const stream = new Transform({
    transform(data: Buffer, _encoding, done: TransformCallback) {
      waiting = Buffer.concat([waiting, data])
      // One chunk is always held back: only at the end is it known which is the last.
      while (waiting.length > chunk) {
        this.push(one(waiting.subarray(0, chunk), false))
        waiting = waiting.subarray(chunk)
      }
      done()
    },
    flush(done: TransformCallback) {
      this.push(one(waiting, true))
      done()
    },
  })
  stream.push(Buffer.concat([magic, ephemeral]))
  return stream
}

/** The stream back. Fails with a German sentence for another key, a damaged file, or one cut short. */
export function decryptWith(privateKey: KeyObject): Transform {
  let waiting = Buffer.alloc(0)
  let key: Buffer | undefined
  let n = 0
  const one = (data: Buffer, last: boolean) => {
    const decipher = createDecipheriv('aes-256-gcm', key!, nonceFor(n++, last)).setAuthTag(data.subarray(-overhead))
    try {
      return Buffer.concat([decipher.update(data.subarray(0, -overhead)), decipher.final()])
    } catch {
      throw new Error('Die Sicherung ist beschädigt, unvollständig oder gehört zu einem anderen Schlüssel.')
    }
  }
  const begin = () => {
    if (key || waiting.length < magic.length + 32) return
    if (!waiting.subarray(0, magic.length).equals(magic)) throw new Error('Das ist keine Sicherung von Besonnen.')
    const ephemeral = waiting.subarray(magic.length, magic.length + 32)
    const publicKey = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), ephemeral]),
      format: 'der',
      type: 'spki',
    })
    key = sharedKey(privateKey, publicKey, ephemeral)
    waiting = waiting.subarray(magic.length + 32)
  }
  return new Transform({
    transform(data: Buffer, _encoding, done: TransformCallback) {
      waiting = Buffer.concat([waiting, data])
      try {
        begin()
        while (key && waiting.length > chunk + overhead) {
          this.push(one(waiting.subarray(0, chunk + overhead), false))
          waiting = waiting.subarray(chunk + overhead)
        }
        done()
      } catch (error) {
        done(error as Error)
      }
    },
    flush(done: TransformCallback) {
      try {
        begin()
        if (!key || waiting.length < overhead) throw new Error('Die Sicherung ist unvollständig.')
        this.push(one(waiting, true))
        done()
      } catch (error) {
        done(error as Error)
      }
    },
  })
}
