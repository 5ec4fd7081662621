import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Who } from '#platform/tenancy/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { answerLesson, draftLesson, withdrawLesson } from './commands.ts'
import { askedLessons, draftOf, lessons } from './queries.ts'

type Staff = Extract<Who, { kind: 'person' }>
let towns: Towns
let [author, second]: Staff[] = []
beforeAll(async () => {
  towns = await foundTowns()
  author = { ...((await towns.appoint('coordination')) as Staff), reach: ['cases'] }
  second = { ...((await towns.appoint('sponsor')) as Staff), reach: ['own'] }
})
afterAll(() => towns.end())

const said = { title: 'Früh getrennt sprechen', text: 'Erst mit jeder Seite allein, dann zusammen.' }
const closed = () =>
  towns.at(async (tx) => {
    const id = await openedForAssessment(tx)
    await tx.db.updateTable('cases.case').set({ closed_on: '2026-11-20' }).where('id', '=', id).execute()
    return id
  }, author)
const write = (id: string, onto: number, ask: boolean, who: Who = author!) =>
  towns.at((tx) => draftLesson(tx, id, said, onto, ask), who)
const waiting = (who: Staff) => towns.at((tx) => askedLessons(tx, who.id), who)

test('a lesson of an open case, and an older text over a newer one, are refused', async () => {
  const open = await towns.at((tx) => openedForAssessment(tx), author)
  await expect(write(open, 0, false)).rejects.toThrow('not allowed')
  const id = await closed()
  await write(id, 0, false)
  await expect(write(id, 0, false)).rejects.toThrow('stale')
})

test('only when asked a second person reads it, never whoever wrote it; released it knows its case no more', async () => {
  const id = await closed()
  await write(id, 0, false)
  expect(await waiting(second!)).toEqual([])
  await write(id, 1, true)
  const [draft] = await waiting(second!)
  expect(draft).toMatchObject(said)
  expect(await waiting(author!)).toEqual([])
  await expect(towns.at((tx) => answerLesson(tx, draft!.id, true), author)).rejects.toThrow('not allowed')
  await towns.at((tx) => answerLesson(tx, draft!.id, true), second)
  const facts = await towns.at((tx) => tx.db.selectFrom('platform.fact').selectAll().execute(), program)
  const told = facts.filter(({ name }) => name === 'cases.lesson.released')
  expect(told).toMatchObject([{ thing: expect.stringMatching(/^lesson:/), data: {} }])
  expect(told[0]!.thing).not.toContain(draft!.id)
  const [lesson] = await towns.at((tx) => lessons(tx), second)
  expect(lesson).toMatchObject(said)
  expect(JSON.stringify(lesson)).not.toContain(id)
  expect(await towns.at((tx) => draftOf(tx, id), author)).toBeUndefined()
  await towns.at((tx) => withdrawLesson(tx, lesson!.id), second)
  expect(await towns.at((tx) => lessons(tx), second)).toEqual([])
})

test('given back it is a draft again, and a change asks anew', async () => {
  const id = await closed()
  await write(id, 0, true)
  const [draft] = await waiting(second!)
  await towns.at((tx) => answerLesson(tx, draft!.id, false), second)
  expect(await towns.at((tx) => draftOf(tx, id), author)).toMatchObject({ state: 'back', ...said })
  await expect(towns.at((tx) => answerLesson(tx, draft!.id, true), second)).rejects.toThrow('not allowed')
})
