import { afterAll, beforeAll, expect, test } from 'vitest'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { newNumbers } from './numbers.ts'

let towns: Towns
beforeAll(async () => {
  towns = await foundTowns()
})
afterAll(() => towns.end())

test('a number is drawn anew where a case bears it already, also one that nobody may see who opens one', async () => {
  const borne = await towns.at(async (tx) => {
    const id = await openedForAssessment(tx)
    return tx.db.selectFrom('cases.case').select('number').where('id', '=', id).executeTakeFirstOrThrow()
  }, program)
  const drawn = [borne.number, 'F-222222', 'F-222222', borne.number, 'F-333333']
  const nobody: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  await towns.at(async (tx) => {
    expect(await tx.db.selectFrom('cases.case').selectAll().execute()).toEqual([])
    expect(await newNumbers(tx, 2, () => drawn.shift()!)).toEqual(['F-222222', 'F-333333'])
  }, nobody)
})
