import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import { retainedOf, slices } from '#app/slices.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { assign } from '../../commands/assign.ts'
import { forgetNotesOf } from '../../commands/note.ts'
import { draftOf } from '../../lessons/queries.ts'
import { dropLookBack, lookBack, ownLookBack, proposeLesson } from './back.ts'

let towns: Towns
let office: Person
beforeAll(async () => {
  towns = await foundTowns()
  office = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'cases'] }
})
afterAll(() => towns.end())

const said = { helped: 'Früh auf den Platz gehen', otherwise: 'Eher alle einladen', format: 'unsure' } as const
async function handled(): Promise<{ id: string; her: Person }> {
  const id = await towns.at((tx) => openedForAssessment(tx), office)
  const her: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  await towns.at((tx) => assign(tx, id, { person: her.id, as: 'lead' }), office)
  return { id, her }
}
const close = (id: string, on: string) =>
  towns.at((tx) => tx.db.updateTable('cases.case').set({ closed_on: on }).where('id', '=', id).execute(), program)
const read = (who: Person, id: string) => towns.at((tx) => ownLookBack(tx, id), who)
async function night(): Promise<void> {
  const retained = retainedOf(slices)
  await towns.at((tx) => dateKeys(tx, retained), program)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await towns.at((tx) => destroyRound(tx, { shred, retained, readingsUntil: async () => undefined }), program)
}

test('it is read by whoever wrote it, and by nobody who reads all cases', async () => {
  const { id, her } = await handled()
  await towns.at((tx) => lookBack(tx, id, said, 0), her)
  await towns.at((tx) => lookBack(tx, id, { ...said, format: 'yes' }, 1), her)
  expect(await read(her, id)).toEqual({ said: { ...said, format: 'yes' }, version: 2 })
  expect((await read(office, id)).version).toBe(0)
  const rows = await towns.at((tx) => tx.db.selectFrom('cases.look_back').select('id').execute(), office)
  expect(rows).toEqual([])
  await expect(towns.at((tx) => lookBack(tx, id, said, 1), her)).rejects.toThrow()
  const stranger: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  await expect(towns.at((tx) => lookBack(tx, id, said, 0), stranger)).rejects.toThrow('case')
})

test('it lives until the period of own notes after the closing, or with its writer; the lesson begun from it stays', async () => {
  const [first, second] = [await handled(), await handled()]
  for (const { id, her } of [first, second]) await towns.at((tx) => lookBack(tx, id, said, 0), her)
  await night()
  expect((await read(first.her, first.id)).said).toEqual(said)
  await close(first.id, berlinDay(towns.clock.now))
  expect(await towns.at((tx) => proposeLesson(tx, first.id, 'Vorschlag'), first.her)).toBe(true)
  expect(await towns.at((tx) => proposeLesson(tx, first.id, 'Noch einer'), first.her)).toBe(false)
  await night()
  const rows = await towns.at((tx) => tx.db.selectFrom('cases.look_back').select('case_id').execute(), program)
  expect(rows.map(({ case_id }) => case_id)).not.toContain(first.id)
  expect(rows.map(({ case_id }) => case_id)).toContain(second.id)
  const draft = await towns.at((tx) => draftOf(tx, first.id), office)
  expect(draft).toMatchObject({ title: 'Vorschlag', state: 'draft', text: `${said.helped}\n\n${said.otherwise}` })
  await towns.at((tx) => forgetNotesOf(tx, second.her.id), program)
  expect((await read(second.her, second.id)).version).toBe(0)
})

test('no lesson comes from an empty look back', async () => {
  const { id, her } = await handled()
  await close(id, berlinDay(towns.clock.now))
  await towns.at((tx) => lookBack(tx, id, { helped: '', otherwise: '', format: 'no' }, 0), her)
  await expect(towns.at((tx) => proposeLesson(tx, id, 'Leer'), her)).rejects.toThrow('lesson')
  const nothing = { helped: '', otherwise: '' }
  await expect(towns.at((tx) => lookBack(tx, id, nothing, 1), her)).rejects.toThrow('look-back')
})

test('whoever wrote it takes it away at any time, and nobody else', async () => {
  const { id, her } = await handled()
  await towns.at((tx) => lookBack(tx, id, said, 0), her)
  await towns.at((tx) => dropLookBack(tx, id), office)
  expect((await read(her, id)).said).toEqual(said)
  await towns.at((tx) => dropLookBack(tx, id), her)
  expect((await read(her, id)).version).toBe(0)
  await towns.at((tx) => lookBack(tx, id, said, 0), her)
  expect((await read(her, id)).version).toBe(1)
})
