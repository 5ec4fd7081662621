import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { asksOf, counted } from '../asking.ts'
import { caseList, openedCase } from '../queries.ts'
import { readAnswers } from '../rules.ts'
import { closing } from '../schema.ts'
import { assess } from './assess.ts'
import { assign } from './assign.ts'
import { closeCase } from './close.ts'

let towns: Towns
let coordination: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const open = (matter: string) => as(coordination, (tx) => openedForAssessment(tx, matter))
const close = (id: string, asked: Record<string, string> = {}) =>
  as(coordination, (tx) => closeCase(tx, ['coordination'], id, closing.parse({ outcome: 'calmed', hours: '2', asked })))

test('what the model asks at closing is kept in the case and counted without text', async () => {
  const id = await open('Streit am Tor')
  const said = { matter: 'Streit am Tor', nextStep: 'Reden' }
  await as(coordination, (tx) => assess(tx, id, said, { ethnicised: 'yes', attempts: 'Ein Gespräch' }, 0))
  const fields = await as(coordination, async (tx) => asksOf(stepOfKind(await modelInForce(tx), 'close')))
  expect(fields.map((field) => field.id)).toEqual(['lacked', 'volunteer-hours'])
  expect(readAnswers(fields, { 'ask-volunteer-hours': 'viele' }).missing).toHaveLength(1)
  expect(await close(id, { 'volunteer-hours': '1,5' })).toEqual([])
  const found = await as(coordination, (tx) => openedCase(tx, id))
  expect(found?.answers).toEqual({ close: { 'volunteer-hours': '1,5' } })
  const figures = await as(coordination, (tx) => tx.db.selectFrom('cases.figure').selectAll().execute())
  expect(figures.at(-1)?.asked).toEqual({ ethnicised: 'yes', 'volunteer-hours': 1.5 })
})

test('texts are never counted, whatever the model says', () => {
  const text = { id: 'a', type: 'text', shown: ['figures'] } as unknown as Parameters<typeof counted>[0][number]
  expect(counted([text], { a: 'Familie Beispiel' })).toEqual({})
})

test('grants end with the day a case is closed', async () => {
  const id = await open('Streit am Ufer')
  const her: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'lead' }))
  await close(id)
  const ends = await as(coordination, (tx) =>
    tx.db.selectFrom('access.grant').select('until_on').where('record_id', '=', id).execute(),
  )
  expect(ends).toEqual([{ until_on: '2026-11-23' }])
})

test('the list shows open or closed cases in their order, page by page, by place and subject', async () => {
  const ids: string[] = []
  for (const n of [1, 2, 3]) {
    const id = await open(`Nummer ${n}`)
    towns.clock.now = new Date(Date.UTC(2026, 10, 24 + n, 12))
    await close(id)
    ids.push(id)
  }
  const list = (filter: Parameters<typeof caseList>[1]) => as(coordination, (tx) => caseList(tx, filter))
  const closed = (await list({ closed: true, area: 'altstadt' })).rows
  expect(closed.slice(0, 3).map(({ id }) => id)).toEqual(ids.toReversed())
  const after = `${closed[0]!.closedOn}|${closed[0]!.id}`
  expect((await list({ closed: true, after })).rows.slice(0, 2).map(({ id }) => id)).toEqual([ids[1], ids[0]])
  expect((await list({ closed: true, area: 'hafen' })).rows).toEqual([])
  expect((await list({ closed: true, subject: 'litter' })).rows).toEqual([])
  const still = await open('Noch offen')
  const rows = (await list({ area: 'altstadt', subject: 'noise' })).rows
  expect(rows.map(({ id }) => id)).toEqual([still])
  expect((await list({ after: 'nonsense|x' })).rows.map(({ id }) => id)).toContain(still)
})
