import { Client, type ClientConfig } from 'pg'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { closeTables } from './closing.ts'

interface Migration {
  readonly name: string
  readonly sql: string
}

/** All slices' migrations in one order by timestamp. `root` is the folder that holds `app`. */
export function migrationsOf(root: string): Migration[] {
  return globSync('app/**/migrations/*.sql', { cwd: root })
    .map((file) => ({ name: basename(file, '.sql'), sql: readFileSync(join(root, file), 'utf8') }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Brings the database to the newest state, each migration in a transaction of its own, as the owner role.
 * Returns the names of those that ran.
 */
export async function migrate(owner: ClientConfig, migrations: Migration[]): Promise<string[]> {
  const client = new Client(owner)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(4711002)')
    await client.query(`set app.upkeep = 'on'`)
    await client.query('create schema if not exists migration')
    await client.query(
      'create table if not exists migration.done (name text primary key, at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ name: string }>('select name from migration.done')
    const done = new Set(rows.map((row) => row.name))
    const pending = migrations.filter(({ name }) => !done.has(name))
    for (const { name, sql } of pending) {
      try {
        await client.query('begin')
        await client.query(sql)
        await client.query('insert into migration.done (name) values ($1)', [name])
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw new Error(`Die Datenbankänderung ${name} ist gescheitert: ${(error as Error).message}`, { cause: error })
      }
    }
    if (pending.length > 0) await closeTables(client)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}
