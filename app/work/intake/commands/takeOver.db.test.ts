import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { headingAt, monthFirst, proposeMapping } from '../takeover/columns.ts'
import { readCsv } from '../takeover/csv.ts'
import type { Settings } from '../takeover/settings.ts'
import type { Table } from '../takeover/table.ts'
import { forgetImports, layDown, partsOf, startTakeOver, takeBackPart, takeOverPart, undoTakeOver } from './takeOver.ts'

let towns: Towns
let miriam: Extract<Who, { kind: 'person' }>
beforeAll(async () => {
  towns = await foundTowns()
  miriam = (await towns.appoint('coordination')) as typeof miriam
})
afterAll(() => towns.end())

const data = join(import.meta.dirname, '../../../../tests/support/data/takeover')
const file = (name: string) => readCsv(readFileSync(join(data, name)))

async function lay(table: Table, more: Partial<Settings> = {}): Promise<string> {
  const at = headingAt(table)
  const headings = table.lines[at]!.cells
  return towns.at(async (tx) => {
    const model = await modelInForce(tx)
    const settings: Settings = {
      kind: 'register',
      mapping: proposeMapping(headings),
      monthFirst: monthFirst(table),
      fill: ['area'],
      headings,
      step: stepOfKind(model, 'handle').id,
      modelVersion: model.versionId,
      goal: 'inbox',
      ...more,
    }
    return layDown(tx, settings, table.lines.slice(at + 1))
  }, miriam)
}

/** What the queue would do, one transaction a part. */
async function run(id: string): Promise<void> {
  await towns.at((tx) => startTakeOver(tx, id), miriam)
  const { lines } = await row(id)
  for (let part = 0; part < partsOf(lines); part += 1)
    await towns.at((tx) => takeOverPart(tx, { import: id, part: String(part) }), program)
}
async function undo(id: string): Promise<void> {
  await towns.at((tx) => undoTakeOver(tx, id), miriam)
  while ((await row(id)).state === 'undoing') await towns.at((tx) => takeBackPart(tx, { import: id }), program)
}
const row = (id: string) =>
  towns.at(
    (tx) => tx.db.selectFrom('intake.import').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    program,
  )

/** How many rows there are of all that an import can leave behind. */
const counted = () =>
  towns.at(async (tx) => {
    const tables = [
      'cases.case',
      'cases.entry',
      'cases.figure',
      'intake.report',
      'search.token',
      'intake.import_item',
      'intake.import_part',
    ] as const
    const counts: Record<string, number> = {}
    for (const table of tables)
      counts[table] = Number(
        (await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(tx.db)).rows[0]!.n,
      )
    return counts
  }, program)

test('running rows become cases at the chosen step with their due date, closed ones numbers without text', async () => {
  const before = await counted()
  const id = await lay(file('unordentlich.csv'))
  await run(id)
  expect(await row(id)).toMatchObject({ state: 'done', cases: 3, figures: 2, left_out: 6, undo_until: '2026-12-07' })
  const cases = await towns.at(
    (tx) => tx.db.selectFrom('cases.case').selectAll().orderBy('opened_on').execute(),
    miriam,
  )
  expect(cases.map((one) => [one.opened_on, one.step_kind, one.due_at?.toISOString().slice(0, 10)])).toEqual([
    ['2025-02-10', 'handle', '2026-12-01'],
    ['2025-02-28', 'handle', cases[1]!.due_at?.toISOString().slice(0, 10)],
    ['2025-05-06', 'handle', cases[1]!.due_at?.toISOString().slice(0, 10)],
  ])
  const figures = await towns.at((tx) => tx.db.selectFrom('cases.figure').selectAll().execute(), miriam)
  expect(figures.map(({ outcome, days_to_close, hours_quarters }) => [outcome, days_to_close, hours_quarters])).toEqual(
    expect.arrayContaining([
      ['agreed', 70, 6],
      ['unresolved', 27, 6],
    ]),
  )
  // Taken back: nothing is left, the keys go tonight, and it cannot be taken back twice.
  await undo(id)
  expect(await counted()).toEqual(before)
  const keys = await towns.at(
    (tx) =>
      tx.db.selectFrom('platform.record_key').select('destroy_on').where('class', 'in', ['case', 'import']).execute(),
    program,
  )
  expect(keys.map(({ destroy_on }) => destroy_on)).toEqual(Array(4).fill(berlinDay(towns.clock.now)))
  await expect(undo(id)).rejects.toThrow()
})

test('a list of nearly five thousand complaints goes in as reports, quietly, and out again', async () => {
  const before = await counted()
  const facts = () => towns.at((tx) => tx.db.selectFrom('platform.fact').select('id').execute(), program)
  const told = (await facts()).length
  const id = await lay(file('311_sample.csv'), { kind: 'list', goal: 'watch', watchUntil: '2026-12-24' })
  await run(id)
  expect(await row(id)).toMatchObject({ state: 'done', reports: 4969, left_out: 0 })
  const open = await towns.at(
    (tx) =>
      tx.db
        .selectFrom('intake.report')
        .select(['step_kind', 'channel'])
        .where('step_kind', '<>', 'closed')
        .distinct()
        .execute(),
    miriam,
  )
  expect(open).toEqual([{ step_kind: 'watch', channel: 'import' }])
  expect((await facts()).length).toBe(told)
  await undo(id)
  expect(await counted()).toEqual(before)
})

test('ten thousand rows: one transaction a part, memory does not grow with the file, a part taken twice is taken once', async () => {
  const heading = { line: 1, cells: ['Nr', 'Eingang', 'Anliegen', 'Stand'] }
  const lines = Array.from({ length: 10_000 }, (_, i) => ({
    line: i + 2,
    cells: [String(i), '03.01.2025', `Streit um den Platz Nummer ${i}`, 'offen'],
  }))
  const id = await lay({ lines: [heading, ...lines] })
  await towns.at((tx) => startTakeOver(tx, id), miriam)
  const take = (part: number) => towns.at((tx) => takeOverPart(tx, { import: id, part: String(part) }), program)
  await take(0)
  await take(0)
  expect(await row(id)).toMatchObject({ cases: 200, state: 'running' })
  globalThis.gc?.()
  const start = process.memoryUsage().heapUsed
  let most = 0
  for (let part = 1; part < 50; part += 1) {
    await take(part)
    most = Math.max(most, process.memoryUsage().heapUsed - start)
  }
  expect(await row(id)).toMatchObject({ cases: 10_000, state: 'done', left_out: 0 })
  expect(most / 1024 / 1024).toBeLessThan(150)
  await undo(id)
  expect((await counted())['cases.case']).toBe(0)
}, 120_000)

test('after fourteen days it stays, and nothing leads from a figure to where it came from; old drafts go', async () => {
  const id = await lay(file('unordentlich.csv'))
  const draft = await lay(file('unordentlich.csv'))
  await run(id)
  const items = async () => (await counted())['intake.import_item']
  await towns.at(forgetImports, program)
  expect(await items()).toBe(5)
  const { now } = towns.clock
  towns.clock.now = new Date(`${addDays(berlinDay(now), 15)}T08:00:00Z`)
  await towns.at(forgetImports, program)
  expect(await items()).toBe(0)
  expect((await counted())['intake.import_part']).toBe(0)
  expect((await row(draft)).state).toBe('undone')
  await expect(undo(id)).rejects.toThrow()
  towns.clock.now = now
})
