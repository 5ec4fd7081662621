import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, grant } from '#platform/access/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { mailbox } from '../queries.ts'
import { alikeReports, joinedReports } from '../queries/alike.ts'
import { inbox } from '../queries/lists.ts'
import { newReport } from '../schema.ts'
import { decide } from './decide.ts'
import { addToCase, bundle, mergeReports, partReport } from './join.ts'
import { receiveReport } from './receive.ts'

type Staff = Extract<Who, { kind: 'person' }>
const roles = ['coordination']
let towns: Towns
let miriam: Staff
let colleague: Staff
beforeAll(async () => {
  towns = await foundTowns()
  miriam = (await towns.appoint('coordination')) as Staff
  colleague = (await towns.appoint('coordination')) as Staff
})
afterAll(() => towns.end())

const evening = 'Am Brunnen auf dem Marktplatz haben gestern Abend Jugendliche Flaschen geworfen, es gab Streit.'
const sameEvening = 'Gestern Abend flogen am Brunnen auf dem Marktplatz Flaschen, Jugendliche stritten sich laut.'
const playground = 'Auf dem Spielplatz an der Weststraße fehlt seit Wochen der Sand.'
const send = (observed: string, more: object = {}) =>
  towns.at((tx) => receiveReport(tx, newReport.parse({ observed, area: 'altstadt', subject: 'youth', ...more })))
const proposals = (id: string, who: Who) =>
  towns.at(async (tx) => (await alikeReports(tx, await modelInForce(tx), id)).map((one) => one.id), who)
const merge = (a: string, b: string, who: Staff = miriam) =>
  towns.at((tx) => mergeReports(tx, roles, [a, b], 'gleicher Abend, gleicher Platz'), who)
const shown = (who: Who) => towns.at(async (tx) => (await inbox(tx, {})).rows, who)
const kind = (name: Parameters<typeof stepOfKind>[1]) =>
  towns.at(async (tx) => stepOfKind(await modelInForce(tx), name).id, program)
const versionOf = (id: string) =>
  towns.at(
    async (tx) =>
      (await tx.db.selectFrom('intake.report').select('version').where('id', '=', id).executeTakeFirstOrThrow())
        .version,
    program,
  )

test('what is near in place, time and words is proposed; other matters and what one must not read are not', async () => {
  const first = await send(evening)
  const second = await send(sameEvening)
  const other = await send(playground)
  expect(await proposals(second.id, miriam)).toContain(first.id)
  expect(await proposals(second.id, miriam)).not.toContain(other.id)
  await towns.at((tx) => bar(tx, first.id, [colleague.id]), program)
  expect(await proposals(second.id, colleague)).not.toContain(first.id)
})

test('merged reports go on together, each mailbox gets the answer, and they can be parted again', async () => {
  const first = await send('Streit um die Bänke am Hafen, zum ersten Mal')
  towns.clock.now = new Date(towns.clock.now.getTime() + 86_400_000)
  const second = await send('Streit um die Bänke am Hafen, noch jemand meldet')
  const third = await send('Streit um die Bänke am Hafen, und noch jemand')
  expect(await merge(second.id, first.id)).toEqual({ lead: first.id })
  expect(await merge(third.id, second.id)).toEqual({ lead: first.id })
  const row = (await shown(miriam)).find(({ id }) => id === first.id)
  expect(row?.merged).toBe(3)
  expect((await shown(miriam)).some(({ id }) => id === second.id)).toBe(false)
  const reasons = await towns.at((tx) => joinedReports(tx, { with: second.id }), miriam)
  expect(reasons.map(({ reason }) => reason)).toEqual([undefined, ...Array(2).fill('gleicher Abend, gleicher Platz')])

  await towns.at((tx) => partReport(tx, third.id), miriam)
  expect((await shown(miriam)).some(({ id }) => id === third.id)).toBe(true)
  const decision = { to: await kind('advise'), version: await versionOf(first.id), answer: 'Wir kommen am Freitag.' }
  await towns.at((tx) => decide(tx, roles, first.id, decision), miriam)
  const texts = async (code: string) =>
    (await towns.at((tx) => mailbox(tx, code)))?.messages.map(({ text }) => text) ?? ['no mailbox']
  expect(await texts(first.code)).toEqual(['Wir kommen am Freitag.'])
  expect(await texts(second.code)).toEqual(['Wir kommen am Freitag.'])
  expect(await texts(third.code)).toEqual([])

  // Decided together, parted afterwards: it waits again where it waited before.
  await towns.at((tx) => partReport(tx, second.id), miriam)
  const again = (await shown(miriam)).find(({ id }) => id === second.id)
  expect(again?.due_at).toBeInstanceOf(Date)
  await expect(towns.at((tx) => partReport(tx, second.id), miriam)).rejects.toThrow()
})

test('whoever must not read one of them reads none, and not the case; parted, only her own stays closed to her', async () => {
  const secret = await send('Lärm im Hof der Verwaltung')
  const open = await send('Lärm im Hof, jeden Morgen')
  await towns.at((tx) => bar(tx, secret.id, [colleague.id]), program)
  const sees = async (id: string) => (await shown(colleague)).some((row) => row.id === id)
  expect(await sees(open.id)).toBe(true)
  await merge(open.id, secret.id)
  expect([await sees(open.id), await sees(secret.id)]).toEqual([false, false])
  await towns.at((tx) => partReport(tx, open.id), miriam)
  expect([await sees(open.id), await sees(secret.id)]).toEqual([true, false])

  await merge(open.id, secret.id)
  const decision = { to: await kind('open'), version: await versionOf(secret.id), matter: 'Lärm im Hof' }
  const done = await towns.at((tx) => decide(tx, roles, secret.id, decision), miriam)
  if (!('caseId' in done)) throw new Error('no case')
  const cases = (who: Who) => towns.at((tx) => tx.db.selectFrom('cases.case').select('id').execute(), who)
  expect((await cases(miriam)).map(({ id }) => id)).toContain(done.caseId)
  expect((await cases(colleague)).map(({ id }) => id)).not.toContain(done.caseId)
})

test('several reports become one case; one that bars whoever works on it does not join', async () => {
  const reports = [
    await send('Müll am Weg'),
    await send('Müll am Ufer', { area: 'rosenaue' }),
    await send('Müll im Hain'),
  ]
  const ids = reports.map(({ id }) => id)
  const done = await towns.at(
    (tx) => bundle(tx, roles, ids, { matter: 'Müll nach Festen', reason: 'gleiche Ursache' }),
    miriam,
  )
  if (!('caseId' in done)) throw new Error(JSON.stringify(done))
  const within = await towns.at((tx) => joinedReports(tx, { caseId: done.caseId }), miriam)
  expect(within.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  const area = await towns.at(
    (tx) => tx.db.selectFrom('cases.case').select('area').where('id', '=', done.caseId).executeTakeFirst(),
    miriam,
  )
  expect(area).toEqual({ area: 'unknown' })

  await towns.at((tx) => grant(tx, { record: done.caseId, person: colleague.id, role: 'lead' }), miriam)
  const late = await send('Müll, gemeldet über eine Kollegin')
  await towns.at((tx) => bar(tx, late.id, [colleague.id]), program)
  const missing = await towns.at((tx) => addToCase(tx, roles, [late.id], done.caseId, 'gleich'), miriam)
  expect(missing).toEqual([{ field: 'with', message: 'missing.barred-handler' }])
  const last = await send('Müll am Steg')
  expect(await towns.at((tx) => addToCase(tx, roles, [last.id], done.caseId, 'gleich'), miriam)).toEqual([])
  expect(await towns.at((tx) => joinedReports(tx, { caseId: done.caseId }), miriam)).toHaveLength(4)
})

test('what is settled, held or not one’s to move does not merge, and nothing changes', async () => {
  const [held, plain] = [await send('Streit im Amt', { notVisibleTo: ['Frau B.'] }), await send('Streit im Bad')]
  await expect(merge(plain.id, held.id)).rejects.toThrow()
  expect(await towns.at((tx) => mergeReports(tx, ['guide'], [plain.id, plain.id], 'x'), miriam)).toEqual({
    missing: [{ field: 'with', message: 'missing.with' }],
  })
  const third = await send('Streit am See')
  expect(await towns.at((tx) => mergeReports(tx, ['guide'], [plain.id, third.id], 'x'), miriam)).toEqual({
    missing: [{ field: 'with', message: 'missing.way' }],
  })
})
