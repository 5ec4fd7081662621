import { afterAll, beforeAll, expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'
import { startSession } from '#platform/auth/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { readingsUntil } from '#work/model/index.ts'

let towns: Towns
let coordinator: Visitor
let administrator: Visitor

async function visitor(role: string): Promise<Visitor> {
  const who = await towns.appoint(role)
  const { token } = await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  const one = new Visitor(towns, programOver(towns))
  one.setCookie('b-lindenau', token)
  return one
}
const send = (observed: string) =>
  towns.at((tx) => receiveReport(tx, newReport.parse({ observed, area: 'altstadt', channel: 'phone' })))
async function night(day: string): Promise<void> {
  const now = towns.clock.now
  towns.clock.now = new Date(`${day}T03:00:00Z`)
  const retained = retainedOf(slices)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await towns.at((tx) => dateKeys(tx, retained), program)
  await towns.at((tx) => destroyRound(tx, { shred, retained, readingsUntil }), program)
  towns.clock.now = now
}

beforeAll(async () => {
  towns = await foundTowns()
  coordinator = await visitor('coordination')
  administrator = await visitor('administrator')
})
afterAll(() => towns.end())

test('a hold needs a reason, stands on the report with who and why, and keeps it over the day', async () => {
  const { id } = await send('Streit am Brunnen')
  const page = `/lindenau/eingang/${id}`
  const without = await coordinator.post(`${page}/aufbewahrung`, { reason: ' ' })
  expect([without.status, without.text.includes('Bitte nennen Sie den Grund.')]).toEqual([422, true])
  expect(await coordinator.post(`${page}/aufbewahrung`, { reason: 'Klage läuft' })).toMatchObject({
    status: 303,
    to: page,
  })
  const shown = await coordinator.get(page)
  expect(shown.text).toContain(
    'Die Löschung ist seit dem 23. November 2026 ausgesetzt, durch coordination: Klage läuft',
  )
  await night('2027-03-01')
  expect((await coordinator.get(page)).status).toBe(200)
  const all = await administrator.get('/lindenau/verwaltung/aufbewahrung')
  expect(all.text).toContain('Meldung, seit 23. November 2026, durch coordination')
  expect(all.text).not.toContain('Klage')
  expect(await coordinator.post(`${page}/aufbewahrung`)).toMatchObject({ status: 303 })
  await night('2027-03-02')
  const gone = await coordinator.get(page)
  expect([gone.status, gone.text.includes('Dies wurde am 2. März 2027 gelöscht.')]).toEqual([410, true])
  expect(await htmlFaults(gone.text)).toEqual([])
  expect((await coordinator.post(page, { to: 'advise', version: '1' })).status).toBe(404)
  expect((await administrator.get(page)).status).toBe(403)
})

test('the page says what goes when, what went, and what the archive decided; only settings may write that down', async () => {
  await send('Lärm')
  await night('2027-02-24')
  const to = '/lindenau/verwaltung/aufbewahrung'
  const wrong = await administrator.post(to, { kind: 'closed-case', decision: 'offered', day: '31.12.2099' })
  expect([wrong.status, wrong.text.includes('nicht in der Zukunft')]).toEqual([422, true])
  const fields = { kind: 'closed-case', decision: 'offered', day: '3.11.2026' }
  expect((await administrator.post(to, fields)).status).toBe(303)
  towns.clock.now = new Date('2027-03-03T10:00:00Z')
  const late = await visitor('administrator')
  const shown = await late.get(to)
  expect(await htmlFaults(shown.text)).toEqual([])
  expect(shown.text).toContain('wird angeboten (vom 03.11.2026, eingetragen von administrator)')
  expect(shown.text).toMatch(/Februar 2027<\/td>.*?Meldung.*?>1</su)
  const oversight = await visitor('oversight')
  expect((await oversight.get(to)).status).toBe(200)
  expect((await oversight.post(to, fields)).status).toBe(403)
  expect((await (await visitor('handler')).get(to)).status).toBe(403)
})
