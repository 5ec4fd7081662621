import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { findCases, openedCase } from '../queries.ts'
import { entries } from '../queries/course.ts'
import { openProposals } from '../queries/second.ts'
import { closing } from '../schema.ts'
import { answerSecond } from './answerSecond.ts'
import { applySecond } from './applySecond.ts'
import { assess } from './assess.ts'
import { assign, unassign } from './assign.ts'
import { choose } from './choose.ts'
import { closeCase } from './close.ts'
import { noteFollowUp } from './followUp.ts'
import { goOn } from './goOn.ts'
import { addMeasure, endMeasure } from './measure.ts'
import { openCase } from './open.ts'
import { noteSession } from './session.ts'

type Person = Extract<Who, { kind: 'person' }>
let towns: Towns
let coordination: Person
beforeAll(async () => {
  towns = await foundTowns()
  coordination = (await towns.appoint('coordination')) as Person
})
afterAll(() => towns.end())

const handler = async (): Promise<Person> => ({ ...((await towns.appoint('handler')) as Person), reach: ['own'] })
const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const open = () =>
  as(coordination, async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    return openCase(tx, {
      matter: 'Streit am Brunnen',
      area: 'altstadt',
      subject: 'noise',
      at,
      modelVersion: model.versionId,
      channel: 'phone',
    })
  })
const standing = (id: string) =>
  towns.at((tx) => tx.db.selectFrom('cases.case').selectAll().where('id', '=', id).executeTakeFirstOrThrow(), program)
const said = { matter: 'Streit um die Ruhezeit', nextStep: 'Mit beiden Seiten sprechen', notes: 'Pavillon' }
const known = (id: string) => as(coordination, (tx) => assess(tx, id, said, { attempts: 'Aushang' }, 0))
/** Goes to the step of a kind, as the coordination unless said otherwise. */
const to = async (id: string, kind: 'choose-format' | 'assign' | 'handle' | 'evaluate' | 'reopen', reason?: string) =>
  as(coordination, async (tx) => {
    const { version } = (await openedCase(tx, id))!
    return goOn(tx, ['coordination', 'conflict-manager'], id, {
      to: stepOfKind(await modelInForce(tx), kind).id,
      version,
      reason,
    })
  })
const close = (id: string, more: object = {}) =>
  as(coordination, (tx) =>
    closeCase(tx, ['coordination'], id, closing.parse({ outcome: 'agreed', hours: '2,5', ...more })),
  )

test('the assessment is kept in versions, found by its words, and never overwritten by an older page', async () => {
  const id = await open()
  await known(id)
  await as(coordination, (tx) => assess(tx, id, { ...said, nextStep: 'Runder Tisch' }, {}, 1))
  await expect(as(coordination, (tx) => assess(tx, id, said, {}, 1))).rejects.toThrow('stale')
  expect((await as(coordination, (tx) => findCases(tx, 'Pavillon'))).map((row) => row.id)).toContain(id)
  const rows = await as(coordination, (tx) =>
    tx.db.selectFrom('cases.assessment').selectAll().where('case_id', '=', id).execute(),
  )
  expect(rows.map(({ number }) => number).toSorted()).toEqual([1, 2])
  expect(rows.map((row) => row.matter.toString('latin1')).join()).not.toContain('Ruhezeit')
})

test('whoever is granted a case sees it until the day it ends, or until it is withdrawn', async () => {
  const id = await open()
  const her = await handler()
  const sees = async () => (await as(her, (tx) => openedCase(tx, id))) !== undefined
  expect(await sees()).toBe(false)
  expect(await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'lead' }))).toEqual([])
  expect(await sees()).toBe(true)
  const other = await open()
  expect(await as(her, (tx) => openedCase(tx, other))).toBeUndefined()
  await as(coordination, (tx) => unassign(tx, id, her.id))
  expect(await sees()).toBe(false)
  await as(coordination, (tx) => assign(tx, id, { person: her.id, as: 'lead' }))
  await towns.at(
    (tx) =>
      tx.db
        .updateTable('access.grant')
        .set({ from_on: '2020-01-01', until_on: '2020-02-01' })
        .where('person_id', '=', her.id)
        .execute(),
    program,
  )
  expect(await sees()).toBe(false)
  const entries = await as(her, (tx) => tx.db.selectFrom('cases.entry').selectAll().execute())
  expect(entries).toEqual([])
})

test('a case goes only to people whose role handles cases, who are bound to secrecy, and who are not kept from it', async () => {
  const id = await open()
  const give = (person: string) =>
    as(coordination, async (tx) => (await assign(tx, id, { person, as: 'with' })).map(({ message }) => message))
  const guide = (await towns.appoint('guide')) as Person
  expect(await give(guide.id)).toEqual(['missing.person'])
  const outside = await handler()
  const set = (values: object) =>
    towns.at((tx) => tx.db.updateTable('auth.person').set(values).where('id', '=', outside.id).execute(), program)
  await set({ employed: false })
  expect(await give(outside.id)).toEqual(['missing.undertaking'])
  await set({ undertaken_on: '2026-01-02' })
  expect(await give(outside.id)).toEqual([])
  const kept = await handler()
  await towns.at((tx) => bar(tx, id, [kept.id]), program)
  expect(await give(kept.id)).toEqual(['missing.person'])
})

test('the model leads: nothing is skipped, nobody but the named takes a step, and an old page changes nothing', async () => {
  const id = await open()
  expect((await to(id, 'choose-format')).map(({ page }) => page)).toEqual(['einschaetzung'])
  await known(id)
  expect(await to(id, 'choose-format')).toEqual([])
  expect((await standing(id)).step_kind).toBe('choose-format')
  const model = await as(coordination, modelInForce)
  const go = (version: number, roles: string[]) =>
    as(coordination, (tx) =>
      goOn(tx, roles, id, { to: stepOfKind(model, 'assign').id, version, reason: 'Beide Seiten wollen' }),
    )
  const { version } = await standing(id)
  await expect(go(version - 1, ['coordination'])).rejects.toThrow('stale')
  await expect(go(version, ['handler'])).rejects.toThrow('not allowed')
  await expect(to(id, 'handle')).rejects.toThrow('not allowed')
})

test('a step for two takes effect at once, is marked, and goes back when the second person does not agree', async () => {
  const id = await open()
  await known(id)
  await to(id, 'choose-format')
  expect((await to(id, 'assign')).map(({ message }) => message)).toEqual(['missing.chosen', 'missing.reason'])
  const way = { format: 'place-measures', reason: 'Es betrifft das ganze Haus', gates: {} }
  const { version } = await standing(id)
  expect(await as(coordination, (tx) => choose(tx, ['coordination'], id, { ...way, version }))).toEqual([])
  expect((await standing(id)).step_kind).toBe('assign')
  const asked = (who: Who, role: string) => as(who, (tx) => openProposals(tx, [role]))
  expect(await asked(coordination, 'coordination')).toEqual([])
  const sponsor: Person = { ...((await towns.appoint('sponsor')) as Person), reach: ['own', 'second'] }
  const [question] = await asked(sponsor, 'sponsor')
  expect(question).toMatchObject({ caseId: id, reason: 'Es betrifft das ganze Haus', effect: 'at-once' })
  expect(await as(sponsor, (tx) => openedCase(tx, id))).toBeUndefined()
  expect(await asked(sponsor, 'guide')).toEqual([])
  await expect(as(coordination, (tx) => answerSecond(tx, ['coordination'], question!.id, true))).rejects.toThrow()
  await as(sponsor, (tx) => answerSecond(tx, ['sponsor'], question!.id, false))
  await towns.at((tx) => applySecond(tx, question!.id), program)
  expect((await standing(id)).step_kind).toBe('choose-format')
  await expect(as(sponsor, (tx) => answerSecond(tx, ['sponsor'], question!.id, true))).rejects.toThrow()
})

test('closing names what is missing, counts without a way back, sets deletion and the looks after it', async () => {
  const id = await open()
  await known(id)
  const measure = await as(coordination, (tx) =>
    addMeasure(tx, id, { what: 'Beleuchtung', owner: 'Tiefbauamt', dueOn: '2026-12-24' }),
  )
  await as(coordination, (tx) =>
    noteSession(tx, id, {
      heldOn: '2026-11-20',
      attended: ['several-sides'],
      result: 'step',
      next: 'again',
    }),
  )
  const told = await as(coordination, async (tx) => entries(tx, id, (await openedCase(tx, id))!.contentKey))
  expect(told.find(({ kind }) => kind === 'session')).toMatchObject({
    note: 'Ein Schritt weiter. Als Nächstes: Ein weiteres Gespräch',
  })
  expect((await close(id, { outcome: '' })).map(({ message }) => message)).toEqual([
    'missing.outcome',
    'missing.measures',
  ])
  await as(coordination, (tx) => endMeasure(tx, id, measure, 'done'))
  expect(await close(id)).toEqual([])
  const row = await standing(id)
  expect(row).toMatchObject({ closed_on: '2026-11-23', step_kind: 'follow-up', hours_quarters: 10 })
  expect(row.due_at?.toISOString()).toBe('2027-02-23T07:00:00.000Z')
  const key = await towns.at(
    (tx) =>
      tx.db.selectFrom('platform.record_key').selectAll().where('id', '=', row.content_key).executeTakeFirstOrThrow(),
    program,
  )
  expect(key.destroy_on).toBe('2028-11-23')
  const figures = await as(coordination, (tx) => tx.db.selectFrom('cases.figure').selectAll().execute())
  expect(figures.at(-1)).toMatchObject({
    month: '2026-11-01',
    channel: 'phone',
    outcome: 'agreed',
    sessions: 1,
    again: false,
  })
  expect(JSON.stringify(figures)).not.toContain(id)
  await expect(as(coordination, (tx) => assess(tx, id, said, {}, 1))).rejects.toThrow('closed')
})

test('each look after the end sets the next; evaluation comes after the last; a reason opens the case again', async () => {
  const id = await open()
  await close(id)
  const look = (holding: string) => as(coordination, (tx) => noteFollowUp(tx, id, { holding }))
  await look('yes')
  expect((await standing(id)).due_at?.toISOString()).toBe('2027-11-23T07:00:00.000Z')
  expect((await to(id, 'evaluate')).map(({ page }) => page)).toEqual(['nachhalten'])
  await look('partly')
  await expect(look('no')).rejects.toThrow('not allowed')
  expect(await to(id, 'evaluate')).toEqual([])
  expect((await to(id, 'reopen')).map(({ field }) => field)).toEqual(['reason'])
  expect(await to(id, 'reopen', 'Es geht wieder los')).toEqual([])
  const row = await standing(id)
  expect(row).toMatchObject({ closed_on: null, outcome: null, step_kind: 'assess' })
  const key = await towns.at(
    (tx) =>
      tx.db.selectFrom('platform.record_key').select('destroy_on').where('id', '=', row.content_key).executeTakeFirst(),
    program,
  )
  expect(key?.destroy_on).toBeNull()
  await close(id)
  const again = await as(coordination, (tx) =>
    tx.db.selectFrom('cases.figure').select('id').where('again', '=', true).execute(),
  )
  expect(again).toHaveLength(1)
})
