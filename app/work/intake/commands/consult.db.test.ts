import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { endedConsultations, openConsultation, openConsultations } from '../queries/consultations.ts'
import { asking } from '../schema.ts'
import { answerColleague, askColleagues, endConsultation } from './consult.ts'
import { letGoOfReports } from './letGo.ts'
import { retained } from './retain.ts'

let towns: Towns
let heinz: Who
let petra: Who
let selim: Who
beforeAll(async () => {
  towns = await foundTowns()
  heinz = { ...(await towns.appoint('contact-point')), reach: ['own'] } as Who
  petra = { ...(await towns.appoint('contact-point')), reach: ['own'] } as Who
  selim = { ...(await towns.appoint('conflict-manager')), reach: ['own', 'reports'] } as Who
})
afterAll(() => towns.end())

const asked = () =>
  towns.at(
    (tx) => askColleagues(tx, asking.parse({ subject: 'neighbours', question: 'Wie beginne ich?', ethnicised: 'yes' })),
    heinz,
  )
const keyOf = (id: string) =>
  towns.at(
    (tx) => tx.db.selectFrom('platform.record_key').select('destroy_on').where('record_id', '=', id).execute(),
    program,
  )

test('a question is read by whoever asked and by those who may answer, by nobody else', async () => {
  const id = await asked()
  expect(await towns.at((tx) => openConsultation(tx, id), selim)).toMatchObject({
    question: 'Wie beginne ich?',
    own: false,
  })
  expect(await towns.at((tx) => openConsultation(tx, id), petra)).toBeUndefined()
  expect(await towns.at(openConsultations, petra)).toEqual([])
  await expect(towns.at((tx) => answerColleague(tx, id, 'Selbst'), heinz)).rejects.toThrow()
  await expect(towns.at((tx) => endConsultation(tx, id, 'stays'), selim)).rejects.toThrow()
  await towns.at((tx) => answerColleague(tx, id, 'Zuerst den Ton'), selim)
  await expect(towns.at((tx) => answerColleague(tx, id, 'Noch einmal'), selim)).rejects.toThrow()
  expect(await towns.at((tx) => openConsultation(tx, id), heinz)).toMatchObject({ answer: 'Zuerst den Ton', own: true })
})

test('when it ends the words go at once; subject and month stay, and no way back to whoever asked', async () => {
  const id = await asked()
  await towns.at((tx) => endConsultation(tx, id, 'stays'), heinz)
  expect(await towns.at((tx) => openConsultation(tx, id), selim)).toBeUndefined()
  const [fact] = await towns.at(endedConsultations, selim)
  expect(fact).toEqual({
    month: expect.stringMatching(/-01$/u),
    subject: 'neighbours',
    ethnicised: true,
    endedAs: 'stays',
  })
  expect(await towns.at(endedConsultations, heinz)).toEqual([])
  expect(await keyOf(id)).toEqual([{ destroy_on: expect.any(String) }])
})

test('it ends when whoever asked leaves', async () => {
  const id = await asked()
  await towns.at((tx) => letGoOfReports(tx, (heinz as { id: string }).id), program)
  expect(await towns.at((tx) => openConsultation(tx, id), selim)).toBeUndefined()
})

test('a question nobody ends is deleted after the months of the model', async () => {
  const id = await asked()
  await towns.at((tx) => retained.date(tx), program)
  const [{ destroy_on: until } = { destroy_on: null }] = await keyOf(id)
  expect(until).toMatch(/^\d{4}-\d{2}-\d{2}$/u)
  const key = await towns.at(
    (tx) =>
      tx.db.selectFrom('intake.consultation').select('content_key').where('id', '=', id).executeTakeFirstOrThrow(),
    program,
  )
  await towns.at((tx) => retained.forget(tx, [{ class: 'consultation', record: id, key: key.content_key }]), program)
  expect(await towns.at((tx) => openConsultation(tx, id), heinz)).toBeUndefined()
})
