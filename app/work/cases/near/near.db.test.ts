import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, barredFrom, bindTogether } from '#platform/access/index.ts'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { subscriptions } from '#app/subscriptions.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { assign } from '../commands/assign.ts'
import { morningRound } from '../commands/notices.ts'
import { recuse } from '../commands/declare.ts'
import { caseList, findCases, openedCase } from '../queries.ts'
import { grantsOf, withoutHandler } from '../queries/people.ts'
import { course } from '../queries/course.ts'
import { linkCases, partCases } from './commands/link.ts'
import { linkedAmong, linksOf } from './queries.ts'
import { ways, type Way } from './rules.ts'

let towns: Towns
let coordination: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const open = (matter: string) => as(coordination, (tx) => openedForAssessment(tx, matter))
const numberOf = (id: string) => as(coordination, async (tx) => (await openedCase(tx, id))!.number)
const link = async (
  from: string,
  to: string,
  way: Way,
  who: Who = coordination,
  { agreed = false, assigns = false } = {},
) => {
  const number = await numberOf(to)
  return (await as(who, (tx) => linkCases(tx, from, { number, way, agreed }, assigns))).map(({ message }) => message)
}
/** Who took a grant of this case away, as the audit has it. */
const withdrawals = (id: string) =>
  as(program, async (tx) => {
    const found = tx.db.selectFrom('platform.audit_entry').select('who').where('verb', '=', 'withdrawn')
    return (await found.where('thing', '=', `case:${id}`).execute()).map(({ who }) => who)
  })
const delivered = () => new Courier(towns.tenants, subscriptions, silentLog).deliver()
const told = (person: string) =>
  as(
    program,
    async (tx) =>
      (await tx.db.selectFrom('mail.delivery').select('id').where('person_id', '=', person).execute()).length,
  )
const courseOf = (who: Who, id: string) => as(who, async (tx) => course(tx, id, (await openedCase(tx, id))!.contentKey))
const handlerOf = async (...cases: string[]): Promise<Person> => {
  const her: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  for (const id of cases) await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'with' }))
  return her
}

test('a link is read from both sides by whoever may open both, and by nobody else', async () => {
  const [square, school] = [await open('Musik am Platz'), await open('Streit am Schultor')]
  const both = await handlerOf(square, school)
  const one = await handlerOf(square)
  const before = JSON.stringify(await courseOf(one, square))
  expect(await link(school, square, 'follow')).toEqual([])
  expect(await as(both, (tx) => linksOf(tx, square))).toMatchObject([
    { way: 'follow-back', matter: 'Streit am Schultor' },
  ])
  expect(await as(both, (tx) => linksOf(tx, school))).toMatchObject([{ way: 'follow', matter: 'Musik am Platz' }])
  expect((await courseOf(both, square)).entries[0]).toMatchObject({ kind: 'linked', by: 'coordination' })
  expect(JSON.stringify(await courseOf(one, square))).toBe(before)
  expect(await as(one, (tx) => linkedAmong(tx, [square]))).toEqual(new Set())
  expect(await as(coordination, (tx) => linkedAmong(tx, [square]))).toEqual(new Set([square, school]))
})

test('parting needs a reason, which stands in the course of both', async () => {
  const [a, b] = [await open('Müll'), await open('Lärm')]
  await link(a, b, 'side')
  const [{ id } = { id: '' }] = await as(coordination, (tx) => linksOf(tx, b))
  expect(await as(coordination, (tx) => partCases(tx, b, id, ' '))).toMatchObject([{ message: 'missing.reason' }])
  expect(await as(coordination, (tx) => partCases(tx, b, id, 'Andere Leute'))).toEqual([])
  for (const one of [a, b]) {
    const [last] = (await courseOf(coordination, one)).entries
    expect(last).toMatchObject({ kind: 'parted', note: expect.stringContaining('Andere Leute') })
  }
  expect(await as(coordination, (tx) => linkedAmong(tx, [a, b]))).toEqual(new Set())
  await expect(as(coordination, (tx) => partCases(tx, b, id, 'Noch einmal'))).rejects.toThrow('case')
  expect(await link(a, b, 'follow')).toEqual([])
})

test('no second link between two cases, no circle, no case with itself, and no hint of a case one may not open', async () => {
  const [a, b, c] = [await open('Eins'), await open('Zwei'), await open('Drei')]
  expect(await link(b, a, 'follow')).toEqual([])
  expect(await link(a, b, 'same')).toEqual(['missing.linked'])
  expect(await link(c, b, 'side')).toEqual([])
  expect(await link(a, c, 'follow')).toEqual(['missing.circle'])
  expect(await link(a, a, 'same')).toEqual(['missing.number'])
  const her = await handlerOf(a)
  expect(await link(a, c, 'same', her)).toEqual(['missing.number'])
  const nothing = await as(her, (tx) => linkCases(tx, a, { number: 'F-0000-0000', way: 'same' }))
  expect(nothing.map(({ message }) => message)).toEqual(['missing.number'])
})

test.each(ways)(
  '%s: whoever is kept from one case is kept from the other, once that was said and wanted',
  async (way) => {
    const [a, b] = [await open('Erste Hälfte'), await open('Zweite Hälfte')]
    const [here, there] = [await handlerOf(), await handlerOf()]
    await as(program, (tx) => bar(tx, a, [here.id]))
    await as(program, (tx) => bar(tx, b, [there.id]))
    expect(await link(a, b, way)).toEqual(['missing.agreed'])
    expect(await as(coordination, (tx) => linksOf(tx, a))).toEqual([])
    expect(await link(a, b, way, coordination, { agreed: true })).toEqual([])
    for (const id of [a, b])
      expect(await as(coordination, (tx) => barredFrom(tx, [id]))).toEqual(new Set([here.id, there.id]))
  },
)

test('a case is taken from whoever works on it by whoever assigns only, and coordination hears that it needs somebody', async () => {
  const [a, b, c] = [await open('Kiosk'), await open('Kiosk nebenan'), await open('Kiosk dahinter')]
  const concerned = await handlerOf(c)
  const colleague = await handlerOf(a, b)
  // Linked beforehand, and seen by nobody who links now.
  expect(await link(c, b, 'side')).toEqual([])
  await as(program, (tx) => bar(tx, a, [concerned.id]))
  expect(await link(a, b, 'follow', colleague, { agreed: true })).toEqual(['missing.barred'])
  expect(await link(a, b, 'follow', coordination, { assigns: true })).toEqual(['missing.agreed.working'])
  expect(await as(concerned, (tx) => openedCase(tx, c))).toBeDefined()
  expect(await withdrawals(c)).toEqual([])

  expect(await link(a, b, 'follow', coordination, { assigns: true, agreed: true })).toEqual([])
  expect(await as(concerned, (tx) => openedCase(tx, c))).toBeUndefined()
  expect(await withdrawals(c)).toEqual([coordination.id])
  await delivered()
  const { entries } = await courseOf(coordination, c)
  expect(entries.find(({ kind }) => kind === 'unassigned')).toMatchObject({ person: 'handler', by: undefined })
  const alone = () => as(coordination, (tx) => withoutHandler(tx, [a, b, c]))
  expect(await alone()).toEqual(new Set([c]))
  expect(await told(coordination.id)).toBe(1)
  await as(coordination, (tx) => assign(tx, c, { person: colleague.id, as: 'lead' }))
  expect(await alone()).toEqual(new Set())
})

test('whoever is kept from one case after the linking is kept from all that hangs together: lists, search, grants, reports, deputies', async () => {
  const [a, b, c] = [await open('Brunnen Nord'), await open('Brunnen Mitte'), await open('Brunnen Süd')]
  const [side, grown] = [await open('Brunnen Nebensache'), await open('Brunnen danach')]
  const other = await open('Brunnen für sich')
  const her = await handlerOf(a, c, side, other)
  const deputy = await handlerOf()
  for (const [from, to] of [
    [a, b],
    [b, c],
  ] as const)
    expect(await link(from, to, 'same')).toEqual([])
  expect(await link(side, c, 'side')).toEqual([])
  expect(await link(grown, side, 'follow')).toEqual([])
  const report = await as(program, async (tx) => {
    const { id } = await receiveReport(tx, newReport.parse({ observed: 'Wieder laut am Brunnen', area: 'altstadt' }))
    await tx.db.updateTable('intake.report').set({ case_id: c }).where('id', '=', id).execute()
    const away = { person_id: her.id, deputy_id: deputy.id, from_on: '2020-01-01', until_on: null, set_by: her.id }
    await tx.db
      .insertInto('auth.absence')
      .values({ id: crypto.randomUUID(), ...away })
      .execute()
    return id
  })
  // She may not even open the one in the middle, nor see that it hangs together.
  expect(await as(her, (tx) => openedCase(tx, b))).toBeUndefined()
  const ids = async (who: Person) => (await as(who, (tx) => caseList(tx))).rows.map(({ id }) => id)
  expect(await ids(deputy)).toEqual(expect.arrayContaining([a, c, side, other]))

  await as(her, (tx) => recuse(tx, a))
  const coordinates: Person = { ...her, reach: ['own', 'reports', 'cases'] }
  for (const who of [her, deputy, coordinates]) {
    const own = await ids(who)
    expect([a, b, c, side, grown].filter((id) => own.includes(id))).toEqual([])
    expect(own).toContain(other)
    expect((await as(who, (tx) => findCases(tx, 'Brunnen'))).map(({ id }) => id)).toEqual([other])
  }
  for (const id of [c, side]) {
    expect(await as(coordination, (tx) => grantsOf(tx, id))).toEqual([])
    // She did it herself, with an entry for each, though she could not open what lies between.
    expect(await withdrawals(id)).toEqual([her.id])
  }
  const seen = (who: Who) =>
    as(who, (tx) => tx.db.selectFrom('intake.report').select('id').where('id', '=', report).execute())
  expect([(await seen(coordinates)).length, (await seen(coordination)).length]).toEqual([0, 1])
})

test('parting lifts nothing: whoever was kept away stays so, and only what comes later is not carried on', async () => {
  const [a, b] = [await open('Getrennt eins'), await open('Getrennt zwei')]
  const [early, late] = [await handlerOf(), await handlerOf(a, b)]
  await link(a, b, 'side')
  await as(program, (tx) => bar(tx, a, [early.id]))
  const [{ id } = { id: '' }] = await as(coordination, (tx) => linksOf(tx, a))
  await as(coordination, (tx) => partCases(tx, a, id, 'Zwei Sachen'))
  await as(late, (tx) => recuse(tx, a))
  expect(await as(late, (tx) => openedCase(tx, a))).toBeUndefined()
  expect(await as(late, (tx) => openedCase(tx, b))).toBeDefined()
  expect(await as(coordination, (tx) => barredFrom(tx, [b]))).toEqual(new Set([early.id]))
})

test('a report that joins one case shuts its unwelcome reader out of every linked one, and nobody leaves a grant behind', async () => {
  const [a, b] = [await open('Hof vorn'), await open('Hof hinten')]
  const her = await handlerOf(b)
  await link(b, a, 'side')
  const report = crypto.randomUUID()
  await as(program, async (tx) => {
    await bar(tx, report, [her.id])
    await bindTogether(tx, [a, report])
  })
  expect(await as(her, (tx) => openedCase(tx, b))).toBeUndefined()
  expect(await withdrawals(b)).toEqual(['program:test'])

  const forgetful = await handlerOf(a)
  const row = { record_id: a, person_id: forgetful.id, inherited: false }
  await expect(as(program, (tx) => tx.db.insertInto('access.barred').values(row).execute())).rejects.toThrow(
    'a grant is left',
  )
})

test('a grant that was left from before ends in the morning, with an entry of the program', async () => {
  const id = await open('Liegen geblieben')
  const her = await handlerOf(id)
  const client = new Client(towns.database.config)
  await client.connect()
  // As rows of before the database saw to it.
  await client.query('set session_replication_role = replica')
  await client.query('insert into access.barred (municipality_id, record_id, person_id) values ($1, $2, $3)', [
    towns.city,
    id,
    her.id,
  ])
  await client.end()
  await as(program, morningRound)
  expect(await as(coordination, (tx) => grantsOf(tx, id))).toEqual([])
  expect(await withdrawals(id)).toEqual(['program:test'])
})

test('linking and keeping away at one time: neither misses the other', async () => {
  const [a, b] = [await open('Zugleich eins'), await open('Zugleich zwei')]
  const her = await handlerOf()
  const number = await numberOf(b)
  await Promise.all([
    as(coordination, async (tx) => {
      expect(await linkCases(tx, a, { number, way: 'side', agreed: true })).toEqual([])
      await new Promise((resolve) => setTimeout(resolve, 200))
    }),
    new Promise((resolve) => setTimeout(resolve, 60)).then(() => as(program, (tx) => bar(tx, a, [her.id]))),
  ])
  expect(await as(coordination, (tx) => barredFrom(tx, [b]))).toEqual(new Set([her.id]))
})
