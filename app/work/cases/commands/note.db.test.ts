import { afterAll, beforeAll, expect, test } from 'vitest'
import { grant } from '#platform/access/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { retainedOf, slices } from '#app/slices.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { ownNote, writeNote } from './note.ts'
import { openCase } from './open.ts'

let towns: Towns
beforeAll(async () => {
  towns = await foundTowns()
})
afterAll(() => towns.end())

type Staff = Extract<Who, { kind: 'person' }>
const staff = async (role: string): Promise<Staff> => ({ ...((await towns.appoint(role)) as Staff), reach: ['own'] })

async function caseOf(...handlers: Staff[]): Promise<string> {
  const id = await towns.at(async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'handle').id
    return openCase(tx, { matter: 'Streit', area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  }, program)
  for (const { id: person } of handlers)
    await towns.at((tx) => grant(tx, { record: id, person, role: 'lead' }), {
      ...handlers[0]!,
      reach: ['own', 'cases'],
    })
  return id
}
const read = (who: Staff, id: string) => towns.at((tx) => ownNote(tx, id), who)
const write = (who: Staff, id: string, text: string, version: number) =>
  towns.at((tx) => writeNote(tx, id, text, version), who)
const close = (id: string, on: string | null) =>
  towns.at((tx) => tx.db.updateTable('cases.case').set({ closed_on: on }).where('id', '=', id).execute(), program)

test('everybody has a note of her own: not even those who read all cases, or work on the same one, read another’s', async () => {
  const [anna, bert] = [await staff('handler'), await staff('handler')]
  const office: Staff = { ...(await staff('coordination')), reach: ['own', 'cases'] }
  const id = await caseOf(anna, bert)
  await write(anna, id, 'Erst mit Frau A. sprechen', 0)
  await write(bert, id, 'Raum buchen', 0)
  await write(anna, id, 'Mit Frau A. gesprochen', 1)
  expect([await read(anna, id), await read(bert, id), await read(office, id)]).toEqual([
    { text: 'Mit Frau A. gesprochen', version: 2 },
    { text: 'Raum buchen', version: 1 },
    { text: '', version: 0 },
  ])
  const rows = await towns.at((tx) => tx.db.selectFrom('cases.note').select('person_id').execute(), office)
  expect(rows).toEqual([])
  await expect(write(anna, id, 'Aus dem alten Fenster', 1)).rejects.toThrow()
  const stranger = await staff('handler')
  await expect(write(stranger, id, 'Neugierig', 0)).rejects.toThrow('not allowed')
})

test('emptied it is gone with its key, closed it can no longer be written, and the night destroys it', async () => {
  const [anna, bert] = [await staff('handler'), await staff('handler')]
  const id = await caseOf(anna, bert)
  await write(anna, id, 'Vorläufig', 0)
  await write(anna, id, '', 1)
  await write(anna, id, 'Doch', 0)
  await write(bert, id, 'Auch', 0)
  const today = berlinDay(towns.clock.now)
  await close(id, today)
  await expect(write(anna, id, 'Noch schnell', 1)).rejects.toThrow('not allowed')
  const retained = retainedOf(slices)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  const readingsUntil = () => Promise.resolve(undefined)
  await towns.at((tx) => dateKeys(tx, retained), program)
  await towns.at((tx) => destroyRound(tx, { shred, retained, readingsUntil }), program)
  expect([await read(anna, id), await read(bert, id)]).toEqual(Array(2).fill({ text: '', version: 0 }))
  const proofs = await towns.at(
    (tx) => tx.db.selectFrom('platform.deletion_proof').select(['class', 'kind']).where('record_id', '=', id).execute(),
    program,
  )
  expect(proofs).toEqual(Array(3).fill({ class: 'handler-notes', kind: 'case' }))
  // The case itself goes on, and after reopening a new note begins.
  await close(id, null)
  await write(anna, id, 'Von vorn', 0)
  expect(await read(anna, id)).toEqual({ text: 'Von vorn', version: 1 })
})
