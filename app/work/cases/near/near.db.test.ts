import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, barredFrom } from '#platform/access/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { assign } from '../commands/assign.ts'
import { recuse } from '../commands/declare.ts'
import { caseList, findCases, openedCase } from '../queries.ts'
import { grantsOf } from '../queries/people.ts'
import { course } from '../queries/course.ts'
import { linkCases, partCases } from './commands/link.ts'
import { linkedAmong, linksOf } from './queries.ts'
import type { Way } from './rules.ts'

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
const link = async (from: string, to: string, way: Way, who: Who = coordination) => {
  const number = await numberOf(to)
  return (await as(who, (tx) => linkCases(tx, from, { number, way }))).map(({ message }) => message)
}
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

test('of one matter, whoever is kept from one case is kept from the other; not where she works on it', async () => {
  const [a, b, c] = [await open('Erste Hälfte'), await open('Zweite Hälfte'), await open('Dritte Hälfte')]
  const concerned = await handlerOf(c)
  await as(program, (tx) => bar(tx, a, [concerned.id]))
  expect(await link(a, b, 'same')).toEqual([])
  expect(await as(coordination, (tx) => barredFrom(tx, [b]))).toEqual(new Set([concerned.id]))
  expect(await link(a, c, 'same')).toEqual(['missing.barred'])
  expect(await as(concerned, (tx) => openedCase(tx, c))).toBeDefined()
})

test('whoever is kept from one case after the linking is kept from all of the matter: lists, search, grants, reports, deputies', async () => {
  const [a, b, c] = [await open('Brunnen Nord'), await open('Brunnen Mitte'), await open('Brunnen Süd')]
  const side = await open('Brunnen Nebensache')
  const her = await handlerOf(a, c, side)
  const deputy = await handlerOf()
  for (const [from, to] of [
    [a, b],
    [b, c],
  ] as const)
    expect(await link(from, to, 'same')).toEqual([])
  expect(await link(side, c, 'side')).toEqual([])
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
  expect(await ids(deputy)).toEqual(expect.arrayContaining([a, c, side]))

  await as(her, (tx) => recuse(tx, a))
  const coordinates: Person = { ...her, reach: ['own', 'reports', 'cases'] }
  for (const who of [her, deputy, coordinates]) {
    const own = await ids(who)
    expect([a, b, c].filter((id) => own.includes(id))).toEqual([])
    expect(own).toContain(side)
    expect((await as(who, (tx) => findCases(tx, 'Brunnen'))).map(({ id }) => id)).toEqual([side])
  }
  expect(await as(coordination, (tx) => grantsOf(tx, c))).toEqual([])
  const seen = (who: Who) =>
    as(who, (tx) => tx.db.selectFrom('intake.report').select('id').where('id', '=', report).execute())
  expect([(await seen(coordinates)).length, (await seen(coordination)).length]).toEqual([0, 1])
})

test('what was parted is bound no more by what comes later', async () => {
  const [a, b] = [await open('Getrennt eins'), await open('Getrennt zwei')]
  const her = await handlerOf(a, b)
  await link(a, b, 'same')
  const [{ id } = { id: '' }] = await as(coordination, (tx) => linksOf(tx, a))
  await as(coordination, (tx) => partCases(tx, a, id, 'Zwei Sachen'))
  await as(her, (tx) => recuse(tx, a))
  expect(await as(her, (tx) => openedCase(tx, a))).toBeUndefined()
  expect(await as(her, (tx) => openedCase(tx, b))).toBeDefined()
})
