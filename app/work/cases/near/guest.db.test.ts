import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { colleagues, persons } from '#work/people/queries.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { addParty } from '../think/commands/party.ts'
import { caseList, openedCase } from '../queries.ts'
import { course } from '../queries/course.ts'
import { knowsWay } from '../queries/choice.ts'
import { partiesOf } from '../think/queries.ts'
import { admitGuest, endGuest, guestsOf, inviteGuest, sayAsGuest, visitedCase } from './commands/owner.ts'
import { endVisit, receiveInvitation, sendGuest, visitOf, visits } from './commands/visitor.ts'

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
const terms = { name: 'Konfliktmanager', purpose: 'joint', basis: 'duty', until: '2026-12-31' } as const

/** Both offices agree; answers the invitation and who she is in the city. */
async function sent(matter: string, extent: 'case' | 'extract' = 'case') {
  const id = await as(coordination, (tx) => openedForAssessment(tx, matter))
  await as(coordination, (tx) => addParty(tx, id, { label: 'Anwohnerschaft', stands: 'party', form: 'group' }))
  const done = await as(coordination, (tx) => inviteGuest(tx, id, towns.county, { ...terms, extent }))
  if ('missing' in done) throw new Error('not asked')
  await county(program, (tx) => receiveInvitation(tx, towns.city, { ...terms, extent, id: done.id }))
  const guest = await as(program, (tx) => admitGuest(tx, done.id, 'Selim (Auental)'))
  await county(theirs, (tx) => sendGuest(tx, done.id, selim.id, guest!))
  return { case: id, invitation: done.id, guest: { kind: 'person', id: guest!, reach: ['guest'] } as Person }
}
const audited = (at: typeof as, thing: string) =>
  at(program, async (tx) =>
    (await tx.db.selectFrom('platform.audit_entry').select(['verb', 'who']).where('thing', '=', thing).execute()).map(
      ({ verb, who }) => `${verb} ${who}`,
    ),
  )

test('a guest sees the one case she was let near, and every opening stands on both sides', async () => {
  const other = await as(coordination, (tx) => openedForAssessment(tx, 'Andere Sache'))
  const { case: id, invitation, guest } = await sent('Streit an der Gemeindegrenze')
  const her = await county(selim, (tx) => visitOf(tx, invitation))
  expect(her).toEqual({ owner: towns.city, guest: guest.id })
  expect((await as(guest, (tx) => visitedCase(tx, invitation))).case).toBe(id)
  expect((await as(guest, (tx) => openedCase(tx, id)))?.matter).toBe('Streit an der Gemeindegrenze')
  expect((await as(guest, (tx) => caseList(tx))).rows.map((row) => row.id)).toEqual([id])
  expect(await as(guest, (tx) => openedCase(tx, other))).toBeUndefined()
  expect(await as(guest, (tx) => knowsWay(tx, id))).toBe(false)
  expect(await audited(as, `case:${id}`)).toContain(`read ${guest.id}`)
  expect(await audited(county, `guest:${invitation}`)).toContain(`visited ${selim.id}`)
  await as(guest, (tx) => sayAsGuest(tx, invitation, 'Bei uns ist es ruhig'))
  const { entries } = await as(coordination, async (tx) => course(tx, id, (await openedCase(tx, id))!.contentKey))
  expect(entries.find(({ kind }) => kind === 'guest-said')).toMatchObject({ by: 'Selim (Auental)' })
})

test('an extract shows neither who is part of it nor lets her write', async () => {
  const { case: id, invitation, guest } = await sent('Nur ein Auszug', 'extract')
  const { contentKey } = (await as(guest, (tx) => openedCase(tx, id)))!
  expect((await as(guest, (tx) => partiesOf(tx, id, contentKey))).present).toEqual([])
  await expect(as(guest, (tx) => sayAsGuest(tx, invitation, 'Etwas'))).rejects.toThrow('guest')
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
  const { invitation } = await sent('Von niemandem bemerkt')
  expect(await outside()).toBe(before)
  expect((await county(selim, (tx) => visits(tx))).map(({ id }) => id)).toContain(invitation)
  await expect(county(colleague, (tx) => visitOf(tx, invitation))).rejects.toThrow('guest')
  await expect(county(theirs, (tx) => visitOf(tx, invitation))).rejects.toThrow('guest')
})

test('whichever office ends it, the very next request finds nothing; a second end changes nothing', async () => {
  const first = await sent('Von hier beendet')
  await as(coordination, (tx) => endGuest(tx, first.invitation))
  expect(await as(first.guest, (tx) => openedCase(tx, first.case))).toBeUndefined()
  await expect(as(first.guest, (tx) => sayAsGuest(tx, first.invitation, 'Noch etwas'))).rejects.toThrow('guest')
  const second = await sent('Von dort beendet')
  await county(theirs, (tx) => endVisit(tx, second.invitation))
  await expect(county(selim, (tx) => visitOf(tx, second.invitation))).rejects.toThrow('guest')
  await as(program, (tx) => endGuest(tx, second.invitation))
  await as(program, (tx) => endGuest(tx, second.invitation))
  const told = await as(coordination, async (tx) =>
    course(tx, second.case, (await openedCase(tx, second.case))!.contentKey),
  )
  expect(told.entries.filter(({ kind }) => kind === 'guest-gone')).toHaveLength(1)
  expect(told.grants).toEqual([])
})

test("a day that is past or too far is refused, and one's own municipality; what was taken back admits nobody", async () => {
  const id = await as(coordination, (tx) => openedForAssessment(tx, 'Grenzfall'))
  const ask = (town: number, until: string) =>
    as(coordination, (tx) => inviteGuest(tx, id, town, { ...terms, extent: 'case', until }))
  for (const until of ['2026-11-22', '2028-01-01'])
    expect(await ask(towns.county, until)).toEqual({ missing: [{ message: 'missing.until', field: 'until' }] })
  expect(await ask(towns.city, '2026-12-31')).toMatchObject({ missing: [{ field: 'town' }] })
  const done = await ask(towns.county, '2026-12-31')
  if ('missing' in done) throw new Error('not asked')
  await as(coordination, (tx) => endGuest(tx, done.id))
  expect(await as(program, (tx) => admitGuest(tx, done.id, 'Selim'))).toBeUndefined()
  expect(await as(coordination, (tx) => guestsOf(tx, id))).toMatchObject([{ state: 'ended' }])
})

test('the day after her last day the case is gone for her', async () => {
  const { case: id, invitation, guest } = await sent('Bis gestern')
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
