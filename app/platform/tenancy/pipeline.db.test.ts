import { sql } from 'kysely'
import { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { record } from '#platform/audit/index.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { statement, type TenantTx } from './index.ts'
import { Pipelined } from './pipeline.ts'

let towns: Towns
beforeAll(async () => {
  towns = await foundTowns()
})
afterAll(() => towns.end())

const where = async (tx: TenantTx) =>
  (await sql<{ at: string }>`select current_setting('app.municipality') as at`.execute(tx.db)).rows[0]?.at
const number = async (tx: TenantTx, n: number) =>
  (await sql<{ n: number }>`select ${n}::int as n`.execute(tx.db)).rows[0]?.n

test('statements that are under way together get each its own answer', async () => {
  const numbers = Array.from({ length: 200 }, (_, n) => n)
  expect(await towns.at((tx) => Promise.all(numbers.map((n) => number(tx, n))))).toEqual(numbers)
})

test('one of them fails: nothing is kept, and the connection serves on', async () => {
  const set = (tx: TenantTx) => sql`update platform.municipality_key set wrapped = wrapped`.execute(tx.db)
  const wrong = towns.at((tx) =>
    Promise.all([number(tx, 1), sql`select 1 / 0`.execute(tx.db), set(tx).catch(() => undefined), number(tx, 2)]),
  )
  await expect(wrong).rejects.toThrow('division by zero')
  expect(await towns.at((tx) => number(tx, 3))).toBe(3)
})

test('whoever goes on after the end is refused, and does not land in the next transaction of that connection', async () => {
  let late: Promise<unknown> | undefined
  await towns
    .at(async (tx) => {
      const slow = async () => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return where(tx)
      }
      late = slow().catch((error: unknown) => error)
      throw new Error('changed my mind')
    })
    .catch(() => undefined)
  const [, said] = await Promise.all([towns.at((tx) => number(tx, 1)), late])
  expect(said).toMatchObject({ message: expect.stringContaining('after the end of its transaction') })
})

test('work that nobody waits for is done before the commit; when it fails, nothing is kept', async () => {
  await towns.at(async (tx) => tx.underWay(record(tx, 'probed', 'kept:1')))
  const failing = towns.at(async (tx) => {
    await record(tx, 'probed', 'lost:1')
    tx.underWay(sql`select 1 / 0`.execute(tx.db))
    return 'done'
  })
  await expect(failing).rejects.toThrow('division by zero')
  expect(await towns.at((tx) => things(tx, 'probed'))).toEqual([{ thing: 'kept:1' }])
})

test('what is to happen after the commit finds it done, and does not happen after a roll back', async () => {
  const said: string[] = []
  await towns.at(async (tx) => {
    tx.onCommit(() => said.push('kept'))
    await record(tx, 'probed', 'kept:2')
    expect(said).toEqual([])
  })
  const failing = towns.at(async (tx) => {
    tx.onCommit(() => said.push('lost'))
    throw new Error('changed my mind')
  })
  await expect(failing).rejects.toThrow('changed my mind')
  expect(said).toEqual(['kept'])
})

const things = statement((db, verb: string) =>
  db.selectFrom('platform.audit_entry').select('thing').where('verb', '=', verb),
)

test('a statement made once takes other values each time, also the same value twice', async () => {
  const twice = statement((db, n: number) =>
    db.selectNoFrom([
      sql<number>`${n}::int`.as('one'),
      sql<number>`${n}::int + 1`.as('next'),
      sql<string>`'x'`.as('x'),
    ]),
  )
  const both = towns.at((tx) => Promise.all([twice(tx, 1), twice(tx, 41)]))
  expect(await both).toEqual([[{ one: 1, next: 2, x: 'x' }], [{ one: 41, next: 42, x: 'x' }]])
})

test('an opening that fails commits nothing, though statements were sent behind it', async () => {
  const pool = new Pool({ ...towns.database.config, max: 1, pipeline: true })
  const pipelined = new Pipelined(pool)
  await sql`create table public.probe (one int)`.execute(pipelined.db)
  const wrong = pipelined.transaction('begin; select no_such_function()', (db) =>
    sql`insert into public.probe values (1)`.execute(db).catch(() => 'heard'),
  )
  await expect(wrong).rejects.toThrow('no_such_function')
  expect((await sql`select * from public.probe`.execute(pipelined.db)).rows).toEqual([])
  await pipelined.db.destroy()
})
