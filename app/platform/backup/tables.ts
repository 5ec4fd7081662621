import { escapeIdentifier as quote, type ClientBase } from 'pg'

export interface Column {
  readonly name: string
  /** As PostgreSQL names it in a cast. */
  readonly type: string
}

/** A table that travels with a backup. */
export interface Travelling {
  /** `schema.table` */
  readonly name: string
  readonly columns: readonly Column[]
}

/** Schemas that are made anew where a backup is brought back: the list of migrations and the queue. */
const foreign = ['pg_catalog', 'information_schema', 'pg_toast', 'migration', 'graphile_worker', 'jobs']

/** Opened with the newest keys only, so these go into the file of keys. */
const withKeys = ['platform.municipality_key', 'platform.record_key.wrapped']

/**
 * The tables of a backup with the columns that are not computed, in the order of their names. Left out: unlogged ones,
 * wrapped keys, and those whose column municipality_id says `stays` (what lives in one browser or one hour).
 */
export async function travelling(client: ClientBase): Promise<Travelling[]> {
  const { rows } = await client.query<{ name: string; columns: Column[] }>(
    `select n.nspname || '.' || c.relname as name,
            json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname <> all ($1)
        and n.nspname || '.' || c.relname || '.' || a.attname <> all ($2) and n.nspname || '.' || c.relname <> all ($2)
        and not exists (select from pg_attribute m where m.attrelid = c.oid and m.attname = 'municipality_id'
                           and col_description(c.oid, m.attnum) like 'stays%')
      group by 1 order by 1`,
    [foreign, withKeys],
  )
  return rows
}

/** `schema.table` as an identifier. */
export const quoted = (name: string): string => name.split('.').map(quote).join('.')

export interface ForeignKey {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** All foreign keys between tables of the program. */
export async function foreignKeys(client: ClientBase): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select n.nspname || '.' || c.relname as table, f.conname as name, pg_get_constraintdef(f.oid) as definition
       from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
      where f.contype = 'f' and n.nspname <> all ($1) order by 1, 2`,
    [foreign],
  )
  return rows
}

/** Names of the migrations that have run, in their order. As the owner role. */
export async function migrationsDone(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration.done order by name')
  return rows.map(({ name }) => name)
}
