import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { asRole } from '#platform/db/prepare.ts'
import { silentLog } from '#platform/log/index.ts'
import { addKey } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { readHeads, record, recordReading, Sealer, verifyAudit, type Finding } from './index.ts'

let towns: Towns
let sealer: Sealer
let headsFile: string
const ended: (() => Promise<void>)[] = []

beforeEach(async () => {
  towns = await foundTowns(new Date('2026-11-23T13:37:42Z'))
  headsFile = join(mkdtempSync(join(tmpdir(), 'besonnen-heads-')), 'audit-heads.jsonl')
  const seal = asRole(towns.database.config, towns.database.name, 'seal')
  sealer = new Sealer({ seal, headsFile, log: silentLog, now: () => towns.clock.now })
  const { end } = towns
  const one = sealer
  ended.push(async () => {
    await one.stop()
    await end()
  })
})
afterAll(async () => {
  for (const end of ended) await end()
})

const write = (n: number, who = program) =>
  towns.at(async (tx) => {
    for (let i = 0; i < n; i++) await record(tx, 'tried', `thing:${i}`)
  }, who)
const verify = (): Promise<Finding[]> => towns.at((tx) => verifyAudit(tx, readHeads(headsFile)), program)

/** As the superuser: what somebody could do who holds the whole database. */
async function tamper(sql: string): Promise<void> {
  const client = new Client(towns.database.config)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

test('sealed and left alone, everything fits', async () => {
  await write(5)
  await sealer.sealAll()
  await write(3)
  await sealer.sealAll()
  expect(await verify()).toEqual([])
  expect(
    readHeads(headsFile)
      .filter(({ lane, municipality }) => lane === 'staff' && municipality === towns.city)
      .map(({ number }) => number)
      .toSorted(),
  ).toEqual([1, 2])
})

const one = `(select id from platform.audit_entry where verb = 'tried' limit 1)`
test.each([
  ['who', `update platform.audit_entry set who = 'x' where id = ${one}`, 'entry-changed'],
  ['verb', `update platform.audit_entry set verb = 'x' where id = ${one}`, 'entry-changed'],
  ['thing', `update platform.audit_entry set thing = 'x' where id = ${one}`, 'entry-changed'],
  ['time', `update platform.audit_entry set at = at + interval '1 second' where id = ${one}`, 'entry-changed'],
  ['lane', `update platform.audit_entry set lane = 'public' where id = ${one}`, 'entry-changed'],
  ['an entry taken out', `delete from platform.audit_entry where id = ${one}`, 'entries-missing'],
  ['the newest seal cut off', `delete from platform.audit_seal where number = 2 and lane = 'staff'`, 'seals-missing'],
  [
    'a seal made anew',
    `update platform.audit_seal set hash = sha256('x') where number = 2 and lane = 'staff'`,
    'seal-broken',
  ],
  [
    'two macs swapped',
    `update platform.audit_entry e set mac = o.mac from platform.audit_entry o where e.verb = 'tried' and o.verb = 'tried' and o.id = (select max(id::text)::uuid from platform.audit_entry where verb = 'tried') and e.id = (select min(id::text)::uuid from platform.audit_entry where verb = 'tried')`,
    'entry-changed',
  ],
])('%s: found', async (_, sql, kind) => {
  await write(4)
  await sealer.sealAll()
  await write(4)
  await sealer.sealAll()
  await tamper(sql)
  expect((await verify()).map((finding) => finding.kind)).toContain(kind)
})

const forged = `update platform.audit_entry set who = 'x', detail = null, detail_key = gen_random_uuid() where id = ${one}`

test('an entry cannot be changed under the pretext that its detail was destroyed', async () => {
  await write(2)
  await sealer.sealAll()
  await tamper(forged)
  expect((await verify()).map((finding) => finding.kind)).toEqual(['entry-changed'])
})

test('a detail may be destroyed with its key, and only with its key', async () => {
  const key = await towns.at(async (tx) => {
    const made = await addKey(tx, 'case', crypto.randomUUID())
    await record(tx, 'tried', 'thing:1', { text: 'Einzelheit', key: made })
    return made.id
  }, program)
  await sealer.sealAll()
  await tamper(`update platform.audit_entry set detail = null where detail is not null`)
  expect((await verify()).map((finding) => finding.kind)).toEqual(['entry-changed'])
  await tamper(`delete from platform.record_key where id = '${key}'`)
  expect(await verify()).toEqual([])
})

test('a chain cut off is not sealed over: the evidence stays', async () => {
  await write(2)
  await sealer.sealAll()
  await write(2)
  await sealer.sealAll()
  await tamper(`delete from platform.audit_entry where seal = 2; delete from platform.audit_seal where number = 2`)
  await write(2)
  await sealer.sealAll()
  expect((await verify()).map((finding) => finding.kind)).toEqual(['seals-missing'])
})

test('reading a list waits for no disk', async () => {
  const setting = await towns.at(async (tx) => {
    await recordReading(tx, 'listed', 'things')
    return (await sql<{ is: string }>`select current_setting('synchronous_commit') as is`.execute(tx.db)).rows[0]?.is
  }, program)
  expect(setting).toBe('off')
})

test.each(['2026-11-23T23:30:00Z', '2026-07-01T22:30:00Z'])(
  'what a resident did at half past midnight (%s) is not sealed that night',
  async (at) => {
    towns.clock.now = new Date(at)
    await write(1, { kind: 'public' })
    await sealer.sealAll()
    expect(readHeads(headsFile).filter(({ lane }) => lane === 'public')).toEqual([])
  },
)

test('eight writers at once while it seals: nothing is lost, nothing waits', async () => {
  const sealing = (async () => {
    for (let i = 0; i < 10; i++) await sealer.sealAll()
  })()
  await Promise.all(Array.from({ length: 8 }, () => write(20)))
  await sealing
  await sealer.sealAll()
  expect(await verify()).toEqual([])
  const { count } = await towns.at(
    (tx) =>
      tx.db
        .selectFrom('platform.audit_entry')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('verb', '=', 'tried')
        .where('seal', 'is not', null)
        .executeTakeFirstOrThrow(),
    program,
  )
  expect(count).toBe(160)
})

test('what residents did is sealed a day later, so that no seal tells its time', async () => {
  await write(2, { kind: 'public' })
  await sealer.sealAll()
  expect(readHeads(headsFile).filter(({ lane }) => lane === 'public')).toEqual([])
  towns.clock.now = new Date('2026-11-24T00:05:00+01:00')
  await sealer.sealAll()
  expect(
    readHeads(headsFile)
      .filter(({ lane }) => lane === 'public')
      .map(({ number }) => number),
  ).toEqual([1])
  expect(await verify()).toEqual([])
})

test('the app role can neither change nor remove an entry', async () => {
  await write(1)
  await expect(
    towns.at((tx) => tx.db.updateTable('platform.audit_entry').set({ verb: 'x' }).execute(), program),
  ).rejects.toThrow(/permission denied/)
  await expect(towns.at((tx) => tx.db.deleteFrom('platform.audit_entry').execute(), program)).rejects.toThrow(
    /permission denied/,
  )
})
