import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { application } from '#app/application.ts'
import { silentLog } from '#platform/log/index.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { endCalendar, renewCalendar } from './commands.ts'

let towns: Towns
let app: ReturnType<typeof application>
const origin = 'http://localhost'

beforeAll(async () => {
  towns = await foundTowns()
  const { tenants } = towns
  const first = { waiting: false }
  app = application({ tenants, log: silentLog, origin, sendsMail: true, trustedProxies: [], extraRoutes: [], first })
})
afterAll(() => towns.end())

const idOf = async (role: string) => {
  const who = await towns.appoint(role)
  return who.kind === 'person' ? who.id : ''
}
const secretOf = (person: string) => towns.at((tx) => renewCalendar(tx, person), program)
const fetchFeed = (secret: string, town = 'lindenau') => app.request(`${origin}/${town}/kalender/${secret}.ics`)
const report = (more: object = {}) =>
  towns.at((tx) => receiveReport(tx, newReport.parse({ observed: 'Kanarienvogel im Hof', ...more })))
async function events(secret: string): Promise<ICAL.Event[]> {
  const response = await fetchFeed(secret)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  const text = await response.text()
  expect(text).not.toMatch(/Kanarien|Hof|Nordviertel/)
  return new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}

test('the feed holds day and kind of each deadline of one’s own, with ids that stay and name no record', async () => {
  const anna = await idOf('coordination')
  const guide = await idOf('guide')
  const { id } = await report()
  await report({ notVisibleTo: ['conflict-office'] })
  const secret = await secretOf(anna)
  const [event, ...more] = await events(secret)
  expect(more, 'what is held from her is not in it').toEqual([])
  const row = await towns.at(
    (tx) => tx.db.selectFrom('intake.report').select('due_at').where('id', '=', id).executeTakeFirstOrThrow(),
    program,
  )
  expect(event!.summary).toBe('Meldung bearbeiten')
  expect(event!.startDate.toString()).toBe(row.due_at!.toISOString().slice(0, 10))
  expect(event!.uid).not.toContain(id)
  expect((await events(secret)).map(({ uid }) => uid)).toEqual([event!.uid])
  expect(await events(await secretOf(guide))).toEqual([])
})

test('a renewed address ends the one before; unknown, ended and foreign ones are one and the same 404', async () => {
  const anna = await idOf('coordination')
  const old = await secretOf(anna)
  const secret = await secretOf(anna)
  const bodies = new Set<string>()
  // The page names the address that was asked for; apart from that nothing may differ.
  const gone = async (asked: string, town = 'lindenau') => {
    const response = await fetchFeed(asked, town)
    expect(response.status).toBe(404)
    bodies.add((await response.text()).replaceAll(`/${town}/kalender/${asked}.ics`, ''))
  }
  await gone(old)
  await gone('x'.repeat(32))
  await gone(secret, 'auental')
  expect((await fetchFeed(secret)).status).toBe(200)
  await towns.at((tx) => endCalendar(tx, anna), program)
  await gone(secret)
  expect(bodies.size).toBe(1)
})

test('whoever has left has no calendar; the database knows no secret', async () => {
  const anna = await idOf('coordination')
  const secret = await secretOf(anna)
  const rows = await towns.at((tx) => tx.db.selectFrom('desk.calendar').selectAll().execute(), program)
  expect(rows.map(({ secret_hash }) => secret_hash.toString('latin1')).join()).not.toContain(secret)
  await towns.at(
    (tx) => tx.db.updateTable('auth.person').set({ left_on: '2026-11-23' }).where('id', '=', anna).execute(),
    program,
  )
  expect((await fetchFeed(secret)).status).toBe(404)
})
