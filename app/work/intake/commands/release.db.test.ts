import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce, readersToExclude } from '#work/model/index.ts'
import { inbox } from '../queries/lists.ts'
import { newReport } from '../schema.ts'
import { receiveReport } from './receive.ts'
import { keepNewcomerAway } from './newcomer.ts'
import { askedExclusions, releaseReport } from './release.ts'

let towns: Towns
let named: Extract<Who, { kind: 'person' }>
let colleague: Extract<Who, { kind: 'person' }>
let substitute: Who
let offices: readonly { readonly id: string; readonly roles: readonly string[] }[]

beforeAll(async () => {
  towns = await foundTowns()
  offices = await towns.at(async (tx) => readersToExclude(await modelInForce(tx)), program)
  named = (await towns.appoint(offices[0]!.roles[0]!)) as typeof named
  colleague = (await towns.appoint('coordination')) as typeof colleague
  const somebody = (await towns.appoint('substitute')) as typeof named
  substitute = { ...somebody, reach: ['own', 'substitute'] }
})
afterAll(() => towns.end())

const held = () =>
  towns.at(
    async (tx) =>
      (
        await receiveReport(
          tx,
          newReport.parse({ observed: 'Streit', notVisibleTo: [offices[0]!.id, 'Frau Beispiel'] }),
        )
      ).id,
  )
const sees = (id: string, who: Who) =>
  towns.at(async (tx) => (await inbox(tx, {})).rows.some((row) => row.id === id), who)

test('the substitute sees what was asked, with those who sit in the named office chosen beforehand', async () => {
  const id = await held()
  const asked = await towns.at((tx) => askedExclusions(tx, id), substitute)
  expect(asked.offices).toEqual([offices[0]!.id])
  expect(asked.typed).toEqual(['Frau Beispiel'])
  expect(asked.persons.find(({ id }) => id === named.id)?.named).toBe(true)
})

test('before the decision only the substitute sees it, afterwards everybody but the barred', async () => {
  const id = await held()
  expect([await sees(id, named), await sees(id, colleague), await sees(id, substitute)]).toEqual([false, false, true])
  await towns.at((tx) => releaseReport(tx, id, [named.id]), substitute)
  expect([await sees(id, named), await sees(id, colleague)]).toEqual([false, true])
  const facts = await towns.at(
    (tx) => tx.db.selectFrom('platform.fact').select('name').where('thing', '=', `report:${id}`).execute(),
    program,
  )
  expect(facts.map(({ name }) => name)).toContain('intake.report.released')
})

test('nobody else releases it, and nobody twice', async () => {
  const id = await held()
  await expect(towns.at((tx) => releaseReport(tx, id, []), colleague)).rejects.toThrow()
  await towns.at((tx) => releaseReport(tx, id, []), substitute)
  await expect(towns.at((tx) => releaseReport(tx, id, []), substitute)).rejects.toThrow()
})

test('whoever joins an office that is kept from a report is kept from it, unless one of them may read it', async () => {
  const office = offices[0]!
  const [kept, read] = [await held(), await held()]
  const members = (await towns.at((tx) => askedExclusions(tx, kept), substitute)).persons.filter(({ named }) => named)
  const ids = members.map(({ id }) => id)
  await towns.at((tx) => releaseReport(tx, kept, ids), substitute)
  await towns.at((tx) => releaseReport(tx, read, ids.slice(1)), substitute)
  const newcomer = (await towns.appoint(office.roles[0]!)) as typeof named
  await towns.at((tx) => keepNewcomerAway(tx, newcomer.id), program)
  await towns.at((tx) => keepNewcomerAway(tx, newcomer.id), program)
  expect([await sees(kept, newcomer), await sees(read, newcomer)]).toEqual([false, true])
})
