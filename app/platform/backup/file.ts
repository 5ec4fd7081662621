import type { KeyObject } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip, createGzip } from 'node:zlib'
import { decryptWith, encryptTo } from '../crypto/index.ts'

/** What speaks against a backup or its return, as a sentence for the administrator. Nothing has been changed. */
export class BackupError extends Error {}

/** One value of a row as PostgreSQL writes it; null where there is none. */
export type Value = string | null

/** The lines of a backup, in their order: head, then each table with its rows and its end, then the foot. */
export type Line =
  | {
      readonly kind: 'data' | 'keys'
      readonly version: 1
      readonly at: string
      /** Of the key file it belongs to. */
      readonly installation: string
      readonly migrations: readonly string[]
    }
  | { readonly table: string; readonly columns: readonly string[] }
  | readonly Value[]
  | { readonly end: string; readonly count: number }
  | { readonly foot: true; readonly rows: number }

async function toDisk(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Beside the file it will become: whoever is killed in between leaves the old file as it was. */
const part = (path: string) => `${path}.teil`

/** Writes lines compressed and encrypted beside `path` and returns when the disk has them; `settle` puts it in place. */
export async function writeLines(path: string, to: KeyObject, lines: AsyncIterable<Line[]>): Promise<void> {
  async function* texts() {
    for await (const some of lines) yield some.map((line) => `${JSON.stringify(line)}\n`).join('')
  }
  await pipeline(
    Readable.from(texts()),
    createGzip({ level: 6 }),
    encryptTo(to),
    createWriteStream(part(path), { mode: 0o600 }),
  )
  await toDisk(part(path))
}

export async function settle(path: string): Promise<void> {
  await rename(part(path), path)
  await toDisk(dirname(path))
}

export const discard = (path: string): Promise<void> => rm(part(path), { force: true })

const damaged = (path: string) =>
  new BackupError(`Die Datei ${path} ist beschädigt oder unvollständig. Es wurde nichts verändert.`)

/** A sentence without "nothing was changed" gets it: every fault of reading comes before the first change. */
function sentenceOf(path: string, error: unknown): unknown {
  if (error instanceof BackupError || !(error instanceof Error) || 'severity' in error) return error
  if ('code' in error && String(error.code).startsWith('Z_')) return damaged(path)
  return error.message.startsWith('Die') || error.message.startsWith('Das')
    ? new BackupError(`${path}: ${error.message}`)
    : error
}

/** Hands out the lines of a file in bundles. Throws BackupError for another key, a damaged file or one cut short. */
export async function readLines(
  path: string,
  key: KeyObject,
  take: (lines: Line[]) => Promise<void> | void,
): Promise<void> {
  if (!existsSync(path)) throw new BackupError(`Die Datei ${path} gibt es nicht.`)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const parse = (texts: string[]) => {
    try {
      return texts.map((text) => JSON.parse(text) as Line)
    } catch {
      throw damaged(path)
    }
  }
  try {
    await pipeline(createReadStream(path), decryptWith(key), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const chunk of source) {
        const texts = (rest + decoder.write(chunk)).split('\n')
        rest = texts.pop() ?? ''
        if (texts.length > 0) await take(parse(texts))
      }
    })
  } catch (error) {
    throw sentenceOf(path, error)
  }
  if (rest !== '') throw damaged(path)
}

export type Head = Extract<Line, { kind: string }>

/** Reads a file from beginning to end, keeps nothing, and says whether it is whole: what begins must end as counted. */
export async function inspect(path: string, key: KeyObject, kind: Head['kind']): Promise<Head> {
  let head: Head | undefined
  let at: string | undefined
  let inTable = 0
  let all = 0
  let whole = false
  await readLines(path, key, (lines) => {
    for (const line of lines) {
      if (Array.isArray(line)) inTable += 1
      else if ('kind' in line) head = line
      else if ('table' in line) [at, inTable] = [line.table, 0]
      else if ('end' in line) {
        if (line.end !== at || line.count !== inTable) throw damaged(path)
        all += inTable
      } else if ('foot' in line) whole = line.rows === all
    }
  })
  if (!head || !whole) throw damaged(path)
  if (head.kind !== kind || head.version !== 1)
    throw new BackupError(
      `Die Datei ${path} ist nicht, was hier gebraucht wird (${head.kind}). Es wurde nichts verändert.`,
    )
  return head
}
