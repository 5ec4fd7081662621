import { Client, escapeIdentifier as quote, type ClientConfig } from 'pg'
import { dirname, join } from 'node:path'
import { recoveryKey, type Installation } from '../crypto/index.ts'
import { discard, settle, writeLines, type Head, type Line, type Value } from './file.ts'
import { migrationsDone, quoted, travelling } from './tables.ts'

export interface BackupOptions {
  readonly backup: ClientConfig
  readonly owner: ClientConfig
  readonly installation: Installation
  readonly now?: Date
}

export interface Written {
  readonly file: string
  readonly keys: string
  readonly rows: number
  readonly tables: number
}

/**
 * One file of keys for each folder and installation: a new one takes the place of the old one, so that no copy of a
 * destroyed key stays behind.
 */
export const keysFileFor = (file: string, { fingerprint }: Pick<Installation, 'fingerprint'>): string =>
  join(dirname(file), `besonnen-${fingerprint}.keys`)

const perFetch = 500

/** All rows of a query in bundles, as text, through a cursor: memory does not grow with the table. */
async function* rowsOf(client: Client, query: string): AsyncGenerator<Value[][]> {
  await client.query(`declare travelling no scroll cursor for ${query}`)
  for (;;) {
    const { rows } = await client.query<Value[]>({ text: `fetch ${perFetch} from travelling`, rowMode: 'array' })
    if (rows.length > 0) yield rows
    if (rows.length < perFetch) break
  }
  await client.query('close travelling')
}

interface Part {
  readonly table: string
  readonly columns: readonly string[]
}

async function* linesOf(
  client: Client,
  head: Head,
  parts: readonly Part[],
  counted: (rows: number) => void,
): AsyncGenerator<Line[]> {
  yield [head]
  let all = 0
  for (const { table, columns } of parts) {
    yield [{ table, columns }]
    let count = 0
    const query = `select ${columns.map((column) => `${quote(column)}::text`).join(', ')} from ${quoted(table)}`
    for await (const rows of rowsOf(client, query)) {
      count += rows.length
      yield rows
    }
    yield [{ end: table, count }]
    all += count
  }
  counted(all)
  yield [{ foot: true, rows: all }]
}

const keyParts: readonly Part[] = [
  { table: 'platform.municipality_key', columns: ['municipality_id', 'wrapped'] },
  { table: 'platform.record_key', columns: ['municipality_id', 'id', 'wrapped'] },
  {
    table: 'platform.deletion_proof',
    columns: ['municipality_id', 'key_id', 'class', 'kind', 'record_id', 'destroyed_on', 'quiet'],
  },
]

async function done(owner: ClientConfig): Promise<string[]> {
  const client = new Client(owner)
  await client.connect()
  return migrationsDone(client).finally(() => client.end())
}

/**
 * Writes everything, as it stands at one moment, encrypted to the recovery key; the wrapped keys go into a file of their
 * own. The program may go on working. Killed half way, it leaves the files of before.
 */
export async function backUp(file: string, options: BackupOptions): Promise<Written> {
  const { installation } = options
  const keys = keysFileFor(file, installation)
  const { publicKey } = recoveryKey(installation.secret())
  const at = (options.now ?? new Date()).toISOString()
  const migrations = await done(options.owner)
  const head = { version: 1, at, installation: installation.fingerprint, migrations } as const
  const client = new Client(options.backup)
  await client.connect()
  try {
    await client.query(`begin isolation level repeatable read read only; set local app.upkeep = 'on';
      set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local bytea_output = 'hex'`)
    const tables = await travelling(client)
    const parts = tables.map(({ name, columns }) => ({ table: name, columns: columns.map((column) => column.name) }))
    let rows = 0
    await writeLines(
      keys,
      publicKey,
      linesOf(client, { kind: 'keys', ...head }, keyParts, () => undefined),
    )
    await writeLines(
      file,
      publicKey,
      linesOf(client, { kind: 'data', ...head }, parts, (count) => (rows = count)),
    )
    await client.query('commit')
    // The keys first: with an older backup newer keys are right, the other way round they would be wrong.
    await settle(keys)
    await settle(file)
    return { file, keys, rows, tables: parts.length }
  } catch (error) {
    await Promise.all([discard(keys), discard(file)])
    throw error
  } finally {
    await client.end()
  }
}
