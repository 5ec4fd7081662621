import { afterAll, beforeAll, expect, test } from 'vitest'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { caseList, openedCase } from '../queries.ts'
import { course } from '../queries/course.ts'
import { handlersFor } from '../queries/people.ts'
import { readiness } from '../schema.ts'
import { assign } from './assign.ts'
import { declareImpartial, recuse } from './declare.ts'
import { openCase } from './open.ts'
import { inOrder } from '../rules.ts'
import { sayReadiness } from './readiness.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let coordination: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const handler = async (): Promise<Person> => ({ ...((await towns.appoint('handler')) as Person), reach: ['own'] })
const open = () =>
  as(coordination, async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    return openCase(tx, { matter: 'Zaun', area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  })
const courseOf = (who: Who, id: string) => as(who, async (tx) => course(tx, id, (await openedCase(tx, id))!.contentKey))

test('somebody who steps back sees nothing any more, cannot be given the case again, and gave no reason', async () => {
  const id = await open()
  const her = await handler()
  await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'lead' }))
  await as(her, (tx) => recuse(tx, id))
  expect(await as(her, (tx) => openedCase(tx, id))).toBeUndefined()
  expect((await as(her, (tx) => caseList(tx))).rows).toEqual([])
  const again = await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'lead' }))
  expect(again.map(({ message }) => message)).toEqual(['missing.person'])
  const { entries, grants } = await courseOf(coordination, id)
  expect(entries.find(({ kind }) => kind === 'recused')).toMatchObject({ person: 'handler', note: undefined })
  expect(grants).toEqual([])
})

test('a coordinator who is concerned herself can step back, too: reaching all cases does not help her', async () => {
  const id = await open()
  const other = (await towns.appoint('coordination')) as Person
  expect(await as(other, (tx) => openedCase(tx, id))).toBeDefined()
  await as(other, (tx) => recuse(tx, id))
  expect(await as(other, (tx) => openedCase(tx, id))).toBeUndefined()
  expect(await as(coordination, (tx) => openedCase(tx, id))).toBeDefined()
})

test('impartiality is declared once', async () => {
  const id = await open()
  const her = await handler()
  await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'lead' }))
  await as(her, (tx) => declareImpartial(tx, id))
  await as(her, (tx) => declareImpartial(tx, id))
  const { entries, impartial } = await courseOf(her, id)
  expect(impartial).toEqual([her.id])
  expect(entries.filter(({ kind }) => kind === 'impartial')).toHaveLength(1)
})

test('who has time is proposed first, with the languages she named', async () => {
  const id = await open()
  const [busy, free] = [await handler(), await handler()]
  await as(busy, (tx) => sayReadiness(tx, readiness.parse({ time: 'no' })))
  await as(free, (tx) => sayReadiness(tx, readiness.parse({ time: 'some' })))
  await as(free, (tx) => sayReadiness(tx, readiness.parse({ time: 'yes', languages: ['ar', 'tr'] })))
  const found = inOrder(await as(coordination, (tx) => handlersFor(tx, id)), {})
  const capacity = { time: 'yes', hours: null, until: null }
  expect(found[0]).toMatchObject({ id: free.id, capacity, languages: ['ar', 'tr'] })
  expect(found.at(-1)?.id).toBe(busy.id)
})

test('how many hours and until when is said by herself; the day after, nothing stands beside her name', async () => {
  const id = await open()
  const her = await handler()
  const today = berlinDay(towns.clock.now)
  const stated = async () => (await as(coordination, (tx) => handlersFor(tx, id))).find((one) => one.id === her.id)
  const say = (typed: object) => as(her, (tx) => sayReadiness(tx, readiness.parse(typed)))
  await say({ time: 'yes', hours: '4', until: today })
  expect((await stated())?.capacity).toEqual({ time: 'yes', hours: 4, until: today })
  await say({ time: 'no', hours: '4' })
  expect((await stated())?.capacity).toEqual({ time: 'no', hours: null, until: null })
  await say({ time: 'yes', until: '2020-01-31' })
  expect((await stated())?.capacity).toBeUndefined()
  expect(readiness.safeParse({ time: 'yes', hours: '60' }).success).toBe(false)
  expect(readiness.parse({ time: 'yes', hours: '' }).hours).toBeUndefined()
})
