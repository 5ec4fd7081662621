import { afterAll, beforeAll, expect, test } from 'vitest'
import { endEntitlement, entitle, entitled } from '#platform/access/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { modelVersion, stepOfKind } from '#work/model/index.ts'
import { lackingIn } from '../queries/entitled.ts'
import { handlersFor } from '../queries/people.ts'
import { assess } from './assess.ts'
import { assign, assignAndGoOn } from './assign.ts'
import { choose } from './choose.ts'
import { goOn } from './goOn.ts'
import { lockCase } from './store.ts'

let towns: Towns
let coordination: Person
let mediator: Person
let novice: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
  mediator = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  novice = { ...((await towns.appoint('handler', [])) as Person), reach: ['own'] }
})
afterAll(() => towns.end())

const as = <T>(work: (tx: TenantTx) => Promise<T>, who: Who = coordination) => towns.at(work, who)
const calm = { violence: 'no', crime: 'no', 'at-risk': 'no', dependence: 'no', unwilling: 'no', hate: 'no' }

/** A case whose way is still to be chosen. */
const ready = () =>
  as(async (tx) => {
    const id = await openedForAssessment(tx)
    const { model } = await lockCase(tx, id)
    await assess(tx, id, { matter: 'Brunnen', nextStep: 'Reden' }, {}, 0)
    await goOn(tx, ['coordination'], id, { to: stepOfKind(model, 'choose-format').id, version: 1 })
    return id
  })
const chooseFor = (id: string, format: string) =>
  as(async (tx) => {
    const { row } = await lockCase(tx, id)
    const release = { on: '2026-11-20', onPaper: true, seenBy: coordination.id }
    return choose(tx, ['coordination'], id, { format, reason: 'Ja', gates: calm, version: row.version, release })
  })
const give = (id: string, person: Person) =>
  as((tx) => assignAndGoOn(tx, ['coordination'], id, { person: person.id, as: 'lead' }))
const lacking = (message: string, proofs = 'Nachweis Mediation') => [
  expect.objectContaining({ message, values: expect.objectContaining({ proofs }) }),
]

test('who has not shown the proof is not given a mediation; with the proof she is', async () => {
  const id = await ready()
  expect(await chooseFor(id, 'mediation')).toEqual([])
  expect(await give(id, novice)).toEqual(lacking('missing.entitled.one'))
  await as((tx) => entitle(tx, novice.id, { entitlement: 'mediation', seenOn: '2026-11-23', untilOn: '2026-11-22' }))
  expect(await give(id, novice), 'run out').toEqual(lacking('missing.entitled.one'))
  await as((tx) => entitle(tx, novice.id, { entitlement: 'mediation', seenOn: '2026-11-23', untilOn: null }))
  expect(await give(id, novice)).toEqual([])
  await as((tx) => endEntitlement(tx, novice.id, 'mediation'))
  const left = await as(async (tx) => lackingIn(tx, (await lockCase(tx, id)).model, id, [novice.id, mediator.id]))
  expect(left).toEqual([{ person: novice.id, proofs: ['Nachweis Mediation'] }])
})

test('a format is refused while somebody on the case lacks its proof, and named so that it can be mended', async () => {
  const id = await ready()
  await as((tx) => assign(tx, id, { person: novice.id, as: 'with' }))
  expect(await chooseFor(id, 'mediation')).toEqual(lacking('missing.entitled'))
  expect(await chooseFor(id, 'listening-talk')).toEqual([])
})

test('nobody who must not know the way learns it from a refusal', async () => {
  const id = await ready()
  await chooseFor(id, 'mediation')
  const outsider = { ...((await towns.appoint('guide')) as Person), reach: ['own'] as const }
  const model = await as(async (tx) => modelVersion(tx, (await lockCase(tx, id)).row.model_version))
  expect(await as((tx) => lackingIn(tx, model, id, [novice.id]), outsider as unknown as Who)).toEqual([])
})

test('proofs are noted by somebody else, stand beside the name where cases are assigned, and are no ranking', async () => {
  await expect(
    as((tx) => entitle(tx, mediator.id, { entitlement: 'x', seenOn: '2026-11-23', untilOn: null }), mediator),
  ).rejects.toThrow()
  const id = await ready()
  const [one, other] = await as(async (tx) => {
    const all = await handlersFor(tx, id)
    return [mediator, novice].map((person) => all.find((handler) => handler.id === person.id)?.proofs)
  })
  expect([one?.length, other]).toEqual([3, []])
  expect((await as((tx) => entitled(tx, [mediator.id, novice.id]))).has(novice.id)).toBe(false)
})
