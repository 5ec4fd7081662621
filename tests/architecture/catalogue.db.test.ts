import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { assertBound } from '#platform/db/roles.ts'
import type { FreshDatabase } from '../support/database.ts'
import { foundTowns, type Towns } from '../support/town.ts'
import { foreignSchemas, sharedTables } from './shared-tables.ts'

/* What the database itself says about the protection it gives: each list must be empty. */
let towns: Towns
let database: FreshDatabase
let client: Client
beforeAll(async () => {
  towns = await foundTowns()
  await towns.appoint('coordination')
  database = towns.database
  client = new Client(database.config)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await towns.end()
})

const ours = `n.nspname <> all ($1::text[]) and n.nspname || '.' || c.relname <> all ($2::text[])`
const names = async (sql: string): Promise<string[]> =>
  (await client.query<{ name: string }>(sql, [foreignSchemas, Object.keys(sharedTables)])).rows.map(({ name }) => name)

test('there are tables to look at', async () => {
  expect(
    (
      await names(
        `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours}`,
      )
    ).length,
  ).toBeGreaterThan(15)
})

test('every table forces row-level security', async () => {
  expect(
    await names(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} and not (c.relrowsecurity and c.relforcerowsecurity)`,
    ),
  ).toEqual([])
})

test('every table has the tenant policy', async () => {
  expect(
    await names(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant' and p.polpermissive)`,
    ),
  ).toEqual([])
})

test('every unique index begins with the municipality', async () => {
  expect(
    await names(`select n.nspname || '.' || i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid join pg_namespace n on n.oid = c.relnamespace
      where x.indisunique and c.relkind in ('r', 'p') and ${ours} and (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum = x.indkey[0]) is distinct from 'municipality_id'`),
  ).toEqual([])
})

test('every foreign key between tenant tables carries the municipality', async () => {
  expect(
    await names(`select n.nspname || '.' || f.conname as name from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
      where f.contype = 'f' and ${ours} and f.confrelid <> 'platform.municipality'::regclass
        and not exists (select 1 from pg_attribute a where a.attrelid = f.conrelid and a.attnum = any (f.conkey) and a.attname = 'municipality_id')`),
  ).toEqual([])
})

test('no view shows rows with the rights of its owner', async () => {
  expect(
    await names(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'v' and ${ours} and not coalesce(c.reloptions::text like '%security_invoker=true%', false)`,
    ),
  ).toEqual([])
})

test('no definer function can be led astray by a search path, and none is open to everybody', async () => {
  expect(
    await names(`select n.nspname || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace join lateral (select $2::text[]) as unused on true
      where p.prosecdef and n.nspname <> all (array_remove($1::text[], 'jobs')) and (not coalesce(p.proconfig::text like '%search_path=%', false) or has_function_privilege('public', p.oid, 'execute'))`),
  ).toEqual([])
})

test('the logins of the program own nothing they read and are not above row-level security', async () => {
  await expect(assertBound(asRole(database.config, database.name, 'app'))).resolves.toBeUndefined()
  const { rows } = await client.query(
    `select rolname from pg_roles where rolname like 'besonnen_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  )
  expect(rows).toEqual([])
})

test('without a municipality nothing is to be seen', async () => {
  expect((await client.query('select 1 from auth.person')).rows).not.toEqual([])
  const app = new Client(asRole(database.config, database.name, 'app'))
  await app.connect()
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and ${ours} and has_table_privilege('besonnen_app', c.oid, 'select')`,
    [foreignSchemas, Object.keys(sharedTables)],
  )
  expect(rows.length).toBeGreaterThan(15)
  for (const { name } of rows)
    expect({ name, rows: (await app.query(`select * from ${name}`)).rows }).toEqual({ name, rows: [] })
  await app.end()
})
