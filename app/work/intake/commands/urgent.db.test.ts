import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce, readersToExclude, stepOfKind } from '#work/model/index.ts'
import { openReport } from '../queries.ts'
import { urgentEntries } from '../queries/urgent.ts'
import { newReport, urgentData } from '../schema.ts'
import { decide } from './decide.ts'
import { receiveReport } from './receive.ts'
import { noteUrgent, tellOfUrgent } from './urgent.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let acting: Person
let second: Person
let substitute: Person
beforeAll(async () => {
  towns = await foundTowns()
  acting = { ...((await towns.appoint('coordination')) as Person), reach: ['own', 'reports'] }
  second = { ...((await towns.appoint('conflict-manager')) as Person), reach: ['own', 'reports', 'second'] }
  substitute = { ...((await towns.appoint('substitute')) as Person), reach: ['own', 'substitute', 'second'] }
})
afterAll(() => towns.end())

const danger = async (more: object = {}) =>
  (
    await towns.at((tx) =>
      receiveReport(tx, newReport.parse({ observed: 'Ein Kind wird bedrängt', danger: true, ...more })),
    )
  ).id
const reached = urgentData.parse({ kind: 'reached', whom: 'Jugendamt' })
const alerts = async () =>
  towns.at(
    (tx) => tx.db.selectFrom('mail.delivery').select(['id', 'person_id']).where('kind', '=', 'notice.alert').execute(),
    program,
  )
/** Who is alerted now, by the mails that are queued. */
const alerted = async (id: string) => {
  const before = new Set((await alerts()).map((row) => row.id))
  await towns.at((tx) => tellOfUrgent(tx, id, acting.id), program)
  return (await alerts()).filter((row) => !before.has(row.id)).map((row) => row.person_id)
}

test('a line is written at once, and the second persons are told once and by name, never waited for', async () => {
  const id = await danger()
  await towns.at((tx) => noteUrgent(tx, id, reached, tx.now), acting)
  expect((await towns.at((tx) => urgentEntries(tx, id), acting)).map(({ kind }) => kind)).toEqual(['reached'])
  const told = await alerted(id)
  expect(told.toSorted()).toEqual([second.id, substitute.id].toSorted())
  const handed = urgentData.parse({ kind: 'handed', whom: 'Jugendamt', what: 'Sache und Ort', basis: 'child' })
  await towns.at((tx) => noteUrgent(tx, id, handed, new Date(tx.now.getTime() + 60_000)), acting)
  expect(await alerted(id)).toEqual([])
  const entries = await towns.at((tx) => urgentEntries(tx, id), acting)
  expect(entries.map(({ kind }) => kind).toSorted()).toEqual(['handed', 'reached', 'second-told'])
  expect(entries.find(({ kind }) => kind === 'handed')).toMatchObject({ basis: 'child', what: 'Sache und Ort' })
})

test('whoever is kept from it is not told; before that is settled only the substitute is', async () => {
  const id = await danger()
  await towns.at((tx) => bar(tx, id, [second.id]), program)
  expect(await alerted(id)).toEqual([substitute.id])
  const offices = await towns.at(async (tx) => readersToExclude(await modelInForce(tx)), program)
  const held = await danger({ notVisibleTo: [offices[0]!.id] })
  expect(await alerted(held)).toEqual([substitute.id])
})

test('a line says what was handed over and on which ground', () => {
  const missing = (data: object) => urgentData.safeParse(data).error?.issues.map(({ message }) => message)
  expect(missing({ kind: 'handed', whom: 'Polizei' })).toEqual(['missing.what', 'missing.urgent.basis'])
  expect(missing({ kind: 'not-reached', whom: 'Polizei', basis: '' })).toBeUndefined()
})

test('danger that staff learn of later moves the report to the front of the inbox', async () => {
  const { id } = await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: 'Streit' })))
  await towns.at(async (tx) => {
    const to = stepOfKind(await modelInForce(tx), 'urgent').id
    await decide(tx, ['coordination'], id, { to, version: 1 })
  }, acting)
  expect(await towns.at((tx) => openReport(tx, id), acting)).toMatchObject({ danger: true, stepKind: 'urgent' })
})
