import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'
import { subscriptions } from '#app/subscriptions.ts'
import { bar } from '#platform/access/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { dateKeys, destroyRound, holdOn, setHold, liftHold } from '#platform/retention/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { excludedFrom, newReport, receiveReport, reportRecord } from '#work/intake/index.ts'
import { releaseReport } from '#work/intake/commands/release.ts'
import { modelInForce, readersToExclude, readingsUntil } from '#work/model/index.ts'
import { decideRequest, giveBack, release } from './commands/decide.ts'
import { withdraw } from './commands/end.ts'
import { heldRequests, letGoOfRequests, letGoOfRequestsWithRole } from './commands/handOver.ts'
import { noteRequest, setDue } from './commands/note.ts'
import { answeredOnPaper, askSecond, beginPart } from './commands/part.ts'
import { proposeExtract, saveChoices } from './commands/prepare.ts'
import { searchedFor } from './commands/search.ts'
import { takeBackExtracts } from './commands/takeBack.ts'
import { answerLetter } from './letters.ts'
import { asText } from './pages/parts.tsx'
import { openedRequest, partOf, requestList, running } from './queries/requests.ts'
import { secondsFor } from './queries/seconds.ts'

type Person = Extract<Who, { kind: 'person' }>
const start = new Date('2026-11-23T13:37:42Z')
let towns: Towns
let [miriam, jonas, ruth, henrik, anke]: Person[] = []
const office = ['own', 'reports', 'originals', 'contacts', 'cases', 'second', 'inspection'] as const
const somebody = async (role: string, ...reach: readonly string[]) => {
  const who = (await towns.appoint(role)) as Person
  // Without an address nobody is told anything.
  const mail = `${who.id}@stadt.example`
  await as(program, (tx) => tx.db.updateTable('auth.person').set({ mail }).where('id', '=', who.id).execute())
  return { ...who, reach: ['own', ...reach] } as Person
}
beforeAll(async () => {
  towns = await foundTowns(start)
  miriam = await somebody('coordination', ...office)
  jonas = await somebody('coordination', ...office)
  ruth = await somebody('substitute', 'substitute', 'second')
  henrik = await somebody('steering-group')
  anke = await somebody('sponsor', 'second')
})
beforeEach(() => void (towns.clock.now = start))
afterAll(() => towns.end())

const as = <T>(who: Who | undefined, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who!)
const delivered = () => new Courier(towns.tenants, subscriptions, silentLog).deliver()

/** A report about the office, read by the substitute. */
async function heldReport(offices: 'coordination' | 'none' = 'none'): Promise<string> {
  const id = await as({ kind: 'public' }, async (tx) => {
    const [one] = readersToExclude(await modelInForce(tx)).filter(({ component }) => component === offices)
    const more = { notVisibleTo: [one?.id ?? 'Das Amt'], anonymity: 'named', contact: 'Paul Sommer' }
    return (
      await receiveReport(tx, newReport.parse({ observed: 'Das Büro hört nicht zu.', area: 'altstadt', ...more }))
    ).id
  })
  await as(ruth, (tx) => reportRecord(tx, id))
  return id
}

/** Paul asks what is kept about him, and the substitute begins her part. */
async function begun() {
  const report = await heldReport()
  const asked = { basis: 'gdpr' as const, asker: 'Paul Sommer', wants: 'Alles', receivedOn: '2026-11-20' }
  const of = await as(miriam, (tx) => noteRequest(tx, asked, { cases: [], reports: [] }))
  const id = await as(ruth, (tx) => beginPart(tx, of, [report]))
  return { report, of, id }
}
async function laid(second: Person | undefined = henrik) {
  const part = await begun()
  expect(await as(ruth, (tx) => proposeExtract(tx, part.id, {}, second!.id))).toBe(true)
  return part
}
/** Whom the program writes to meanwhile. */
async function told(meanwhile: () => Promise<void>): Promise<(string | null)[]> {
  const all = () => as(program, (tx) => tx.db.selectFrom('mail.delivery').selectAll().execute())
  // Two of one quarter of an hour are one.
  towns.clock.now = new Date(towns.clock.now.getTime() + 3_600_000)
  const before = new Set((await all()).map(({ id }) => id))
  await meanwhile()
  return (await all()).filter(({ id }) => !before.has(id)).map(({ person_id }) => person_id)
}
const opened = (who: Person | undefined, id: string) => as(who, (tx) => openedRequest(tx, id))
const full = { decision: 'full' as const, version: 2 }
const decide = (who: Person | undefined, id: string) => as(who, (tx) => decideRequest(tx, ['sponsor'], id, full))

test('the substitute prepares, one she asks decides and reads only the extract, and the answer goes out', async () => {
  const { id, of, report } = await laid()
  expect(await opened(ruth, id)).toMatchObject({
    asker: 'Paul Sommer',
    wants: 'Alles',
    dueOn: '2026-12-20',
    quiet: true,
  })
  expect((await opened(henrik, id))?.extract?.parts).toHaveLength(1)
  expect(await as(henrik, (tx) => reportRecord(tx, report))).toBeUndefined()
  for (const who of [miriam, jonas, anke]) {
    expect(await opened(who, id)).toBeUndefined()
    expect((await as(who, (tx) => requestList(tx))).map((row) => row.id)).not.toContain(id)
    await expect(decide(who, id)).rejects.toThrow()
  }
  expect(await opened(henrik, of)).toBeUndefined()
  await expect(decide(ruth, id)).rejects.toThrow()
  expect(await decide(henrik, id)).toBe(true)
  await expect(as(ruth, (tx) => release(tx, [], id))).rejects.toThrow()
  await as(henrik, (tx) => release(tx, [], id))
  const found = (await opened(ruth, id))!
  expect(found.state).toBe('answered')
  const letter = JSON.stringify(answerLetter(found, 'Lindenau', '2026-11-23', 24, asText))
  expect(letter).toContain('nur die Vertretung der Koordinierungsstelle')
  expect(letter).toContain('Landesbeauftragte')
  expect(letter).not.toMatch(/die Personen, die den Fall bearbeiten|hört nicht zu/u)
})

test('of the original nothing tells what she found; it goes on, and only she finds her part', async () => {
  const { of, id } = await begun()
  const seen = (await opened(miriam, of))!
  expect([seen.cases, seen.reports, seen.quiet]).toEqual([[], [], false])
  expect(await as(miriam, (tx) => searchedFor(tx, of))).toMatchObject({ substitute: false })
  expect(await as(miriam, (tx) => partOf(tx, of))).toBeUndefined()
  expect((await as(ruth, (tx) => partOf(tx, of)))?.id).toBe(id)
  const more = await heldReport()
  expect(await as(ruth, (tx) => beginPart(tx, of, [more]))).toBe(id)
  expect((await opened(ruth, id))?.reports).toHaveLength(2)
  await expect(as(miriam, (tx) => beginPart(tx, of, [more]))).rejects.toThrow()
  await expect(as(ruth, (tx) => beginPart(tx, id, [more]))).rejects.toThrow()
})

test('only the substitute works on her part, and on no other request', async () => {
  const { id, of } = await begun()
  await expect(as(miriam, (tx) => saveChoices(tx, id, {}))).rejects.toThrow()
  await expect(as(ruth, (tx) => saveChoices(tx, of, {}))).rejects.toThrow()
  await expect(as(ruth, (tx) => withdraw(tx, of))).rejects.toThrow()
  await as(ruth, (tx) => saveChoices(tx, id, {}))
  await expect(as(ruth, (tx) => answeredOnPaper(tx, id))).rejects.toThrow()
})

test('who decides with her: nobody of the office, nobody kept from a report, nobody who stands in for them', async () => {
  const names = async (reports: readonly string[]) =>
    new Set((await as(ruth, (tx) => secondsFor(tx, reports))).map((p) => p.id))
  const report = await heldReport()
  expect(await names([report])).toEqual(new Set([henrik!.id, anke!.id]))
  const named = await heldReport('coordination')
  expect(await as(ruth, (tx) => excludedFrom(tx, [report, named]))).toEqual(new Set([miriam!.id, jonas!.id]))
  const both = await somebody('steering-group')
  const too = { id: crypto.randomUUID(), person_id: both.id, role: 'coordination', from_on: '2026-01-01' }
  await as(program, (tx) => tx.db.insertInto('auth.appointment').values(too).execute())
  const away = { person_id: miriam!.id, deputy_id: anke!.id, from_on: '2020-01-01', until_on: null, set_by: miriam!.id }
  const absence = crypto.randomUUID()
  await as(program, (tx) =>
    tx.db
      .insertInto('auth.absence')
      .values({ id: absence, ...away })
      .execute(),
  )
  expect(await names([report])).toEqual(new Set([henrik!.id]))
  await as(program, (tx) => tx.db.deleteFrom('auth.absence').where('id', '=', absence).execute())
  const ill = { ...away, id: absence, person_id: anke!.id, deputy_id: henrik!.id }
  await as(program, (tx) => tx.db.insertInto('auth.absence').values(ill).execute())
  expect(await names([report])).toEqual(new Set([henrik!.id]))
  await as(program, (tx) => tx.db.deleteFrom('auth.absence').where('id', '=', absence).execute())
  await as(program, (tx) => bar(tx, report, [henrik!.id]))
  expect(await names([report])).toEqual(new Set([anke!.id]))
  const { id } = await begun()
  for (const wrong of [undefined, ruth!.id, miriam!.id, both.id])
    expect(await as(ruth, (tx) => proposeExtract(tx, id, {}, wrong))).toBe(false)
})

test('kept from a report meanwhile she sees nothing more; somebody else is asked, and only that one reads it', async () => {
  const { id, report } = await laid()
  await as(program, (tx) => bar(tx, report, [henrik!.id]))
  expect(await opened(henrik, id)).toBeUndefined()
  await expect(decide(henrik, id)).rejects.toThrow()
  expect(await as(ruth, (tx) => askSecond(tx, id, henrik!.id))).toBe(false)
  expect(await as(ruth, (tx) => askSecond(tx, id, anke!.id))).toBe(true)
  await as(anke, (tx) => giveBack(tx, [], id, 'Bitte den Ort nennen'))
  expect(await opened(ruth, id)).toMatchObject({ state: 'open', remark: 'Bitte den Ort nennen' })
  expect(await as(ruth, (tx) => proposeExtract(tx, id, {}, anke!.id))).toBe(true)
  expect(await decide(anke, id)).toBe(false)
})

test('another day for the request is another day for her part; reworded, it goes back to her and tells nobody else', async () => {
  const { id, of, report } = await laid()
  await as(miriam, (tx) => setDue(tx, of, '2027-01-20'))
  await delivered()
  expect((await opened(ruth, id))?.dueOn).toBe('2027-01-20')
  expect(await told(() => as(program, (tx) => takeBackExtracts(tx, report)))).toEqual([ruth!.id])
  expect(await opened(ruth, id)).toMatchObject({ state: 'open', extract: undefined, secondBy: henrik!.id })
  await expect(decide(henrik, id)).rejects.toThrow()
})

test('withdrawn or answered: her part ends with the request or for itself, and nothing is held any more', async () => {
  const { id, of, report } = await laid()
  const held = () => as(ruth, (tx) => holdOn(tx, report))
  expect([await held(), await as(miriam, (tx) => holdOn(tx, report))]).toMatchObject([{ because: id }, undefined])
  await as(miriam, (tx) => withdraw(tx, of))
  await delivered()
  expect(await opened(ruth, id)).toMatchObject({ state: 'withdrawn', extract: undefined })
  await expect(decide(henrik, id)).rejects.toThrow()
  expect(await held()).toBeUndefined()

  const other = await laid()
  await decide(henrik, other.id)
  await as(henrik, (tx) => release(tx, [], other.id))
  await delivered()
  expect(await as(ruth, (tx) => holdOn(tx, other.report))).toBeUndefined()
  await as(miriam, (tx) => withdraw(tx, other.of))
  await delivered()
  expect(await opened(ruth, other.id)).toMatchObject({ state: 'answered' })
})

const night = async (day: string) => {
  towns.clock.now = new Date(`${day}T03:00:00Z`)
  const retained = retainedOf(slices)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await as(program, (tx) => dateKeys(tx, retained))
  await as(program, (tx) => destroyRound(tx, { shred, retained, readingsUntil }))
}

test('what is due while her part runs is held, also against who does not know of it; the part is deleted later, uncounted', async () => {
  const { id, report } = await begun()
  await as(ruth, (tx) => releaseReport(tx, report, []))
  const contentKey = (await as(miriam, (tx) => reportRecord(tx, report)))!.contentKey
  await as(miriam, (tx) => setHold(tx, { kind: 'report', record: report, contentKey, reason: 'Klage' }))
  await as(miriam, (tx) => liftHold(tx, 'report', report))
  await night('2029-12-01')
  expect(await as(ruth, (tx) => reportRecord(tx, report))).toBeDefined()
  await as(ruth, (tx) => withdraw(tx, id))
  await delivered()
  await night('2029-12-02')
  expect(await as(ruth, (tx) => reportRecord(tx, report))).toBeUndefined()
  await night('2032-12-02')
  expect(await opened(ruth, id)).toBeUndefined()
  const proofs = (who: Who | undefined) =>
    as(who, (tx) => tx.db.selectFrom('platform.deletion_proof').select('key_id').where('record_id', '=', id).execute())
  expect([(await proofs(program)).length, await proofs(miriam)]).toEqual([1, []])
})

test('leaving: her part goes to another substitute, whom she asked is asked no more, coordination hears of nothing', async () => {
  const { id } = await laid()
  const hers = async (who: Person | undefined) =>
    (await as(who, (tx) => heldRequests(tx, ruth!.id))).filter(({ record }) => record === id)
  expect(await hers(miriam)).toEqual([])
  expect((await hers(ruth))[0]?.to).toEqual([])
  await as(program, (tx) => letGoOfRequestsWithRole(tx, henrik!.id))
  expect((await opened(ruth, id))?.secondBy).toBe(henrik!.id)
  await as(program, (tx) => letGoOfRequests(tx, henrik!.id))
  expect((await opened(ruth, id))?.secondBy).toBeNull()
  const other = await somebody('substitute', 'substitute', 'second')
  expect((await hers(ruth))[0]?.to.map((one) => one.id)).toEqual([other.id])
  const hear = await told(() => as(program, (tx) => letGoOfRequests(tx, ruth!.id)))
  expect(new Set(hear)).toEqual(new Set([other.id, ruth!.id]))
  expect((await opened(other, id))?.keptBy).toBe('')
  expect((await as(other, (tx) => running(tx))).map((row) => row.id)).toContain(id)
})

test('where nobody may decide with her, she answers on paper, and that stands in the history', async () => {
  const { id, report } = await begun()
  const others = (await as(ruth, (tx) => secondsFor(tx, [report]))).map((one) => one.id)
  await as(program, (tx) => bar(tx, report, others))
  await as(ruth, (tx) => answeredOnPaper(tx, id))
  expect(await opened(ruth, id)).toMatchObject({ state: 'answered', decision: null, releasedByName: '' })
  await delivered()
  expect(await as(ruth, (tx) => holdOn(tx, report))).toBeUndefined()
})
