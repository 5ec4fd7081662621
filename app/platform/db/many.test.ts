import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely'
import { expect, test } from 'vitest'
import { insertMany } from './many.ts'

const db = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (one) => new PostgresIntrospector(one),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
const columns = { id: 'uuid', wrapped: 'bytea', destroy_on: 'date' } as const
const key = (n: number) => ({ id: String(n), wrapped: Buffer.from([n]), destroy_on: n === 1 ? null : '2026-12-01' })
const made = (count: number) =>
  insertMany(
    'platform.record_key',
    columns,
    Array.from({ length: count }, (_, n) => key(n)),
    sql`on conflict do nothing`,
  ).compile(db)

test('one text for any number of rows, one array for each column in its order', () => {
  expect(made(300).sql).toBe(made(2).sql)
  expect(made(2).sql).toContain('"platform"."record_key" ("id", "wrapped", "destroy_on")')
  expect(made(2).sql).toMatch(/unnest\(\$1::uuid\[\], \$2::bytea\[\], \$3::date\[\]\) on conflict do nothing$/)
  expect(made(2).parameters).toEqual([
    ['0', '1'],
    [Buffer.from([0]), Buffer.from([1])],
    ['2026-12-01', null],
  ])
})
