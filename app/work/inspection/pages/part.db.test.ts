import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { newReport, receiveReport, reportRecord } from '#work/intake/index.ts'
import { withdraw } from '../commands/end.ts'
import { noteRequest } from '../commands/note.ts'

/** What the pages of the substitute's own answer say to forms that come too late or hold what nobody offered. */
type Person = Extract<Who, { kind: 'person' }>
const start = new Date('2026-11-23T13:37:42Z')
const asker = 'Paula Winter'
let towns: Towns
let app: ReturnType<typeof programOver>
let [miriam, ruth, henrik, anke]: Person[] = []
let [substitute, second]: Visitor[] = []
const as = <T>(who: Who | undefined, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who!)

async function enters(who: Person): Promise<Visitor> {
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await as(program, (tx) => startSession(tx, who.id))).token)
  return visitor
}
beforeAll(async () => {
  towns = await foundTowns(start)
  app = programOver(towns)
  const appoint = async (role: string) => (await towns.appoint(role)) as Person
  miriam = { ...(await appoint('coordination')), reach: ['own', 'reports', 'contacts', 'cases', 'inspection'] }
  ruth = { ...(await appoint('substitute')), reach: ['own', 'substitute'] }
  henrik = await appoint('steering-group')
  anke = await appoint('sponsor')
  substitute = await enters(ruth)
  second = await enters(henrik)
})
afterAll(() => towns.end())

/** A report only the substitute reads, and a request of the same person. */
async function asked() {
  const more = { anonymity: 'named', contact: asker, notVisibleTo: ['Das Amt'] }
  const said = newReport.parse({ observed: 'Das Büro hört nicht zu.', area: 'altstadt', ...more })
  const { id: report } = await as({ kind: 'public' }, (tx) => receiveReport(tx, said))
  await as(ruth, (tx) => reportRecord(tx, report))
  const request = { basis: 'gdpr' as const, asker, wants: 'Alles', receivedOn: '2026-11-20' }
  const of = await as(miriam, (tx) => noteRequest(tx, request, { cases: [], reports: [] }))
  return { report, of, looking: `/lindenau/einsicht/${of}/vertretung` }
}
const begun = async () => {
  const made = await asked()
  const begin = { do: 'begin', name: asker, place: made.report }
  const { to } = await substitute!.post(made.looking, begin)
  return { ...made, begin, part: to! }
}

test('what was not found is not taken, and what is laid before somebody is not widened', async () => {
  const { looking } = await asked()
  const foreign = await substitute!.post(looking, { do: 'begin', name: asker, place: crypto.randomUUID() })
  expect([foreign.status, foreign.text]).toEqual([422, expect.stringContaining('mindestens eine Fundstelle')])
  const { part, begin, looking: again } = await begun()
  expect((await substitute!.get(again)).text).toContain(part)
  const lay = await substitute!.post(`${part}/auszug`, { do: 'propose', second: henrik!.id })
  expect([lay.status, lay.to]).toEqual([303, part])
  const late = await substitute!.post(again, begin)
  expect([late.status, late.text]).toEqual([422, expect.stringContaining('liegt schon zur Entscheidung vor')])
})

test('whom nobody offered is not asked, and what was chosen stays', async () => {
  const { part } = await begun()
  const key = /name="was-([0-9a-f]{20})"/.exec((await substitute!.get(`${part}/auszug`)).text)![1]!
  const fields = { do: 'propose', second: miriam!.id, [`was-${key}`]: 'replace', [`statt-${key}`]: 'im Herbst' }
  const wrong = await substitute!.post(`${part}/auszug`, fields)
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('wählen Sie, wer mit Ihnen entscheidet')])
  expect(wrong.text).toContain('im Herbst')
  await substitute!.post(`${part}/auszug`, { ...fields, second: henrik!.id })
  expect((await second!.get(part)).text).toContain('im Herbst')
  const other = await substitute!.post(part, { do: 'second', second: miriam!.id })
  expect([other.status, other.text]).toEqual([422, expect.stringContaining('wählen Sie, wer mit Ihnen entscheidet')])
  const stale = await second!.post(part, { do: 'decide', decision: 'full', version: '1' })
  expect([stale.status, stale.text]).toEqual([422, expect.stringContaining('inzwischen geändert')])
})

test('withdrawn meanwhile, nothing is decided or prepared any more', async () => {
  const { part } = await begun()
  await substitute!.post(`${part}/auszug`, { do: 'propose', second: henrik!.id })
  await as(ruth, (tx) => withdraw(tx, part.slice(-36)))
  expect((await second!.post(part, { do: 'decide', decision: 'full', version: '2' })).status).toBe(403)
  expect((await substitute!.post(`${part}/auszug`, { do: 'save' })).status).toBe(403)
  expect((await substitute!.get(`${part}/auszug`)).to).toBe(part)
})

test('kept from the report meanwhile, whoever was asked finds no more than at an address nobody ever had; with nobody left the page says so', async () => {
  const { part, report } = await begun()
  await substitute!.post(`${part}/auszug`, { do: 'propose', second: henrik!.id })
  await as(program, (tx) => bar(tx, report, [henrik!.id]))
  const unknown = part.slice(0, -36) + crypto.randomUUID()
  const statuses = [(await second!.get(part)).status, (await second!.get(unknown)).status]
  expect(statuses).toEqual([403, 403])
  const page = (await substitute!.get(part)).text
  expect(page).toContain('kann zurzeit nicht entscheiden')
  expect(page).toContain(`value="${anke!.id}"`)
  expect(page).not.toContain(`value="${henrik!.id}"`)
  await as(program, (tx) => bar(tx, report, [anke!.id]))
  expect((await substitute!.get(part)).text).toContain('Antwort auf Papier vermerken')
  expect((await substitute!.post(part, { do: 'paper' })).status).toBe(303)
  expect((await substitute!.get(part)).text).toContain('Auf Papier beantwortet')
})

test('with nobody to ask from the beginning, the extract is not laid before anybody', async () => {
  const { part, report } = await begun()
  await as(program, (tx) => bar(tx, report, [henrik!.id, anke!.id]))
  const page = (await substitute!.get(`${part}/auszug`)).text
  expect(page).toContain('Zurzeit gibt es niemanden')
  expect(page).not.toContain('Zur Entscheidung vorlegen')
})
