import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { queueLengths, startWorker, type JobHandlers } from '#platform/jobs/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { silentLog } from '#platform/log/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { colleagues, persons } from '#work/people/queries.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { carry, elsewhereIn, invited, sent } from '#tests/support/guest.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { caseList, openedCase } from '../queries.ts'
import { course } from '../queries/course.ts'
import { carrying, toldAgain } from './carry.ts'
import { admitGuest, endGuest, guestsOf, inviteGuest, sayAsGuest, tellVisitor, visitedCase } from './commands/owner.ts'
import { agreeTo, endVisit, hearOfInvitation, tellOwner, visitOf, visits } from './commands/visitor.ts'
import { guestParts } from './schema.ts'

let towns: Towns
let coordination: Person
let theirs: Person
let selim: Person
let colleague: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
  const away = (name: string, reach: string[]) =>
    county(program, async (tx): Promise<Person> => {
      const id = crypto.randomUUID()
      await tx.db.insertInto('auth.person').values({ id, name, mail: null }).execute()
      return { kind: 'person', id, reach }
    })
  theirs = await away('Katrin', ['own', 'cases'])
  selim = await away('Selim', ['own'])
  colleague = await away('Lena', ['own'])
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const county = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) =>
  towns.tenants.inTenant({ municipality: towns.county, who }, work)
const terms = { name: 'Konfliktmanager', purpose: 'joint', basis: 'duty', until: '2026-12-31', parts: [] } as const

const asking = async (matter: string) => ({
  case: await as(coordination, (tx) => openedForAssessment(tx, matter)),
  owner: towns.city,
  town: towns.county,
  asker: coordination,
  parts: guestParts,
  until: '2026-12-31',
})
/** Both offices agree; answers the invitation and who she is in the city. */
async function comes(matter: string) {
  const asked = await asking(matter)
  const invitation = await invited(towns, asked)
  const guest: Person = { kind: 'person', id: await sent(towns, asked, invitation, selim.id, theirs), reach: ['guest'] }
  return { case: asked.case, invitation, guest }
}
const audited = (at: typeof as, thing: string) =>
  at(program, async (tx) =>
    (await tx.db.selectFrom('platform.audit_entry').select(['verb', 'who']).where('thing', '=', thing).execute()).map(
      ({ verb, who }) => `${verb} ${who}`,
    ),
  )
const courseOf = (id: string) => as(coordination, async (tx) => course(tx, id, (await openedCase(tx, id))!.contentKey))
const stateThere = async (id: string) =>
  (
    await county(program, (tx) =>
      tx.db.selectFrom('cases.invited').select('state').where('id', '=', id).executeTakeFirst(),
    )
  )?.state
const stateHere = async (id: string) =>
  (
    await as(program, (tx) =>
      tx.db.selectFrom('cases.guest').select('state').where('id', '=', id).executeTakeFirstOrThrow(),
    )
  ).state

test('a guest sees the one case she was let near, and every opening stands on both sides', async () => {
  const other = await as(coordination, (tx) => openedForAssessment(tx, 'Andere Sache'))
  const { case: id, invitation, guest } = await comes('Streit an der Gemeindegrenze')
  const her = await county(selim, (tx) => visitOf(tx, invitation))
  expect(her).toEqual({ owner: towns.city, guest: guest.id })
  expect((await as(guest, (tx) => visitedCase(tx, invitation))).case).toBe(id)
  expect((await as(guest, (tx) => openedCase(tx, id)))?.matter).toBe('Streit an der Gemeindegrenze')
  expect((await as(guest, (tx) => caseList(tx))).rows.map((row) => row.id)).toEqual([id])
  expect(await as(guest, (tx) => openedCase(tx, other))).toBeUndefined()
  expect(await audited(as, `case:${id}`)).toContain(`read ${guest.id}`)
  expect(await audited(county, `guest:${invitation}`)).toContain(`visited ${selim.id}`)
  await as(guest, (tx) => sayAsGuest(tx, invitation, 'Bei uns ist es ruhig'))
  const { entries } = await courseOf(id)
  expect(entries.find(({ kind }) => kind === 'guest-said')).toMatchObject({ by: 'Selim (Auental)' })
})

test('nobody else in either municipality notices: lists and people stay as they were', async () => {
  const handler: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  const outside = async () =>
    JSON.stringify([
      await as(handler, (tx) => caseList(tx)),
      await as(handler, persons),
      await as(handler, (tx) => colleagues(tx, handler.id)),
      await county(colleague, (tx) => visits(tx)),
      await county(colleague, (tx) => caseList(tx)),
    ])
  const before = await outside()
  const { invitation } = await comes('Von niemandem bemerkt')
  expect(await outside()).toBe(before)
  expect((await county(selim, (tx) => visits(tx))).map(({ id }) => id)).toContain(invitation)
  await expect(county(colleague, (tx) => visitOf(tx, invitation))).rejects.toThrow('guest')
  await expect(county(theirs, (tx) => visitOf(tx, invitation))).rejects.toThrow('guest')
})

test('the owner ends it at once, though the other never hears; the other ends it, though the owner has not heard', async () => {
  const first = await comes('Von hier beendet')
  await as(coordination, (tx) => endGuest(tx, first.invitation))
  expect(await as(first.guest, (tx) => openedCase(tx, first.case))).toBeUndefined()
  await expect(as(first.guest, (tx) => sayAsGuest(tx, first.invitation, 'Noch etwas'))).rejects.toThrow('guest')
  expect(await stateThere(first.invitation)).toBe('standing')
  await carry(towns, towns.city, tellVisitor, first.invitation)
  expect(await stateThere(first.invitation)).toBe('ended')

  const second = await comes('Von dort beendet')
  await county(theirs, (tx) => endVisit(tx, second.invitation))
  await expect(county(selim, (tx) => visitOf(tx, second.invitation))).rejects.toThrow('guest')
  for (const _ of [1, 2]) await carry(towns, towns.county, tellOwner, second.invitation)
  const told = await courseOf(second.case)
  expect(told.entries.filter(({ kind }) => kind === 'guest-gone')).toHaveLength(1)
  expect(told.grants).toEqual([])
})

test("a day that is past or too far is refused, and one's own municipality; what was taken back admits nobody", async () => {
  const id = await as(coordination, (tx) => openedForAssessment(tx, 'Grenzfall'))
  const ask = (town: number, until: string) => as(coordination, (tx) => inviteGuest(tx, id, town, { ...terms, until }))
  for (const until of ['2026-11-22', '2028-01-01'])
    expect(await ask(towns.county, until)).toEqual({ missing: [{ message: 'missing.until', field: 'until' }] })
  expect(await ask(towns.city, '2026-12-31')).toMatchObject({ missing: [{ field: 'town' }] })
  const done = await ask(towns.county, '2026-12-31')
  if ('missing' in done) throw new Error('not asked')
  await as(coordination, (tx) => endGuest(tx, done.id))
  expect(await as(program, (tx) => admitGuest(tx, done.id, towns.county, 'Selim'))).toBeUndefined()
  expect(await as(coordination, (tx) => guestsOf(tx, id))).toMatchObject([{ state: 'ended' }])
})

test('a municipality that was not asked lets nobody in and ends nothing, though it knows the id', async () => {
  const asked = await asking('Nur der Kreis')
  const id = await invited(towns, asked)
  const stranger = towns.county + 1000
  expect(await as(program, (tx) => admitGuest(tx, id, stranger, 'Fremd'))).toBeUndefined()
  await as(program, (tx) => endGuest(tx, id, stranger))
  expect(await stateHere(id)).toBe('asked')
  const forged = { ...terms, id }
  await county(program, (tx) => hearOfInvitation(tx, stranger, forged, true))
  expect(await stateThere(id)).toBe('asked')
})

test('the day after her last day the case is gone for her', async () => {
  const { case: id, invitation, guest } = await comes('Bis gestern')
  await as(program, (tx) =>
    tx.db
      .updateTable('access.grant')
      .set({ until_on: '2020-01-01', from_on: '2019-01-01' })
      .where('record_id', '=', id)
      .execute(),
  )
  expect(await as(guest, (tx) => openedCase(tx, id))).toBeUndefined()
  await expect(as(guest, (tx) => visitedCase(tx, invitation))).rejects.toThrow('guest')
})

test('cut off between the two municipalities nothing is lost and nothing is done twice', async () => {
  const died = async () => Promise.reject(new Error('killed'))
  const asked = await asking('Strom weg')
  const done = await as(coordination, (tx) => inviteGuest(tx, asked.case, towns.county, { ...terms, parts: ['say'] }))
  if ('missing' in done) throw new Error('not asked')
  await expect(carry(towns, towns.city, tellVisitor, done.id, died)).rejects.toThrow('killed')
  expect(await stateThere(done.id)).toBeUndefined()
  for (const _ of [1, 2]) await carry(towns, towns.city, tellVisitor, done.id)
  expect(await stateThere(done.id)).toBe('asked')

  await county(theirs, (tx) => agreeTo(tx, done.id, selim.id))
  // Let in at the owner's, and cut off before her own municipality knows.
  const real = elsewhereIn(towns)
  const half: typeof real = (at, work) => (at === towns.city ? real(at, work) : died())
  await expect(carry(towns, towns.county, tellOwner, done.id, half)).rejects.toThrow('killed')
  expect([await stateHere(done.id), await stateThere(done.id)]).toEqual(['standing', 'agreed'])
  await expect(county(selim, (tx) => visitOf(tx, done.id))).rejects.toThrow('guest')
  await carry(towns, towns.county, tellOwner, done.id)
  expect(await stateThere(done.id)).toBe('standing')
  const { entries, grants } = await courseOf(asked.case)
  expect(entries.filter(({ kind }) => kind === 'guest-came')).toHaveLength(1)
  expect(grants).toHaveLength(1)
})

test('ended while the answer was on its way: she is not let in, and both sides say so', async () => {
  const asked = await asking('Überholt')
  const id = await invited(towns, asked)
  await county(theirs, (tx) => agreeTo(tx, id, selim.id))
  await as(coordination, (tx) => endGuest(tx, id))
  await carry(towns, towns.county, tellOwner, id)
  expect([await stateHere(id), await stateThere(id)]).toEqual(['ended', 'ended'])
  // What is over stays so, though an older word arrives late.
  await county(program, (tx) => hearOfInvitation(tx, towns.city, { ...terms, id }, false))
  expect(await stateThere(id)).toBe('ended')
  expect((await courseOf(asked.case)).grants).toEqual([])
})

test('a restored backup tells the other municipality again what still counts', async () => {
  const { invitation } = await comes('Nach der Wiederherstellung')
  const jobs = asRole(towns.database.config, towns.database.name, 'jobs')
  const waiting = async () => (await queueLengths(jobs)).reduce((sum, { waiting: some }) => sum + some, 0)
  const before = await waiting()
  await as(program, toldAgain)
  expect(await waiting()).toBeGreaterThan(before)
  await carry(towns, towns.city, tellVisitor, invitation)
  expect([await stateHere(invitation), await stateThere(invitation)]).toEqual(['standing', 'standing'])
})

test('the real worker brings it over after a first attempt that died', async () => {
  // The queue goes by the clock of the machine.
  towns.clock.now = new Date(Date.now() - 60_000)
  const jobs = asRole(towns.database.config, towns.database.name, 'jobs')
  const asked = await asking('Über die Warteschlange')
  await expect(
    as(coordination, async (tx) => {
      await inviteGuest(tx, asked.case, towns.county, terms)
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed')
  const waiting = async () => (await queueLengths(jobs)).find(({ task }) => task === tellVisitor)?.waiting ?? 0
  const before = await waiting()
  const until = addDays(berlinDay(towns.clock.now), 20)
  const done = await as(coordination, (tx) => inviteGuest(tx, asked.case, towns.county, { ...terms, until }))
  if ('missing' in done) throw new Error('not asked')
  expect(await waiting()).toBe(before + 1)
  let deaths = 0
  const dying: JobHandlers = {
    ...carrying,
    [tellVisitor]: async (tx, ids) => {
      const after = await carrying[tellVisitor]!(tx, ids)
      if (ids.guest !== done.id || deaths > 0) return after
      return async () => {
        deaths++
        throw new Error('killed')
      }
    },
  }
  const worker = await startWorker(jobs, towns.tenants, dying, silentLog)
  await expect.poll(() => stateThere(done.id), { timeout: 20_000 }).toBe('asked')
  await worker.stop()
  expect(deaths).toBe(1)
}, 30_000)
