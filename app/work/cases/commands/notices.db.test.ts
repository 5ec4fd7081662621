import { afterAll, beforeAll, expect, test } from 'vitest'
import { grant } from '#platform/access/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { morningRound } from './notices.ts'
import { openCase } from './open.ts'

let towns: Towns
beforeAll(async () => void (towns = await foundTowns()))
afterAll(() => towns.end())

const opened = (step: string) =>
  towns.at(async (tx) => {
    const model = await modelInForce(tx)
    return openCase(tx, {
      matter: 'Kanarienvogel',
      area: 'unknown',
      subject: 'unknown',
      at: step,
      modelVersion: model.versionId,
    })
  }, program)
/** Who is reminded on this morning. */
async function reminded(at: string): Promise<(string | null)[]> {
  towns.clock.now = new Date(at)
  await towns.at(morningRound, program)
  const rows = await towns.at(
    (tx) => tx.db.selectFrom('mail.delivery').select(['person_id', 'thing']).execute(),
    program,
  )
  await towns.at((tx) => tx.db.deleteFrom('mail.delivery').execute(), program)
  expect(rows.every(({ thing }) => thing === null)).toBe(true)
  return rows.map(({ person_id }) => person_id)
}

test('a case due: those granted who hold the role; a pool of handlers is never told of a case it may not see', async () => {
  const one = await towns.appoint('conflict-manager')
  const two = await towns.appoint('conflict-manager')
  const handler = await towns.appoint('handler')
  if (one.kind !== 'person' || two.kind !== 'person' || handler.kind !== 'person') throw new Error('persons expected')
  const id = await opened('assess')
  const soon = '2026-11-24T05:30:00Z'
  const late = '2027-04-12T05:30:00Z'
  expect(await reminded(soon), 'not due yet').toEqual([])
  expect((await reminded(late)).toSorted()).toEqual([one.id, two.id].toSorted())
  await towns.at((tx) => grant(tx, { record: id, person: two.id, role: 'handler', from: '2026-11-01' }), one)
  expect(await reminded(late)).toEqual([two.id])
  expect(await reminded('2027-04-11T05:30:00Z'), 'Sunday').toEqual([])
  await towns.at((tx) => tx.db.updateTable('cases.case').set({ owner_role: 'handler' }).execute(), program)
  expect(await reminded(late), 'no handler has a grant').toEqual([])
  await towns.at((tx) => grant(tx, { record: id, person: handler.id, role: 'handler', from: '2026-11-01' }), one)
  expect(await reminded(late)).toEqual([handler.id])
})
