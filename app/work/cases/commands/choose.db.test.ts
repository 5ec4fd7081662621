import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, grant } from '#platform/access/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { choiceOf } from '../queries/choice.ts'
import { course } from '../queries/course.ts'
import { openProposals } from '../queries/second.ts'
import { openedCase } from '../queries.ts'
import { closing } from '../schema.ts'
import { answerSecond } from './answerSecond.ts'
import { applySecond } from './applySecond.ts'
import { assess } from './assess.ts'
import { assign, assignAndGoOn } from './assign.ts'
import { choose, withdrawRelease } from './choose.ts'
import { closeCase } from './close.ts'
import { goOn } from './goOn.ts'
import { openCase } from './open.ts'
import { retained } from './retain.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let coordination: Person
let sponsor: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
  sponsor = { ...((await towns.appoint('sponsor')) as Person), reach: ['own', 'second'] }
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const roles = ['coordination']
const calm = { violence: 'no', crime: 'no', 'at-risk': 'no', dependence: 'no', unwilling: 'no', hate: 'no' }

/** A case that waits for the choice of a format. */
async function ready(): Promise<string> {
  return as(coordination, async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    const matter = 'Streit am Brunnen'
    const id = await openCase(tx, { matter, area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
    await assess(tx, id, { matter, nextStep: 'Zuhören' }, {}, 0)
    await goOn(tx, roles, id, { to: stepOfKind(model, 'choose-format').id, version: 1 })
    return id
  })
}
const released = () => ({ on: '2026-11-20', onPaper: true, seenBy: coordination.id })
const version = async (id: string) => (await as(coordination, (tx) => openedCase(tx, id)))!.version
const chosen = async (id: string, said: object) => {
  const given = { format: 'moderation', reason: 'Beide wollen reden', gates: calm, version: await version(id), ...said }
  return (await as(coordination, (tx) => choose(tx, roles, id, given))).map(({ field }) => field)
}
const state = async (id: string, who: Who = coordination) => (await as(who, (tx) => choiceOf(tx, id)))?.state
const questions = (who: Who, role: string) => as(who, (tx) => openProposals(tx, [role]))

async function answer(agreed: boolean): Promise<void> {
  const [question] = await questions(sponsor, 'sponsor')
  await as(sponsor, (tx) => answerSecond(tx, ['sponsor'], question!.id, agreed))
  await towns.at((tx) => applySecond(tx, question!.id), program)
}

test('a way that needs nobody stands at once, and a later choice replaces it', async () => {
  const id = await ready()
  expect(await chosen(id, { format: undefined })).toEqual(['format'])
  expect(await chosen(id, {})).toEqual([])
  expect(await state(id)).toBe('standing')
  // This model asks somebody about the assignment that follows, too.
  await answer(true)
  expect(await chosen(id, { format: 'place-measures', gates: {} })).toEqual([])
  expect((await as(coordination, (tx) => choiceOf(tx, id)))?.said?.format).toBe('place-measures')
})

test('over an open question of protection nothing begins before a second person agrees', async () => {
  const id = await ready()
  const gates = { ...calm, violence: 'unknown' }
  expect(await chosen(id, { gates })).toEqual(['overrule'])
  expect(await chosen(id, { gates, overrule: 'Die Polizei begleitet' })).toEqual([])
  expect(await state(id)).toBe('waits')
  expect(await chosen(id, {})).toEqual(['format'])
  const [question] = await questions(sponsor, 'sponsor')
  expect(question).toMatchObject({ subject: 'gates', reason: 'Die Polizei begleitet' })
  expect(JSON.stringify(question)).not.toContain('moderation')
  await expect(as(coordination, (tx) => answerSecond(tx, roles, question!.id, true))).rejects.toThrow()
  await answer(false)
  expect(await state(id)).toBeUndefined()
  await chosen(id, { gates, overrule: 'Nun auch mit Schutzplan' })
  await answer(true)
  expect(await state(id)).toBe('standing')
})

test('a format that needs approval waits for the role that approves, which does not learn which it is', async () => {
  const id = await ready()
  expect(await chosen(id, { format: 'citizens-dialogue', reason: 'Die Sache bewegt die Stadt' })).toEqual([])
  expect(await questions(sponsor, 'sponsor')).toEqual([])
  const steering: Person = { ...((await towns.appoint('steering-group')) as Person), reach: ['own', 'second'] }
  const [question] = await questions(steering, 'steering-group')
  expect(question).toMatchObject({ subject: 'approval', reason: 'Die Sache bewegt die Stadt' })
  await as(steering, (tx) => answerSecond(tx, ['steering-group'], question!.id, true))
  await towns.at((tx) => applySecond(tx, question!.id), program)
  expect(await state(id)).toBe('standing')
})

test('a mediation is written down after its release only; handlers see it, an interpreter on the case does not', async () => {
  const id = await ready()
  expect(await chosen(id, { format: 'mediation' })).toEqual(['releasedOn'])
  expect(await chosen(id, { format: 'mediation', release: released() })).toEqual([])
  await answer(true)
  const handler: Person = { ...((await towns.appoint('handler')) as Person), reach: ['own'] }
  const interpreter: Person = { ...((await towns.appoint('interpreter')) as Person), reach: ['own'] }
  await as(coordination, (tx) => assign(tx, id, { person: handler.id, as: 'lead' }))
  await as(coordination, (tx) => grant(tx, { record: id, person: interpreter.id, role: 'interpreter' }))
  expect((await as(handler, (tx) => choiceOf(tx, id)))?.said?.format).toBe('mediation')
  expect(await as(interpreter, (tx) => choiceOf(tx, id))).toBeUndefined()
  const seen = await as(interpreter, async (tx) => {
    const found = (await openedCase(tx, id))!
    return JSON.stringify(await course(tx, id, found.contentKey))
  })
  expect(seen).not.toMatch(/mediation/iu)
})

test('that a mediation took place is forgotten months after closing, before the case is', async () => {
  const id = await ready()
  await chosen(id, { format: 'mediation', release: released() })
  await answer(true)
  const handler: Person = { ...((await towns.appoint('conflict-manager')) as Person), reach: ['own'] }
  await as(coordination, (tx) => assignAndGoOn(tx, roles, id, { person: handler.id, as: 'lead' }))
  const closed = closing.parse({ outcome: 'agreed', hours: '2' })
  expect(await as(handler, (tx) => closeCase(tx, ['conflict-manager'], id, closed))).toEqual([])
  const keys = await towns.at(
    (tx) =>
      tx.db.selectFrom('platform.record_key').select(['class', 'destroy_on']).where('record_id', '=', id).execute(),
    program,
  )
  expect(Object.fromEntries(keys.map((key) => [key.class, key.destroy_on]))).toEqual({
    case: '2028-11-23',
    choice: '2027-05-23',
  })
})

/** What lies in the database about choices of a case, and until when their keys live. */
const kept = (id: string) =>
  towns.at(async (tx) => {
    await retained.date(tx)
    const choices = await tx.db.selectFrom('cases.choice').selectAll().where('case_id', '=', id).execute()
    const keys = await tx.db
      .selectFrom('platform.record_key')
      .select(['id', 'destroy_on'])
      .where('record_id', '=', id)
      .where('class', '=', 'choice')
      .execute()
    const standing = choices.map(({ said_key }) => said_key)
    return {
      choices,
      going: keys.filter((key) => key.destroy_on).length,
      living: keys.filter((key) => standing.includes(key.id)),
    }
  }, program)

test('what a new choice replaces goes at once, and its key with the next round', async () => {
  const id = await ready()
  await chosen(id, { format: 'mediation', release: released() })
  await answer(true)
  await chosen(id, { format: 'place-measures', gates: {} })
  const { choices, going, living } = await kept(id)
  expect([choices.length, going]).toEqual([1, 1])
  expect(living).toEqual([{ id: choices[0]!.said_key, destroy_on: null }])
})

test('a refused choice leaves nothing', async () => {
  const id = await ready()
  await chosen(id, { gates: { ...calm, hate: 'yes' }, overrule: 'Es eilt' })
  await answer(false)
  expect(await kept(id)).toMatchObject({ choices: [], going: 1 })
})

test('a release can be taken back: of the mediation nothing is left, and the case goes on', async () => {
  const id = await ready()
  await expect(as(coordination, (tx) => withdrawRelease(tx, id))).rejects.toThrow()
  await chosen(id, { format: 'mediation', release: released() })
  await answer(true)
  const interpreter: Person = { ...((await towns.appoint('interpreter')) as Person), reach: ['own'] }
  await as(coordination, (tx) => grant(tx, { record: id, person: interpreter.id, role: 'interpreter' }))
  await expect(as(interpreter, (tx) => withdrawRelease(tx, id))).rejects.toThrow()
  await as(coordination, (tx) => withdrawRelease(tx, id))
  const choice = await as(coordination, (tx) => choiceOf(tx, id))
  expect(choice).toMatchObject({ state: 'standing', said: { format: 'unwritten', reason: '' } })
  expect(choice?.said?.release).toBeUndefined()
  expect(await kept(id)).toMatchObject({ choices: [{ number: 2 }], going: 1 })
  await expect(as(coordination, (tx) => withdrawRelease(tx, id))).rejects.toThrow()
})

test('taken back after the end it leaves no new row, no line and no key that goes before its day', async () => {
  const id = await ready()
  await chosen(id, { format: 'mediation', release: released() })
  await answer(true)
  const handler: Person = { ...((await towns.appoint('conflict-manager')) as Person), reach: ['own'] }
  await as(coordination, (tx) => assignAndGoOn(tx, roles, id, { person: handler.id, as: 'lead' }))
  const closed = closing.parse({ outcome: 'agreed', hours: '2' })
  await as(handler, (tx) => closeCase(tx, ['conflict-manager'], id, closed))
  const before = await kept(id)
  const lines = () =>
    towns.at((tx) => tx.db.selectFrom('cases.entry').selectAll().where('case_id', '=', id).execute(), program)
  const told = await lines()
  await as(coordination, (tx) => withdrawRelease(tx, id))
  const after = await kept(id)
  expect((await as(coordination, (tx) => choiceOf(tx, id)))?.said?.format).toBe('unwritten')
  const outside = ({ choices, ...rest }: typeof before) => [rest, choices.map(({ said, ...row }) => [row, said.length])]
  expect(outside(after)).toEqual(outside(before))
  expect(await lines()).toEqual(told)
})

test('questions of protection answered by somebody who is kept from the case meanwhile change nothing', async () => {
  const id = await ready()
  const other = (await towns.appoint('coordination')) as Person
  const given = { format: 'moderation', reason: 'Beide wollen reden', gates: calm, version: await version(id) }
  await as(program, (tx) => bar(tx, id, [other.id]))
  await expect(as(other, (tx) => choose(tx, roles, id, given))).rejects.toThrow('not allowed')
  expect(await state(id)).toBeUndefined()
})
