import { afterAll, beforeAll, expect, test } from 'vitest'
import { doneTo } from '#platform/audit/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce } from '#work/model/index.ts'
import { openReport } from '../queries.ts'
import { alikeReports } from '../queries/alike.ts'
import { findReports, inbox, ownReports, waitingReports, waitingToBundle } from '../queries/lists.ts'
import { openText } from '../queries/translations.ts'
import { newReport } from '../schema.ts'
import { mergeReports } from './join.ts'
import { makeFindable } from './find.ts'
import { receiveReport } from './receive.ts'
import { askInterpreter } from './translate.ts'
import { veilReport } from './veil.ts'

let towns: Towns
let office: Who
beforeAll(async () => {
  towns = await foundTowns()
  office = { ...(await towns.appoint('coordination')), reach: ['own', 'reports'] } as Who
})
afterAll(() => towns.end())

const told = (observed: string, language = 'de') =>
  towns.at(async (tx) => {
    const more = { observed, area: 'altstadt', subject: 'noise', language }
    const { id } = await receiveReport(tx, newReport.parse(more))
    await makeFindable(tx, id)
    return id
  }, program)

test('a folded text stands in no list, search or proposal, and is whole for whoever opens it', async () => {
  const observed = 'Abends am Brunnen schreit jemand Drohungen gegen das Büro, sie kommen bald.'
  const id = await told(observed)
  const like = await told('Abends am Brunnen schreit jemand Drohungen gegen das Büro, jeden Tag.')
  await towns.at((tx) => veilReport(tx, id, 'threat'), office)
  const lists = await towns.at(
    async (tx) => [
      ...(await inbox(tx, {})).rows,
      ...(await waitingReports(tx)),
      ...(await waitingToBundle(tx, [id])),
      ...(await findReports(tx, 'Drohungen bald')),
      ...(await ownReports(tx, crypto.randomUUID())),
    ],
    office,
  )
  const mine = lists.filter((row) => row.id === id)
  expect(mine.map(({ headline }) => headline)).toEqual(Array(4).fill('Verdeckter Text: eine Drohung'))
  const [proposed] = await towns.at(async (tx) => alikeReports(tx, await modelInForce(tx), like), office)
  expect(proposed).toMatchObject({ id, text: 'Verdeckter Text: eine Drohung' })
  await towns.at((tx) => mergeReports(tx, ['coordination'], [id, like], 'Gleiche Worte'), office)
  expect(await towns.at((tx) => openReport(tx, id), office)).toMatchObject({ observed, veil: 'threat' })
  expect((await towns.at((tx) => doneTo(tx, 'veiled', [`report:${id}`]), program)).size).toBe(1)

  await towns.at((tx) => veilReport(tx, id, null), office)
  const [again] = await towns.at((tx) => findReports(tx, 'Drohungen bald'), office)
  expect(again?.headline).toContain('Abends am Brunnen')
})

test('the interpreter is warned as well, whichever came first; whoever sees no report folds none', async () => {
  const interpreter = { ...(await towns.appoint('interpreter')), reach: ['own'] } as Extract<Who, { kind: 'person' }>
  const ids = await Promise.all([told('Gel buraya.', 'tr'), told('Git buradan.', 'tr')])
  const [before = '', after = ''] = ids
  await towns.at((tx) => veilReport(tx, before, 'hate'), office)
  for (const report of ids)
    await towns.at((tx) => askInterpreter(tx, { report, message: undefined }, interpreter.id), office)
  await towns.at((tx) => veilReport(tx, after, 'violence'), office)
  const rows = await towns.at(
    (tx) => tx.db.selectFrom('intake.translation').select(['id', 'report_id']).where('report_id', 'in', ids).execute(),
    program,
  )
  const veils = await Promise.all(
    rows.map(async ({ id, report_id }) => [report_id, (await towns.at((tx) => openText(tx, id), interpreter))?.veil]),
  )
  expect(Object.fromEntries(veils)).toEqual({ [before]: 'hate', [after]: 'violence' })
  await expect(towns.at((tx) => veilReport(tx, before, null), interpreter)).rejects.toThrow()
})
