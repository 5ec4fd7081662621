import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, type PoolConfig } from 'pg'
import { expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { plannedAnew, preparing } from './prepared.ts'

/** The pool says that it has ended before its connection has: what the dropped database still says is nobody's fault. */
const onlyOne = (config: PoolConfig) => new Pool({ ...config, max: 1 }).on('error', () => undefined)

test('statements are prepared once; after a migration only the connection is lost, not the program', async () => {
  const database = await freshDatabase()
  const pool = onlyOne(database.config)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  try {
    await sql`create table public.probe (one int)`.execute(db)
    const read = async () => (await sql`select * from public.probe where one = ${1}`.execute(db)).rows
    for (const _ of [1, 2, 3]) await read()
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from pg_prepared_statements`.execute(db)
    expect(rows[0]?.count).toBe(1)

    await sql`alter table public.probe add column two int default 2`.execute(db)
    await sql`insert into public.probe values (1)`.execute(db)
    await expect(read()).rejects.toThrow(/cached plan/u)
    expect(await read()).toEqual([{ one: 1, two: 2 }])
  } finally {
    await db.destroy()
    await database.drop()
  }
})

test('a statement is planned once, whatever its values; only one that asks for it is planned by them', async () => {
  const database = await freshDatabase()
  const pool = onlyOne(asRole(database.config, database.name, 'app'))
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  try {
    for (const code of ['de', 'en', 'tr']) await sql`select 1 where 'de' = ${code}`.execute(db)
    const { rows } = await sql<object>`select generic_plans::int as once, custom_plans::int as anew
      from pg_prepared_statements where statement like '%''de'' =%'`.execute(db)
    expect(rows).toEqual([{ once: 3, anew: 0 }])
    const mode = async (on: typeof db) => (await sql`show plan_cache_mode`.execute(on)).rows
    await db.transaction().execute(async (tx) => {
      await sql`select 1 where ${sql.raw(plannedAnew)} 'de' = ${'en'}`.execute(tx)
      expect(await mode(tx)).toEqual([{ plan_cache_mode: 'force_custom_plan' }])
    })
    expect(await mode(db)).toEqual([{ plan_cache_mode: 'force_generic_plan' }])
  } finally {
    await db.destroy()
    await database.drop()
  }
})
