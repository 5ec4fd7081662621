import { Client } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'
import { Sealer, record, verifyAudit } from '#platform/audit/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { silentLog } from '#platform/log/index.ts'
import { addKey, type TenantTx, type Who } from '#platform/tenancy/index.ts'
import { programOver } from '#tests/support/web.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { openCase } from '#work/cases/index.ts'
import { makeFindable, newReport, receiveReport } from '#work/intake/index.ts'
import { modelInForce, readersToExclude, readingsUntil, stepOfKind } from '#work/model/index.ts'
import { dateKeys, destroyedByMonth, destroyedOn, destroyRound, holdOn, liftHold, setHold } from './index.ts'

let towns: Towns
let coordinator: Who
const retained = retainedOf(slices)
const start = new Date('2026-11-23T13:37:42Z')

beforeAll(async () => {
  towns = await foundTowns(start)
  coordinator = await towns.appoint('coordination')
})
beforeEach(() => void (towns.clock.now = start))
afterAll(() => towns.end())

const shred = () => asRole(towns.database.config, towns.database.name, 'shred')
/** The two steps of the night before `day`. */
async function night(day: string): Promise<void> {
  towns.clock.now = new Date(`${day}T03:00:00Z`)
  await towns.at((tx) => dateKeys(tx, retained), program)
  await towns.at((tx) => destroyRound(tx, { shred: shred(), retained, readingsUntil }), program)
}
const send = (observed: string, more: object = {}) =>
  towns.at((tx) => receiveReport(tx, newReport.parse({ observed, area: 'altstadt', ...more })))
const rows = (tx: TenantTx, id: string) =>
  tx.db.selectFrom('intake.report').selectAll().where('id', '=', id).executeTakeFirst()
const keysOf = (id: string) =>
  towns.at(
    async (tx) =>
      (await tx.db.selectFrom('platform.record_key').select('class').where('record_id', '=', id).execute())
        .map((row) => row.class)
        .toSorted(),
    program,
  )
const newCase = () =>
  towns.at(async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    return openCase(tx, { matter: 'Streit', area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  }, program)
const close = (id: string, day: string | null) =>
  towns.at((tx) => tx.db.updateTable('cases.case').set({ closed_on: day }).where('id', '=', id).execute(), program)

test('a report that became nothing lives three months, to the day; then its mailbox is like one that never was', async () => {
  const { id, code } = await send('Streit am Brunnen')
  await towns.at((tx) => makeFindable(tx, id), program)
  await night('2027-02-22')
  expect(await keysOf(id)).toEqual(['report'])
  await night('2027-02-23')
  expect(await keysOf(id)).toEqual([])
  expect(await towns.at((tx) => rows(tx, id), program)).toBeUndefined()
  const tokens = (tx: TenantTx) => tx.db.selectFrom('search.token').selectAll().where('record_id', '=', id).execute()
  expect(await towns.at(tokens, program)).toEqual([])
  const app = programOver(towns)
  const ask = async (asked: string) => {
    const answer = await app.request('http://localhost/api/v1/lindenau/mailbox', {
      headers: { authorization: `Bearer ${asked}`, 'x-forwarded-for': '198.18.0.1' },
    })
    return [answer.status, await answer.text(), [...answer.headers].filter(([name]) => name !== 'date')]
  }
  expect(await ask(code)).toEqual(await ask('000000000000000097'))
  expect(await towns.at((tx) => destroyedOn(tx, 'report', id), coordinator)).toBe('2027-02-23')
  const figures = await towns.at((tx) => tx.db.selectFrom('intake.figure').selectAll().execute(), program)
  expect(figures).toMatchObject([{ month: '2026-11-01', area: 'altstadt', channel: 'web', ended_as: 'receive' }])
})

test('each proof stands or falls with its key: the round is one transaction, and only the shredder can destroy', async () => {
  const { id } = await send('Lärm im Hof')
  const app = (tx: TenantTx) => tx.db.deleteFrom('platform.record_key').where('record_id', '=', id).execute()
  await expect(towns.at(app, program)).rejects.toThrow(/permission denied/)
  const client = new Client(shred())
  await client.connect()
  await client.query(`select set_config('app.municipality', '${towns.city}', false)`)
  const destroy = () => client.query('delete from platform.record_key where record_id = $1', [id])
  expect((await destroy()).rowCount, 'not due').toBe(0)
  await expect(client.query(`update platform.record_key set destroy_on = '2020-01-01'`)).rejects.toThrow(/permission/)
  await expect(client.query('select * from intake.report')).rejects.toThrow(/permission/)
  await client.end()
})

test('a report in a case lives as long as the case; an open case lives on, a reopened one again', async () => {
  const [{ id }, running] = [await send('Müll im Park'), await newCase()]
  const into = (tx: TenantTx) =>
    tx.db.updateTable('intake.report').set({ case_id: running }).where('id', '=', id).execute()
  await towns.at(into, program)
  await night('2028-01-01')
  expect([await keysOf(id), await keysOf(running)]).toEqual([['report'], ['case']])
  await close(running, '2028-01-01')
  await night('2029-12-31')
  await close(running, null)
  await night('2030-06-01')
  expect([await keysOf(id), await keysOf(running)]).toEqual([['report'], ['case']])
  await close(running, '2028-06-01')
  await night('2030-06-02')
  expect([await keysOf(id), await keysOf(running)]).toEqual([[], []])
  expect(await towns.at((tx) => tx.db.selectFrom('cases.entry').selectAll().execute(), program)).toEqual([])
})

test('that there was a mediation is forgotten six months after the end, the case stays', async () => {
  const id = await newCase()
  await towns.at(async (tx) => {
    const [choice, key] = [crypto.randomUUID(), await addKey(tx, 'choice', id)]
    const said = tx.keys.seal<'case'>(key, { table: 'cases.choice', column: 'said', row: choice }, '{}')
    await tx.db
      .insertInto('cases.choice')
      .values({
        id: choice,
        case_id: id,
        number: 1,
        chosen_on: '2026-11-20',
        chosen_by: id,
        state: 'standing',
        said,
        said_key: key.id,
      })
      .execute()
  }, program)
  // What was replaced stands in no row any more, and its key goes at once.
  await towns.at((tx) => addKey(tx, 'choice', id), program)
  await close(id, '2026-11-23')
  await night('2027-05-22')
  expect(await keysOf(id)).toEqual(['case', 'choice'])
  await night('2027-05-23')
  expect(await keysOf(id)).toEqual(['case'])
  await night('2028-11-23')
})

test('ways to reach somebody go first, a watched hint stays a year', async () => {
  const { id } = await send('Streit', { anonymity: 'office', contact: '0211 123456', notice: 'a@example.org' })
  const watch = (tx: TenantTx) =>
    tx.db.updateTable('intake.report').set({ step_kind: 'watch' }).where('id', '=', id).execute()
  await towns.at(watch, program)
  expect(await keysOf(id)).toEqual(['contact', 'notice', 'report'])
  await night('2027-02-24')
  expect(await keysOf(id)).toEqual(['report'])
  expect(await towns.at((tx) => rows(tx, id), program)).toMatchObject({
    contact: null,
    contact_key: null,
    notice: null,
  })
  await night('2027-11-22')
  expect(await keysOf(id)).toEqual(['report'])
  await night('2027-11-23')
  expect(await keysOf(id)).toEqual([])
})

test('a hold keeps a record and what is in it, says who and why, and ends when it is lifted', async () => {
  const [{ id }, held] = [await send('Streit im Treppenhaus'), await newCase()]
  await towns.at(
    (tx) => tx.db.updateTable('intake.report').set({ case_id: held }).where('id', '=', id).execute(),
    program,
  )
  await close(held, '2026-11-23')
  const contentKey = async (tx: TenantTx) =>
    (await tx.db.selectFrom('cases.case').select('content_key').where('id', '=', held).executeTakeFirstOrThrow())
      .content_key
  await towns.at(
    async (tx) =>
      setHold(tx, { kind: 'case', record: held, contentKey: await contentKey(tx), reason: 'Klage anhängig' }),
    coordinator,
  )
  await night('2029-01-01')
  expect([await keysOf(id), await keysOf(held)]).toEqual([['report'], ['case']])
  expect(await towns.at((tx) => holdOn(tx, held), coordinator)).toEqual({
    since: '2026-11-23',
    by: 'coordination',
    reason: 'Klage anhängig',
    because: null,
  })
  await towns.at((tx) => liftHold(tx, 'case', held), coordinator)
  await night('2029-01-02')
  expect([await keysOf(id), await keysOf(held)]).toEqual([[], []])
  expect(await towns.at((tx) => tx.db.selectFrom('retention.hold').selectAll().execute(), program)).toEqual([])
})

test('what was kept from somebody shows in none of the counts she sees', async () => {
  const office = await towns.at(async (tx) => readersToExclude(await modelInForce(tx))[0]!.id, program)
  const seen = () => towns.at((tx) => destroyedByMonth(tx), coordinator)
  const before = await seen()
  const secret = await send('Über die Koordination', { notVisibleTo: [office] })
  const barred = await send('Noch etwas')
  const who = coordinator.kind === 'person' ? coordinator.id : ''
  await towns.at(
    (tx) => tx.db.insertInto('access.barred').values({ record_id: barred.id, person_id: who }).execute(),
    program,
  )
  await night('2027-02-23')
  expect([await keysOf(secret.id), await keysOf(barred.id)]).toEqual([[], []])
  expect(await seen()).toEqual(before)
  expect(await towns.at((tx) => destroyedOn(tx, 'report', barred.id), coordinator)).toBeUndefined()
  expect((await towns.at((tx) => destroyedByMonth(tx), program)).length).toBeGreaterThan(0)
})

test('who read what is forgotten after twelve months; the chain still holds, and blanking by hand is found', async () => {
  const headsFile = `/tmp/heads-${crypto.randomUUID()}`
  const seal = asRole(towns.database.config, towns.database.name, 'seal')
  const sealer = new Sealer({ seal, headsFile, log: silentLog, now: () => towns.clock.now })
  await towns.at((tx) => record(tx, 'opened', 'report:alt'), coordinator)
  await towns.at((tx) => record(tx, 'decided:open', 'report:alt'), coordinator)
  await sealer.sealAll()
  towns.clock.now = new Date('2027-06-01T10:00:00Z')
  await towns.at((tx) => record(tx, 'opened', 'report:neu'), coordinator)
  await sealer.sealAll()
  await night('2027-11-24')
  await sealer.stop()
  const entries = (tx: TenantTx) =>
    tx.db.selectFrom('platform.audit_entry').select(['verb', 'thing', 'who']).where('lane', '=', 'staff').execute()
  const all = await towns.at(entries, program)
  expect(all).not.toContainEqual(expect.objectContaining({ thing: 'report:alt', verb: 'opened' }))
  expect(all).toContainEqual(expect.objectContaining({ thing: 'report:alt', verb: 'decided:open' }))
  expect(all).toContainEqual(expect.objectContaining({ thing: 'report:neu', verb: 'opened' }))
  expect(await towns.at((tx) => verifyAudit(tx, []), program)).toEqual([])
  const client = new Client(shred())
  await client.connect()
  await client.query(`select set_config('app.municipality', '${towns.city}', false)`)
  await expect(
    client.query(`update platform.audit_entry set who = '', thing = '' where verb = 'decided:open'`),
  ).resolves.toMatchObject({ rowCount: 0 })
  await client.query(`update platform.audit_entry set who = '', thing = '' where thing = 'report:neu'`)
  await client.end()
  expect(await towns.at((tx) => verifyAudit(tx, []), program)).toMatchObject([{ kind: 'entry-changed' }])
})
