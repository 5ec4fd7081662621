// scratch
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
declare const sealedBrand: unique symbol
export type Sealed<K extends string = string> = Buffer & { readonly [sealedBrand]: K }
export interface Place {
  table: string
  column: string
  row: string
}
export interface RecordKey {
  readonly id: string
  readonly municipality: number
  readonly class: string
}
const bytes = new WeakMap<RecordKey, Buffer>()
const enc = (key: Buffer, aad: string, data: Buffer) => {
  const n = randomBytes(12)
  const c = createCipheriv('aes-256-gcm', key, n)
  c.setAAD(Buffer.from(aad))
  const e = Buffer.concat([c.update(data), c.final()])
  return Buffer.concat([n, e, c.getAuthTag()])
}
const dec = (key: Buffer, aad: string, data: Buffer) => {
  const d = createDecipheriv('aes-256-gcm', key, data.subarray(0, 12))
  d.setAAD(Buffer.from(aad))
  d.setAuthTag(data.subarray(-16))
  return Buffer.concat([d.update(data.subarray(12, -16)), d.final()])
}
export class MunicipalityKeys {
  readonly municipality: number
  readonly #key: Buffer
  readonly #cache = new Map<string, RecordKey>()
  constructor(m: number, key: Buffer) {
    this.municipality = m
    this.#key = key
  }
  newKey(cls: string): { key: RecordKey; wrapped: Buffer } {
    const key = { id: randomUUID(), municipality: this.municipality, class: cls }
    const b = randomBytes(32)
    bytes.set(key, b)
    return { key, wrapped: enc(this.#key, `${this.municipality}|${key.id}|${cls}`, b) }
  }
  open(row: { id: string; class: string; wrapped: Buffer }): RecordKey {
    const h = this.#cache.get(row.id)
    if (h) return h
    const key = { id: row.id, municipality: this.municipality, class: row.class }
    bytes.set(key, dec(this.#key, `${this.municipality}|${row.id}|${row.class}`, row.wrapped))
    this.#cache.set(row.id, key)
    return key
  }
  seal<K extends string>(key: RecordKey, p: Place, text: string): Sealed<K> {
    return enc(bytes.get(key)!, JSON.stringify([p, key.id]), Buffer.from(text)) as Sealed<K>
  }
  reveal<K extends string>(key: RecordKey, p: Place, s: Sealed<K>): string {
    return dec(bytes.get(key)!, JSON.stringify([p, key.id]), s).toString()
  }
  token(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\0${value}`).digest()
  }
  searchToken(stem: string): bigint {
    return this.token('search', stem).readBigUInt64BE() >> 1n
  }
}
export class Installation {
  readonly #k: Buffer
  constructor(k: Buffer) {
    this.#k = k
  }
  static create(path: string): Installation {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o400, flag: 'wx' })
    return Installation.read(path, [])
  }
  static read(path: string, _f: string[]): Installation {
    if (!existsSync(path)) throw new Error('Schlüsseldatei fehlt')
    return new Installation(Buffer.from(readFileSync(path, 'utf8'), 'hex'))
  }
  newMunicipality(id: number) {
    const b = randomBytes(32)
    return { keys: new MunicipalityKeys(id, b), wrapped: enc(this.#k, `m${id}`, b) }
  }
  openMunicipality(id: number, wrapped: Buffer) {
    return new MunicipalityKeys(id, dec(this.#k, `m${id}`, wrapped))
  }
  lookup(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.derive('lookup')).update(`${purpose}\0${value}`).digest()
  }
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#k, '', purpose, 32))
  }
  fingerprint = 'x'
}
export const sealWith = (key: Buffer, purpose: string, text: string) => enc(key, purpose, Buffer.from(text))
export const revealWith = (key: Buffer, purpose: string, s: Buffer) => dec(key, purpose, s).toString()
export function newReceiptCode(): string {
  let d = ''
  for (let i = 0; i < 16; i++) d += randomInt(10)
  return d + String(98n - ((BigInt(d) * 100n) % 97n)).padStart(2, '0')
}
export function parseReceiptCode(
  t: string,
): { ok: true; code: string } | { ok: false; why: 'length' | 'digits' | 'check' } {
  const d = t.replace(/\D/g, '')
  if (d.length !== 18) return { ok: false, why: 'length' }
  return BigInt(d) % 97n === 1n ? { ok: true, code: d } : { ok: false, why: 'check' }
}
