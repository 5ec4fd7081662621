import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { berlinDay, startOfBerlinDay } from '#platform/kernel/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { mailbox, openReport } from '../queries.ts'
import { newReport } from '../schema.ts'
import { writeToOffice } from './answer.ts'
import { closeMailbox } from './closeMailbox.ts'
import { newDraftSecret, openDraft, purgeDrafts, saveDraft } from './draft.ts'
import { foldOntoPile } from './pile.ts'
import { receiveReport } from './receive.ts'

let towns: Towns
beforeAll(async () => void (towns = await foundTowns()))
afterAll(() => towns.end())

const report = (more: object = {}) => newReport.parse({ observed: 'Im Hof fliegen Flaschen.', ...more })
const later = (minutes: number) => (towns.clock.now = new Date(towns.clock.now.getTime() + minutes * 60_000))

test('a draft opens with its own cookie only and is gone within the hour, whether the job ran or not', async () => {
  const secret = newDraftSecret()
  await towns.at((tx) => saveDraft(tx, secret, { values: { observed: 'halb fertig' } }))
  expect(await towns.at((tx) => openDraft(tx, secret))).toEqual({ values: { observed: 'halb fertig' } })
  expect(await towns.at((tx) => openDraft(tx, newDraftSecret()))).toBeUndefined()
  later(49)
  await towns.at((tx) => saveDraft(tx, secret, { values: { observed: 'fast fertig' } }))
  expect(await towns.at((tx) => openDraft(tx, secret))).toEqual({ values: { observed: 'fast fertig' } })
  later(11)
  expect(await towns.at((tx) => openDraft(tx, secret))).toBeUndefined()
  await towns.at(purgeDrafts, program)
  const rows = await towns.at((tx) => tx.db.selectFrom('intake.draft').selectAll().execute())
  expect(rows).toEqual([])
})

test('all drafts of the same ten minutes share one deletion job, due within the hour', async () => {
  later(600)
  for (let i = 0; i < 3; i += 1) await towns.at((tx) => saveDraft(tx, newDraftSecret(), { values: {} }))
  const client = new Client(towns.database.config)
  await client.connect()
  const { rows } = await client
    .query<{ run_at: Date }>(
      `select run_at from graphile_worker.jobs where task_identifier = 'intake.purge-drafts' and run_at > $1`,
      [towns.clock.now],
    )
    .finally(() => client.end())
  expect(rows).toHaveLength(1)
  expect(rows[0]!.run_at.getTime() - towns.clock.now.getTime()).toBeLessThanOrEqual(3_600_000)
})

test('a draft row holds neither text nor time nor the cookie', async () => {
  const secret = newDraftSecret()
  await towns.at((tx) => saveDraft(tx, secret, { values: { observed: 'Kanarienvogel' } }))
  const row = await towns.at((tx) => tx.db.selectFrom('intake.draft').selectAll().executeTakeFirstOrThrow())
  const text = Object.values(row).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
  expect(text.join('|')).not.toContain('Kanarienvogel')
  expect(text.join('|')).not.toContain(Buffer.from(secret, 'base64url').toString('latin1'))
  expect(Object.values(row).filter((value) => value instanceof Date)).toEqual([])
})

test('an anonymous report keeps the calendar day only', async () => {
  const { id } = await towns.at((tx) => receiveReport(tx, report()))
  const row = await towns.at(
    (tx) => tx.db.selectFrom('intake.report').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    program,
  )
  const times = Object.values(row).filter((value) => value instanceof Date)
  expect(times.length).toBeGreaterThan(0)
  const minute = towns.clock.now.toISOString().slice(14, 16)
  expect(times.map((time) => time.toISOString()).filter((time) => time.slice(14, 16) === minute)).toEqual([])
  const entry = await towns.at(
    (tx) =>
      tx.db
        .selectFrom('platform.audit_entry')
        .select('at')
        .where('thing', '=', `report:${id}`)
        .executeTakeFirstOrThrow(),
    program,
  )
  expect(entry.at).toEqual(startOfBerlinDay(berlinDay(towns.clock.now)))
})

test('contact, notice and extras are sealed, each under the key of its own class', async () => {
  const coordination = await towns.appoint('coordination')
  const { id } = await towns.at((tx) =>
    receiveReport(
      tx,
      report({
        anonymity: 'office',
        contact: 'Frau Muster, 0176 555',
        notice: 'muster@example.invalid',
        extras: { often: 'weekly', place: 'am Spielplatz', answerLanguage: 'tr' },
      }),
    ),
  )
  const keys = await towns.at(
    (tx) => tx.db.selectFrom('platform.record_key').select('class').where('record_id', '=', id).execute(),
    program,
  )
  expect(keys.map((key) => key.class).toSorted()).toEqual(['contact', 'notice', 'report'])
  expect(await towns.at((tx) => openReport(tx, id), coordination)).toMatchObject({
    contact: 'Frau Muster, 0176 555',
    extras: { often: 'weekly', place: 'am Spielplatz', answerLanguage: 'tr' },
  })
})

test('anonymous with contact data or an address for notices is refused, naming the field', () => {
  const field = (said: object) =>
    newReport.safeParse({ observed: 'x', ...said }).error?.issues.map((issue) => issue.path)
  expect(field({ contact: '0176' })).toEqual([['contact']])
  expect(field({ notice: 'a@b.invalid' })).toEqual([['notice']])
})

test('whoever is excluded is kept by id or sealed, and the substitute holds it first', async () => {
  const coordination = await towns.appoint('coordination')
  const { id } = await towns.at((tx) =>
    receiveReport(tx, report({ notVisibleTo: ['conflict-office', 'Herr Feldkamp'] })),
  )
  const rows = await towns.at(
    (tx) => tx.db.selectFrom('intake.exclusion').selectAll().where('report_id', '=', id).orderBy('number').execute(),
    program,
  )
  expect(rows.map(({ reader, typed }) => [reader, typed?.toString('latin1').includes('Feldkamp')])).toEqual([
    ['conflict-office', undefined],
    [null, false],
  ])
  expect(await towns.at((tx) => openReport(tx, id), coordination)).toBeUndefined()
})

test('reading the mailbox leaves no entry; opening by staff shows as a word and a month', async () => {
  const entries = () => towns.at((tx) => tx.db.selectFrom('platform.audit_entry').select('id').execute(), program)
  const { id, code } = await towns.at((tx) => receiveReport(tx, report()))
  const before = (await entries()).length
  expect((await towns.at((tx) => mailbox(tx, code)))?.opened).toEqual([])
  expect((await entries()).length).toBe(before)
  const coordination = await towns.appoint('coordination')
  await towns.at((tx) => openReport(tx, id), coordination)
  await towns.at((tx) => openReport(tx, id), coordination)
  expect((await towns.at((tx) => mailbox(tx, code)))?.opened).toEqual([{ month: '2026-11-01', who: 'coordination' }])
})

test('a mailbox closed for good opens for nobody, the report stays, and other codes stay open', async () => {
  const first = await towns.at((tx) => receiveReport(tx, report()))
  const second = await towns.at((tx) => receiveReport(tx, report()))
  expect(await towns.at((tx) => closeMailbox(tx, first.code), program)).toBe(true)
  expect(await towns.at((tx) => mailbox(tx, first.code))).toBeUndefined()
  expect(await towns.at((tx) => writeToOffice(tx, first.code, 'noch etwas'))).toBe(false)
  expect(await towns.at((tx) => closeMailbox(tx, first.code), program)).toBe(false)
  expect(await towns.at((tx) => openReport(tx, first.id), await towns.appoint('coordination'))).toBeDefined()
  expect((await towns.at((tx) => mailbox(tx, second.code)))?.id).toBe(second.id)
})

test('an answer sent twice is one message', async () => {
  const { code } = await towns.at((tx) => receiveReport(tx, report()))
  const id = crypto.randomUUID()
  await towns.at((tx) => writeToOffice(tx, code, 'Es ist wieder laut.', id))
  await expect(towns.at((tx) => writeToOffice(tx, code, 'Es ist wieder laut.', id))).rejects.toMatchObject({
    constraint: 'message_pkey',
  })
  expect((await towns.at((tx) => mailbox(tx, code)))?.messages).toHaveLength(1)
})

test('a code of one municipality opens nothing in another', async () => {
  const { code } = await towns.at((tx) => receiveReport(tx, report()))
  const elsewhere = await towns.tenants.inTenant({ municipality: towns.county, who: { kind: 'public' } }, (tx) =>
    mailbox(tx, code),
  )
  expect(elsewhere).toBeUndefined()
})

test('look-alikes of a flood lie on one pile; other reports and held ones do not', async () => {
  const text = (end: string) => `Der Marktplatz soll bleiben wie er ist und die Bäume auch, das sagen wir alle, ${end}`
  const ids: string[] = []
  for (const said of [
    report({ observed: text('heute') }),
    report({ observed: text('morgen') }),
    report({ observed: text('und zwar sofort') }),
    report({ observed: 'Im dritten Stock wird jede Nacht gehämmert, seit der neue Mieter da ist.' }),
    report({ observed: text('heute'), notVisibleTo: ['conflict-office'] }),
  ]) {
    const { id } = await towns.at((tx) => receiveReport(tx, said))
    await towns.at((tx) => foldOntoPile(tx, id), program)
    ids.push(id)
  }
  const rows = await towns.at(
    (tx) => tx.db.selectFrom('intake.report').select(['id', 'pile', 'likeness']).where('id', 'in', ids).execute(),
    program,
  )
  const pile = (i: number) => rows.find(({ id }) => id === ids[i])?.pile
  expect([0, 1, 2, 3, 4].map(pile)).toEqual([ids[0], ids[0], ids[0], null, null])
  expect(rows.find(({ id }) => id === ids[4])?.likeness).toBeNull()
})
