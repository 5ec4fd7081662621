import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { setHold } from '#platform/retention/index.ts'
import { addKey } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { checkData } from './index.ts'

let towns: Towns
let client: Client
beforeAll(async () => {
  towns = await foundTowns()
  client = new Client(towns.database.config)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await towns.end()
})

const found = () => checkData(asRole(towns.database.config, towns.database.name, 'owner'), towns.tenants)
const send = (more: object = {}) =>
  towns.at((tx) => receiveReport(tx, newReport.parse({ observed: 'Streit', area: 'altstadt', ...more })))

test('sound data: nothing is found, whatever kind of key a value is sealed under', async () => {
  const who = await towns.appoint('coordination')
  await send({ anonymity: 'office', contact: '0211 1', notice: 'a@example.org', notVisibleTo: ['Frau X'] })
  const { id } = await send()
  await towns.at(async (tx) => {
    const { content_key } = await tx.db
      .selectFrom('intake.report')
      .select('content_key')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await setHold(tx, { kind: 'report', record: id, contentKey: content_key, reason: 'Klage' })
  }, who)
  expect(await found()).toEqual([])
})

test('each kind of harm is one finding with its place and how many', async () => {
  const [one, two, three] = [await send(), await send(), await send()]
  const row = `(select observed from intake.report where id = '${two.id}')`
  await client.query(`update intake.report set observed = ${row} where id = '${one.id}'`)
  await client.query(`delete from platform.record_key where record_id = '${three.id}'`)
  await towns.at((tx) => addKey(tx, 'report', crypto.randomUUID()), program)
  await client.query('alter table access.grant drop constraint grant_municipality_id_person_id_fkey')
  await client.query(
    `insert into access.grant values (99, gen_random_uuid(), gen_random_uuid(), 'handler', '2026-01-01', null, gen_random_uuid())`,
  )
  const city = { municipality: towns.city }
  expect((await found()).toSorted((a, b) => `${a.where} ${a.kind}`.localeCompare(`${b.where} ${b.kind}`))).toEqual([
    { kind: 'no-municipality', where: 'access.grant', count: 1 },
    { kind: 'no-key', where: 'intake.report.headline', count: 1, ...city },
    { kind: 'does-not-open', where: 'intake.report.observed', count: 1, ...city },
    { kind: 'no-key', where: 'intake.report.observed', count: 1, ...city },
    { kind: 'no-record', where: 'platform.record_key', count: 1, ...city },
  ])
  await client.query(`
    delete from access.grant where municipality_id = 99;
    alter table access.grant add constraint loose foreign key (municipality_id, person_id) references auth.person (municipality_id, id) not valid;
    alter table access.grant disable trigger all;
    insert into access.grant values (${towns.city}, gen_random_uuid(), gen_random_uuid(), 'handler', '2026-01-01', null, gen_random_uuid())`)
  expect(await found()).toContainEqual({ kind: 'points-nowhere', where: 'access.grant (loose)', count: 1 })
})
