import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '#tests/support/database.ts'
import { preparing } from './prepared.ts'

test('statements are prepared once; after a migration only the connection is lost, not the program', async () => {
  const database = await freshDatabase()
  const pool = new Pool({ ...database.config, max: 1 })
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
