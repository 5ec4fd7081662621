import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { unzipSync } from 'fflate'
import { readZip, zipOf, zipResponse } from './index.ts'

const at = new Date('2026-11-23T13:37:42Z')
const files = [
  { name: 'akte.json', bytes: new TextEncoder().encode(JSON.stringify({ titel: 'Lärm & Müll '.repeat(200) })) },
  { name: 'dokumente/Einschätzung.pdf', bytes: Uint8Array.from([1, 2, 3]) },
  { name: 'leer.txt', bytes: new Uint8Array() },
]

test('another reader finds every file as it was, packed or not, with its name in UTF-8', () => {
  const read = unzipSync(zipOf(files, at))
  expect(Object.keys(read)).toEqual(files.map(({ name }) => name))
  for (const { name, bytes } of files) expect(new Uint8Array(read[name]!)).toEqual(bytes)
})

test('what was packed is read again, each file alone and never beyond the limit', () => {
  const zip = Buffer.from(zipOf(files, at))
  const read = readZip(zip, 10_000)!
  expect(read.map(({ name, size }) => ({ name, size }))).toEqual(
    files.map(({ name, bytes }) => ({ name, size: bytes.length })),
  )
  for (const [i, one] of read.entries()) expect(one.read()).toEqual(Buffer.from(files[i]!.bytes))
  expect(readZip(zip, 100)![0]!.read(), 'larger than it may be').toBeUndefined()
  const spoilt = Buffer.from(zip)
  spoilt[zip.indexOf(Buffer.from([1, 2, 3]))] = 9
  expect(readZip(spoilt, 10_000)![1]!.read(), 'not what was packed').toBeUndefined()
  for (const wrong of [Buffer.alloc(0), zip.subarray(0, -30), Buffer.from('PK')])
    expect(readZip(wrong, 9)).toBeUndefined()
})

test('the archive shrinks what can be shrunk and does not swell what cannot', () => {
  const [text] = files
  expect(zipOf([text!], at).length).toBeLessThan(text!.bytes.length / 2)
  const noise = crypto.getRandomValues(new Uint8Array(5000))
  expect(zipOf([{ name: 'x', bytes: noise }], at).length).toBe(5000 + 30 + 46 + 22 + 2)
})

test('the unpacker of the system has nothing to complain about', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  const file = join(folder, 'a.zip')
  writeFileSync(file, zipOf(files, at))
  try {
    expect(execFileSync('unzip', ['-t', file], { encoding: 'utf8' })).toContain('No errors detected')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return context.skip()
    throw error
  }
  execFileSync('unzip', ['-q', file, '-d', folder])
  expect(new Uint8Array(readFileSync(join(folder, 'akte.json')))).toEqual(files[0]!.bytes)
})

test.each([
  [['a', 'a'], 'twice'],
  [['../a'], 'no name'],
  [['/etc/a'], 'no name'],
  [[''], 'no name'],
])('names that would do harm are refused: %j', (names, message) => {
  expect(() =>
    zipOf(
      names.map((name) => ({ name, bytes: new Uint8Array() })),
      at,
    ),
  ).toThrow(message)
})

test('it is kept by no browser, and its name is harmless', () => {
  const { headers } = zipResponse(new Uint8Array(1), 'Akte "F-1"/..\n.zip')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('content-disposition')).toBe('attachment; filename="Akte-F-1-..-.zip"')
})
