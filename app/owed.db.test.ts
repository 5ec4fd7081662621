import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planGathering } from '#work/gatherings/index.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { addKey } from '#platform/tenancy/index.ts'
import { conference } from '#tests/support/gathering.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { jobsOf, slices } from './slices.ts'

let towns: Towns
let client: Client
beforeAll(async () => {
  towns = await foundTowns()
  client = new Client(towns.database.config)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await towns.end()
})

const queued = async () =>
  (
    await client.query<{ line: string }>(
      `select j.task_identifier || ' ' || (p.payload::jsonb - 'municipality')::text as line
         from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id order by 1`,
    )
  ).rows.map(({ line }) => line)
const emptyQueue = () => client.query('delete from graphile_worker._private_jobs')
const owe = () =>
  towns.at(async (tx) => {
    for (const { owed } of slices) await owed?.(tx)
  }, program)

/** What lives in one browser for an hour comes back with no backup. */
const owedByNobody = ['intake.purge-drafts']
/** What two municipalities tell one another is proved where both are there (app/work/cases/near/guest.db.test.ts). */
const ofTwo = ['cases.guest-answered', 'cases.guest-told']

async function importStanding(state: 'running' | 'undoing' | 'done', part?: number): Promise<string> {
  const id = crypto.randomUUID()
  await towns.at(async (tx) => {
    const key = await addKey(tx, 'import', id)
    const sealed = (table: string, column: string, row: string) =>
      tx.keys.seal<'import'>(key, { table, column, row }, '[]')
    await tx.db
      .insertInto('intake.import')
      .values({
        id,
        kind: 'register',
        state,
        made_on: '2026-11-23',
        made_by: id,
        content_key: key.id,
        settings: sealed('intake.import', 'settings', id),
        lines: 1_000,
      })
      .execute()
    if (part !== undefined)
      await tx.db
        .insertInto('intake.import_part')
        .values({ import_id: id, number: part, content: sealed('intake.import_part', 'content', id) })
        .execute()
  }, program)
  return id
}

test('with the queue lost, every kind of job that a row still owes is there again, once', async () => {
  const [running, undoing] = [await importStanding('running', 3), await importStanding('undoing')]
  await importStanding('done')
  const { id: danger } = await towns.at((tx) =>
    receiveReport(tx, newReport.parse({ observed: 'Er droht mir', danger: true })),
  )
  await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: 'Es ist laut' })))
  const day = '2026-12-20'
  const [online, fixed] = await towns.at(
    async (tx) => [
      await planGathering(tx, { ...conference, day, deadline: day }),
      await planGathering(tx, { ...conference, title: 'Vor Ort', day, deadline: day }),
    ],
    program,
  )
  await client.query(
    `update gatherings.gathering set state = 'announced', online = case id when $1 then 'teams' else online end,
       room = case id when $1 then null else room end`,
    [online],
  )
  const issue = crypto.randomUUID()
  await client.query(
    `insert into newsletter.issue (municipality_id, id, subject, language, topics, blocks, state, author_id, changed_at)
     values ($1, $2, 'Neues', 'de', '{}', '[]', 'sending', $2, now())`,
    [towns.city, issue],
  )
  await emptyQueue()
  await owe()
  await owe()
  const lines = await queued()
  expect(lines).toEqual(
    [
      `gatherings.room {"gathering": "${online}"}`,
      `intake.danger-unopened {"report": "${danger}"}`,
      `intake.take-back {"import": "${undoing}"}`,
      `intake.take-over {"part": "3", "import": "${running}"}`,
      `newsletter.fill {"issue": "${issue}"}`,
    ].toSorted(),
  )
  expect(lines.join()).not.toContain(fixed)
  const covered = lines.map((line) => line.split(' ')[0])
  expect([...covered, ...owedByNobody, ...ofTwo].toSorted()).toEqual(Object.keys(jobsOf(slices)).toSorted())
})
