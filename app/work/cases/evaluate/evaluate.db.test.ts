import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Who } from '#platform/tenancy/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { foundTowns, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { askConcerned, askedFor, keepEvaluation, mayEvaluate, useUp } from './commands.ts'
import { evaluationPool } from './queries.ts'

let towns: Towns
let office: Who
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-23T13:37:42Z'))
  office = { ...((await towns.appoint('coordination')) as Extract<Who, { kind: 'person' }>), reach: ['cases'] }
})
afterAll(() => towns.end())

const program: Who = { kind: 'program', name: 'evaluation' }
const closed = () =>
  towns.at(async (tx) => {
    const id = await openedForAssessment(tx)
    await tx.db.updateTable('cases.case').set({ closed_on: '2026-11-20' }).where('id', '=', id).execute()
    return id
  }, office)
const ask = async (count: number, id?: string) => {
  const of = id ?? (await closed())
  return towns.at((tx) => askConcerned(tx, of, count), office)
}
const said = { heard: 'yes', better: 'same' }
const answer = (token: string) =>
  towns.at((tx) => useUp(tx, token, () => towns.at((own) => keepEvaluation(own, said), program)), program)
const pool = async () => (await towns.at((tx) => evaluationPool(tx), office)).pool

test('a link is good once and for some weeks; for an open case there is none', async () => {
  const open = await towns.at((tx) => openedForAssessment(tx), office)
  await expect(ask(1, open)).rejects.toThrow('not allowed')
  const [token, late] = await ask(2)
  expect([await answer(token!), await answer(token!), await answer('erfunden')]).toEqual([true, false, false])
  const { now } = towns.clock
  towns.clock.now = new Date(now.getTime() + (askedFor + 1) * 86_400_000)
  expect(await towns.at((tx) => mayEvaluate(tx, late!), program)).toBe(false)
  towns.clock.now = now
})

test('an answer carries nothing of case, link, day or transaction, and the used link is gone', async () => {
  const id = await closed()
  const [token, other] = await ask(2, id)
  await answer(token!)
  const [kept, links, cases] = await towns.at(
    async (tx) => [
      (await sql<Record<string, unknown>>`select *, xmin from cases.evaluation`.execute(tx.db)).rows,
      (
        await sql<Record<string, unknown>>`select *, xmin from cases.evaluation_link where case_id = ${id}`.execute(
          tx.db,
        )
      ).rows,
      (await sql<Record<string, unknown>>`select xmin from cases."case" where id = ${id}`.execute(tx.db)).rows,
    ],
    office,
  )
  expect(links).toHaveLength(1)
  for (const row of kept) {
    expect(Object.keys(row).toSorted()).toEqual(['answers', 'counted', 'id', 'municipality_id', 'xmin'])
    expect([...links, ...cases].map(({ xmin }) => xmin)).not.toContain(row.xmin)
    expect(JSON.stringify(row)).not.toContain(id)
  }
  expect(await towns.at((tx) => mayEvaluate(tx, other!), program)).toBe(true)
})

test('only when five cases and ten answers are there something is shown, and then five at a time', async () => {
  expect(await pool()).toBeUndefined()
  for (let n = 0; n < 3; n += 1) for (const token of await ask(2)) await answer(token)
  expect(await pool()).toBeUndefined()
  for (const token of await ask(2)) await answer(token)
  expect(await pool()).toMatchObject({
    answers: 10,
    given: { heard: { yes: 10, partly: 0, no: 0 }, better: { same: 10 } },
  })
  for (const token of await ask(4)) await answer(token)
  expect((await pool())?.answers).toBe(10)
  for (const token of await ask(1)) await answer(token)
  expect((await pool())?.answers).toBe(15)
})

test('on the page: opening changes nothing, nothing said is asked for again, then thanks', async () => {
  const [token] = await ask(1)
  const visitor = new Visitor(towns, programOver(towns))
  const at = `/lindenau/wie-war-es/${token}`
  await visitor.get(at)
  expect((await visitor.post(at)).status).toBe(422)
  expect((await visitor.post(at, { heard: 'yes' })).text).toContain('Ihre Antworten sind angekommen')
  expect((await visitor.get(at)).text).toContain('Dieser Link gilt nicht mehr')
})
