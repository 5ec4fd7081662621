import { Client, escapeIdentifier as quote, type ClientConfig } from 'pg'
import type { KeyObject } from 'node:crypto'
import { recoveryKey, type Installation } from '../crypto/index.ts'
import { BackupError, inspect, readLines, type Head, type Value } from './file.ts'
import { foreignKeys, migrationsDone, quoted, travelling, type ForeignKey, type Travelling } from './tables.ts'
import { keysFileFor } from './write.ts'

export interface RestoreOptions {
  readonly installation: Installation
  /** The newest file of keys; by default the one beside the backup. */
  readonly keys?: string
  /** Brings an empty database to the state of the backup, exactly these migrations; gives its owner's login. */
  readonly prepare: (migrations: readonly string[]) => Promise<ClientConfig>
}

export interface Restored {
  readonly at: string
  readonly rows: number
  /** Keys that were destroyed after the backup was made, and stay so. */
  readonly gone: number
}

interface Source {
  readonly file: string
  readonly keys: string
  readonly privateKey: KeyObject
}

export const notEmpty =
  'Hier gibt es schon Daten. Eine Sicherung wird nur in einen leeren Datenordner oder eine leere Datenbank zurückgespielt. Es wurde nichts verändert.'

const perInsert = 500

/** Everything is read once before the first change: what is half or foreign is refused here. */
async function check({ file, keys, privateKey }: Source, installation: Installation): Promise<Head> {
  const head = await inspect(file, privateKey, 'data')
  const keysHead = await inspect(keys, privateKey, 'keys')
  if (head.installation !== installation.fingerprint || keysHead.installation !== installation.fingerprint)
    throw new BackupError('Die Sicherung gehört zu einer anderen Installation. Es wurde nichts verändert.')
  if (keysHead.at < head.at)
    throw new BackupError(
      `Die Datei ${keys} ist älter als die Sicherung. Bitte legen Sie die neueste Datei mit den Schlüsseln daneben. Es wurde nichts verändert.`,
    )
  return head
}

async function assertEmpty(client: Client, head: Head): Promise<void> {
  const { rows } = await client.query('select 1 from platform.municipality limit 1')
  if (rows.length > 0) throw new BackupError(notEmpty)
  const here = await migrationsDone(client)
  if (JSON.stringify(here) !== JSON.stringify([...head.migrations].toSorted()))
    throw new BackupError(
      'Die Sicherung stammt aus einem anderen Stand des Programms als diese leere Datenbank. Bitte nehmen Sie einen Ordner, in dem noch nichts liegt, oder den Stand der Sicherung. Es wurde nichts verändert.',
    )
}

/** Rows come in no order that foreign keys would accept, and triggers have done their work before. */
async function openUp(client: Client, tables: readonly Travelling[]): Promise<ForeignKey[]> {
  const keys = await foreignKeys(client)
  for (const { table, name } of keys) await client.query(`alter table ${quoted(table)} drop constraint ${quote(name)}`)
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`)
  return keys
}

async function closeAgain(client: Client, tables: readonly Travelling[], keys: readonly ForeignKey[]): Promise<void> {
  for (const { name } of tables) await client.query(`alter table ${quoted(name)} enable trigger user`)
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${quoted(table)} add constraint ${quote(name)} ${definition}`)
}

type Insert = (rows: readonly (readonly Value[])[]) => Promise<void>

/** One statement for a bundle of rows: an array of texts per column, each cast to the column's type. */
function insertInto(client: Client, into: string, types: readonly string[], columns: readonly string[]): Insert {
  const places = columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  const names = columns.map((_, index) => `v${index}`)
  const values = names.map((name, index) => `${name}::${types[index]}`).join(', ')
  const sql = `insert into ${into} (${columns.map(quote).join(', ')}) select ${values} from unnest(${places}) as v (${names.join(', ')})`
  return async (rows) => {
    for (let at = 0; at < rows.length; at += perInsert) {
      const some = rows.slice(at, at + perInsert)
      await client.query(
        sql,
        columns.map((_, index) => some.map((row) => row[index] ?? null)),
      )
    }
  }
}

/** Hands the rows of each table to the insert that `insertFor` gives for it. */
async function pour(
  path: string,
  key: KeyObject,
  insertFor: (table: string, columns: readonly string[]) => Insert,
): Promise<number> {
  let insert: Insert | undefined
  let all = 0
  await readLines(path, key, async (lines) => {
    let waiting: (readonly Value[])[] = []
    const flush = async () => {
      if (waiting.length > 0) await insert!(waiting)
      all += waiting.length
      waiting = []
    }
    for (const line of lines) {
      if (Array.isArray(line)) waiting.push(line)
      else if ('table' in line) insert = insertFor(line.table, line.columns)
      else if ('end' in line) await flush()
    }
    await flush()
  })
  return all
}

/** Wrapped keys stand in a table of their own until they are joined with what the backup knows of them. */
const staging = `
  create temporary table new_key (municipality_id int, id uuid, class text, record_id uuid, destroy_on date, held boolean) on commit drop;
  create temporary table new_wrapped (municipality_id int, id uuid, wrapped bytea) on commit drop;
  create temporary table new_municipality_key (municipality_id int, wrapped bytea) on commit drop;
  create temporary table new_proof (municipality_id int, key_id uuid, class text, kind text, record_id uuid, destroyed_on date, quiet boolean) on commit drop`

const stagedAs: Record<string, string> = {
  'platform.record_key': 'new_wrapped',
  'platform.municipality_key': 'new_municipality_key',
  'platform.deletion_proof': 'new_proof',
}
const stagedTypes: Record<string, string> = {
  municipality_id: 'int',
  wrapped: 'bytea',
  destroyed_on: 'date',
  quiet: 'boolean',
  class: 'text',
  kind: 'text',
}

/**
 * Any backup goes with the newest keys: a key that is in the backup but no longer among them was destroyed since, and a
 * proof must say so. Returns how many.
 */
async function joinKeys(client: Client): Promise<number> {
  await client.query(`
    insert into platform.municipality_key (municipality_id, wrapped)
      select k.municipality_id, k.wrapped from new_municipality_key k join platform.municipality m on m.id = k.municipality_id;
    insert into platform.record_key (municipality_id, id, class, record_id, wrapped, destroy_on, held)
      select k.municipality_id, k.id, k.class, k.record_id, w.wrapped, k.destroy_on, k.held
        from new_key k join new_wrapped w on w.municipality_id = k.municipality_id and w.id = k.id;
    insert into platform.deletion_proof (municipality_id, key_id, class, kind, record_id, destroyed_on, quiet, cleared)
      select p.municipality_id, p.key_id, p.class, p.kind, p.record_id, p.destroyed_on, p.quiet, false
        from new_proof p join platform.municipality m on m.id = p.municipality_id
      on conflict do nothing`)
  const { rows } = await client.query<{ gone: number; lost: number }>(`
    select (count(*) filter (where p.key_id is not null))::int as gone, (count(*) filter (where p.key_id is null))::int as lost
      from new_key k
      left join new_wrapped w on w.municipality_id = k.municipality_id and w.id = k.id
      left join new_proof p on p.municipality_id = k.municipality_id and p.key_id = k.id
     where w.id is null`)
  const { gone, lost } = rows[0]!
  if (lost > 0)
    throw new BackupError(
      `In der Datei mit den Schlüsseln fehlen ${lost}, ohne dass ein Nachweis über ihre Löschung vorliegt. Bitte nehmen Sie die neueste. Es wurde nichts verändert.`,
    )
  return gone
}

/** Numbers that the database gives out itself go on after the highest that came back. */
const numbersGoOn = `select setval(pg_get_serial_sequence('platform.municipality', 'id'), (select max(id) from platform.municipality))`

async function load(client: Client, { file, keys, privateKey }: Source): Promise<{ rows: number; gone: number }> {
  const tables = await travelling(client)
  const constraints = await openUp(client, tables)
  await client.query(staging)
  const typesOf = new Map(
    tables.map(({ name, columns }) => [name, new Map(columns.map((column) => [column.name, column.type]))]),
  )
  const rows = await pour(file, privateKey, (table, columns) => {
    const types = columns.map((column) => typesOf.get(table)?.get(column))
    if (types.includes(undefined))
      throw new BackupError(
        `Die Sicherung kennt eine Tabelle anders als dieses Programm (${table}). Es wurde nichts verändert.`,
      )
    const into = table === 'platform.record_key' ? 'new_key' : quoted(table)
    return insertInto(client, into, types as string[], columns)
  })
  await pour(keys, privateKey, (table, columns) =>
    insertInto(
      client,
      stagedAs[table] ?? '',
      columns.map((column) => stagedTypes[column] ?? 'uuid'),
      columns,
    ),
  )
  const gone = await joinKeys(client)
  await closeAgain(client, tables, constraints)
  await client.query(numbersGoOn)
  return { rows, gone }
}

/**
 * Brings a backup back into an empty database, with the newest keys: what was destroyed since stays destroyed. One
 * transaction: it is there as a whole or not at all. Throws BackupError with a sentence; then nothing has changed.
 */
export async function restoreFrom(file: string, options: RestoreOptions): Promise<Restored> {
  const { installation } = options
  const { privateKey } = recoveryKey(installation.secret())
  const source = { file, keys: options.keys ?? keysFileFor(file, installation), privateKey }
  const head = await check(source, installation)
  const client = new Client(await options.prepare(head.migrations))
  await client.connect()
  try {
    await client.query(
      `begin; set local app.upkeep = 'on'; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'`,
    )
    await assertEmpty(client, head)
    const { rows, gone } = await load(client, source)
    await client.query('commit')
    return { at: head.at, rows, gone }
  } finally {
    await client.end()
  }
}
