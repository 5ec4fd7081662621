import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, grant, withdrawGrant } from '#platform/access/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { endAbsence, setAbsence } from '#work/people/index.ts'
import { foundTowns, program, type Towns } from '../support/town.ts'

/* What the database itself shows to a deputy who has no reach of her own. */
type Staff = Extract<Who, { kind: 'person' }>
const now = new Date('2026-11-23T13:37:42Z')
let towns: Towns
beforeAll(async () => {
  towns = await foundTowns(now)
})
afterAll(() => towns.end())

const staff = async (): Promise<Staff> => ({ ...((await towns.appoint('handler')) as Staff), reach: ['own'] })

const records = () =>
  towns.at(async (tx) => {
    const model = await modelInForce(tx)
    const { id } = await receiveReport(tx, newReport.parse({ observed: 'Streit am Brunnen', channel: 'phone' }))
    const matter = { matter: 'Streit', area: 'altstadt', subject: 'noise', modelVersion: model.versionId }
    return { report: id, matter: await openCase(tx, { ...matter, at: stepOfKind(model, 'assess').id }) }
  }, program)

/** How many reports and cases this person can select at all. */
const sees = (who: Staff) =>
  towns.at(
    async (tx) => [
      (await tx.db.selectFrom('intake.report').select('id').execute()).length,
      (await tx.db.selectFrom('cases.case').select('id').execute()).length,
    ],
    who,
  )

test('a deputy sees what was granted to whoever is away, until it ends, and never what she is kept from', async () => {
  const [anna, bert, giver] = [await staff(), await staff(), await staff()]
  const { report, matter } = await records()
  for (const record of [report, matter])
    await towns.at((tx) => grant(tx, { record, person: anna.id, role: 'handler' }), giver)
  expect(await sees(anna)).toEqual([1, 1])
  expect(await sees(bert)).toEqual([0, 0])

  const absence = { person: anna.id, deputy: bert.id, from: berlinDay(now), until: null }
  const id = await towns.at((tx) => setAbsence(tx, absence), anna)
  expect(await sees(bert)).toEqual([1, 1])
  expect(await sees(giver)).toEqual([0, 0])

  await towns.at((tx) => bar(tx, matter, [bert.id]), program)
  expect(await sees(bert)).toEqual([1, 0])
  await towns.at((tx) => withdrawGrant(tx, report, anna.id), giver)
  expect(await sees(bert)).toEqual([0, 0])
  await towns.at((tx) => grant(tx, { record: report, person: anna.id, role: 'handler' }), giver)
  await towns.at((tx) => endAbsence(tx, id), anna)
  expect(await sees(bert)).toEqual([0, 0])
  expect(await sees(anna)).toEqual([1, 1])
})
