import fc from 'fast-check'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import {
  checkPart,
  decryptWith,
  encryptTo,
  Installation,
  joinParts,
  KeyFileError,
  makeRecovery,
  newReceiptCode,
  parseReceiptCode,
  recoveryKey,
  revealWith,
  SealBroken,
  sealWith,
} from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'besonnen-keys-'))
const installation = Installation.create(join(folder, 'key'))
const { keys, wrapped } = installation.newMunicipality(7)
const place = { table: 'intake.report', column: 'observed', row: 'a' }

describe('sealing', () => {
  test('what was sealed opens again, whatever it says', () => {
    const { key } = keys.newKey('report')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }), (text) => {
        expect(keys.reveal(key, place, keys.seal(key, place, text))).toBe(text)
      }),
    )
  })

  test.each([
    ['another table', { ...place, table: 'cases.case' }],
    ['another column', { ...place, column: 'concluded' }],
    ['another row', { ...place, row: 'b' }],
    ['parts run together', { table: 'intake.report', column: 'observeda', row: '' }],
  ])('it does not open in %s', (_, elsewhere) => {
    const { key } = keys.newKey('report')
    const sealed = keys.seal(key, place, 'Streit am Brunnen')
    expect(() => keys.reveal(key, elsewhere, sealed)).toThrow(SealBroken)
  })

  test('it does not open under another key, in another municipality, or when one bit changed', () => {
    const { key } = keys.newKey('report')
    const sealed = keys.seal(key, place, 'Streit am Brunnen')
    expect(() => keys.reveal(keys.newKey('report').key, place, sealed)).toThrow(SealBroken)
    const other = installation.newMunicipality(8).keys
    expect(() => other.open({ id: key.id, class: 'report', wrapped: keys.newKey('report').wrapped })).toThrow(
      SealBroken,
    )
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const changed = Buffer.from(sealed) as typeof sealed
        changed[bit >> 3]! ^= 1 << (bit & 7)
        expect(() => keys.reveal(key, place, changed)).toThrow(SealBroken)
      }),
    )
  })

  test('a wrapped key opens for its own id and class only, also after the municipality was opened anew', () => {
    const { key, wrapped: locked } = keys.newKey('contact')
    const sealed = keys.seal(key, place, 'Telefon')
    const again = installation.openMunicipality(7, wrapped)
    expect(again.reveal(again.open({ id: key.id, class: 'contact', wrapped: locked }), place, sealed)).toBe('Telefon')
    expect(() => again.open({ id: key.id, class: 'report', wrapped: locked })).toThrow(SealBroken)
  })

  test('short texts of different length look the same from outside', () => {
    const { key } = keys.newKey('report')
    expect(new Set(['', 'ja', 'nein', 'x'.repeat(28)].map((text) => keys.seal(key, place, text).length)).size).toBe(1)
  })

  test('a key never shows its bytes', () => {
    const { key } = keys.newKey('report')
    expect(Object.keys(JSON.parse(JSON.stringify(key)))).toEqual(['id', 'municipality', 'class'])
  })

  test('free sealing is bound to key and purpose', () => {
    const key = Buffer.alloc(32, 1)
    const sealed = sealWith(key, 'draft', 'Entwurf')
    expect(revealWith(key, 'draft', sealed)).toBe('Entwurf')
    expect(() => revealWith(key, 'answer', sealed)).toThrow(SealBroken)
    expect(() => revealWith(Buffer.alloc(32, 2), 'draft', sealed)).toThrow(SealBroken)
  })

  test('tokens differ by purpose and municipality', () => {
    const other = installation.newMunicipality(9).keys
    expect(new Set([keys.token('a', 'x'), keys.token('b', 'x'), other.token('a', 'x')].map(String)).size).toBe(3)
    expect(keys.searchToken('streit') < 2n ** 63n).toBe(true)
  })
})

describe('the key file', () => {
  test('is made once, readable by its owner only, and read back the same', () => {
    const path = join(folder, 'key')
    expect(statSync(path).mode & 0o777).toBe(0o400)
    expect(() => Installation.create(path)).toThrow(KeyFileError)
    expect(Installation.read(path, []).fingerprint).toBe(installation.fingerprint)
  })

  test.each(['missing', 'damaged', 'readable by others', 'inside the data folder', 'inside through a link'])(
    '%s: a clear sentence',
    (fault) => {
      const data = join(mkdtempSync(join(tmpdir(), 'besonnen-data-')), 'data')
      mkdirSync(data)
      const copy = (path: string, mode: number) => (
        writeFileSync(path, readFileSync(join(folder, 'key'))),
        chmodSync(path, mode),
        path
      )
      const paths: Record<string, () => string> = {
        missing: () => join(folder, 'none'),
        damaged: () => (writeFileSync(join(data, '../bad'), '{"besonnen":1}', { mode: 0o400 }), join(data, '../bad')),
        'readable by others': () => copy(join(data, '../open'), 0o444),
        'inside the data folder': () => copy(join(data, 'key'), 0o400),
        'inside through a link': () => (
          copy(join(data, 'key'), 0o400),
          symlinkSync(data, join(data, '../way')),
          join(data, '../way/key')
        ),
      }
      expect(() => Installation.read(paths[fault]!(), [data])).toThrow(KeyFileError)
    },
  )

  test('another installation does not open this municipality', () => {
    expect(() => Installation.create(join(folder, 'other')).openMunicipality(7, wrapped)).toThrow(
      /gehört nicht zu diesen Daten/,
    )
  })
})

describe('the recovery sheet', () => {
  const secret = installation.secret()
  const { parts } = makeRecovery(secret)
  const read = (lines: string[]) => {
    const checked = checkPart(lines)
    if (!checked.ok) throw new Error(`line ${checked.line}, group ${checked.group}`)
    return checked
  }

  test.each([
    [0, 1],
    [1, 2],
    [2, 0],
  ])('parts %i and %i bring the installation back', (a, b) => {
    const joined = joinParts(read(parts[a]!), read(parts[b]!))
    expect(Installation.fromSecret(joined).fingerprint).toBe(installation.fingerprint)
  })

  test('the same part twice is refused', () => {
    expect(() => joinParts(read(parts[0]!), read(parts[0]!))).toThrow()
  })

  test('parts of two printings do not pass for one', () => {
    expect(() => joinParts(read(parts[0]!), read(makeRecovery(secret).parts[1]!))).toThrow(/nicht vom selben Ausdruck/)
    expect(() => joinParts(read(parts[0]!.slice(0, -1)), read(parts[1]!.slice(0, -1)))).toThrow(/Zeile fehlt/)
  })

  test('a slip is named by its line and group: each wrong letter, each swap, a group too short or in another place', () => {
    const lines = parts[0]!
    const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
    const at = { ok: false, line: 3, group: 2 }
    const change = (how: (group: string) => string) =>
      checkPart(lines.map((line, i) => (i === 2 ? line.replace(/^(\S+ )(\S+)/, (_, a, b) => a + how(b)) : line)))
    const group = lines[2]!.split(' ')[1]!
    for (let place = 0; place < 5; place++) {
      for (const letter of alphabet.replace(group[place]!, ''))
        expect(change((b) => b.slice(0, place) + letter + b.slice(place + 1))).toEqual(at)
      const [one, other] = [group[place], group[place + 1]]
      if (other && one !== other)
        expect(change((b) => b.slice(0, place) + other + one + b.slice(place + 2))).toEqual(at)
    }
    expect(change((b) => b.slice(1))).toEqual(at)
    expect(checkPart([lines[1]!, lines[0]!, ...lines.slice(2)])).toEqual({ ok: false, line: 1, group: 1 })
    expect(checkPart([])).toEqual({ ok: false, line: 1, group: 1 })
  })

  test('small letters, O for 0, missing gaps and other line ends are no slip', () => {
    const lines = parts[0]!
    for (const typed of [
      lines.map((line) => line.toLowerCase().replaceAll('0', 'o')),
      [lines.join('')],
      [lines.join(' - ').replaceAll(' ', '')],
      lines.join(' ').split(' '),
    ])
      expect(checkPart(typed)).toMatchObject({ ok: true, x: 1 })
  })

  test('one part alone says nothing: every secret is still possible', () => {
    const seen = new Set(Array.from({ length: 50 }, () => makeRecovery(Buffer.alloc(4)).parts[0]!.join()))
    expect(seen.size).toBe(50)
  })

  test.each([0, 1, 65_536, 65_537, 200_000])('%i bytes go through backup encryption and back', async (size) => {
    const { publicKey, privateKey } = recoveryKey(secret)
    const plain = Buffer.alloc(size, 'x')
    const locked = await buffer(Readable.from([plain]).pipe(encryptTo(publicKey)))
    expect((await buffer(Readable.from([locked]).pipe(decryptWith(privateKey)))).equals(plain)).toBe(true)
  })

  test('a backup cut short, damaged or of another key does not open', async () => {
    const { publicKey, privateKey } = recoveryKey(secret)
    const locked = await buffer(Readable.from([Buffer.alloc(150_000, 'x')]).pipe(encryptTo(publicKey)))
    const damaged = Buffer.from(locked)
    damaged[100_000]! ^= 1
    const open = (bytes: Buffer, key = privateKey) => buffer(Readable.from([bytes]).pipe(decryptWith(key)))
    await expect(open(locked.subarray(0, 43 + 65_552))).rejects.toThrow()
    await expect(open(damaged)).rejects.toThrow(/beschädigt/)
    await expect(open(locked, recoveryKey(Buffer.alloc(64)).privateKey)).rejects.toThrow(/anderen Schlüssel/)
    await expect(open(Buffer.from('etwas ganz anderes, das lang genug ist, um gelesen zu werden'))).rejects.toThrow(
      /keine Sicherung/,
    )
  })
})

describe('the receipt code', () => {
  test('a new code reads back, in any script and grouping', () => {
    fc.assert(
      fc.property(fc.constantFrom('', ' ', '-', '–'), fc.constantFrom(0x30, 0x660, 0x6f0, 0xff10), (gap, zero) => {
        const code = newReceiptCode()
        const typed = (code.match(/.{6}/g) ?? [])
          .join(gap)
          .replaceAll(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))
        expect(parseReceiptCode(typed)).toEqual({ ok: true, code })
      }),
    )
  })

  test('every wrong digit and every swap of neighbours is noticed', () => {
    const code = newReceiptCode()
    for (let i = 0; i < 18; i++) {
      for (let digit = 0; digit < 10; digit++) {
        const typed = code.slice(0, i) + digit + code.slice(i + 1)
        expect(parseReceiptCode(typed).ok).toBe(typed === code)
      }
      const swapped = i < 17 ? code.slice(0, i) + code[i + 1] + code[i] + code.slice(i + 2) : code
      expect(parseReceiptCode(swapped).ok).toBe(swapped === code)
    }
  })

  test.each([
    ['12345', 'length'],
    ['12345678901234567a', 'digits'],
    ['', 'length'],
  ])('%s: %s', (typed, why) => {
    expect(parseReceiptCode(typed)).toEqual({ ok: false, why })
  })

  test('ten thousand codes are ten thousand', () => {
    expect(new Set(Array.from({ length: 10_000 }, newReceiptCode)).size).toBe(10_000)
  })
})
