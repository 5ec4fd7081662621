import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { grantedOn } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { modelInForce, readersToExclude, stepOfKind } from '#work/model/index.ts'
import { askedExclusions, releaseReport } from '#work/intake/commands/release.ts'
import { letGoOfReports, receiveReport } from '#work/intake/index.ts'
import { newReport } from '#work/intake/schema.ts'
import { placeDeputy } from '#work/people/commands/absence.ts'
import { leave } from '#work/people/commands/leave.ts'
import { openedForAssessment, type Person } from '../support/case.ts'
import { foundTowns, program, type Towns } from '../support/town.ts'
import { programOver, Visitor } from '../support/web.ts'

/** The coordination office is itself concerned: somebody of the steering group holds the matter, and it sees nothing. */
const matter = 'Das Büro hört nur einer Seite zu'
const now = new Date('2026-11-23T13:37:42Z')
let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns(now)
  app = programOver(towns)
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const ofACase = routes.filter(
  ({ method, path }) => method === 'GET' && /^\/:town\/faelle\/:case(\/[a-z-]+)*$/.test(path),
)
const address = (path: string, id: string) => path.replace(':town', 'lindenau').replace(':case', id)

interface Somebody {
  readonly who: Person
  readonly browser: Visitor
}

async function somebody(role: string): Promise<Somebody> {
  const who = (await towns.appoint(role)) as Person
  const browser = new Visitor(towns, app)
  browser.setCookie('b-lindenau', (await as(program, (tx) => startSession(tx, who.id))).token)
  return { who, browser }
}

const held = (observed = matter) =>
  as({ kind: 'public' }, async (tx) => {
    const offices = readersToExclude(await modelInForce(tx)).filter((one) => one.component === 'coordination')
    return (await receiveReport(tx, newReport.parse({ observed, notVisibleTo: offices.map(({ id }) => id) }))).id
  })

test('nobody of the office is left to read it, so somebody has to hold it: not one who is kept from it herself', async () => {
  const [coordinator, substitute, steering] = [
    await somebody('coordination'),
    await somebody('substitute'),
    await somebody('steering-group'),
  ]
  const report = await held('Im Büro wird gestritten')
  const page = `/lindenau/eingang/${report}/lesesperre`
  const offered = await substitute.browser.get(page)
  expect(offered.text).toContain(`value="${steering.who.id}"`)
  const release = (fields: Record<string, string>) => substitute.browser.post(page, fields)

  const nobody = await release({ persons: coordinator.who.id, holder: '' })
  expect([nobody.status, nobody.text]).toEqual([422, expect.stringContaining('bleibt diese liegen')])
  const herself = await release({ persons: coordinator.who.id, holder: coordinator.who.id })
  expect([herself.status, herself.text]).toEqual([422, expect.stringContaining('Bitte wählen Sie jemand anderen')])
  expect((await release({ persons: coordinator.who.id, holder: steering.who.id })).status).toBe(303)

  expect((await steering.browser.get('/lindenau/heute')).text).toContain('Im Büro wird gestritten')
  expect((await coordinator.browser.get(`/lindenau/eingang/${report}`)).status).toBe(404)
})

/** The office is kept from a report, and somebody holds it instead. */
async function handedOver() {
  const [coordinator, substitute, steering] = [
    await somebody('coordination'),
    await somebody('substitute'),
    await somebody('steering-group'),
  ]
  const report = await held()
  const by = { ...substitute.who, reach: ['own', 'substitute'] }
  const asked = await as(by, (tx) => askedExclusions(tx, report))
  const persons = asked.persons.filter(({ named }) => named).map(({ id }) => id)
  await as(by, (tx) => releaseReport(tx, report, persons, steering.who.id))
  return { coordinator, substitute, steering, report }
}

/** Opens the case on the page of the report; returns its id. */
async function opened({ browser }: Somebody, report: string): Promise<string> {
  const to = await as(program, async (tx) => stepOfKind(await modelInForce(tx), 'open').id)
  const page = `/lindenau/eingang/${report}`
  const version = /name="version" value="(\d+)"/.exec((await browser.get(page)).text)?.[1] ?? ''
  const answer = await browser.post(page, { to, matter, version })
  expect(answer.to).toMatch(/\/faelle\/[0-9a-f-]{36}$/)
  return answer.to!.slice(-36)
}

const statuses = async ({ browser }: Somebody, id: string) => {
  const found: Record<string, number> = {}
  for (const { path } of ofACase) found[path] = (await browser.get(address(path, id))).status
  return found
}

test('on the case she is what the office is on any other; elsewhere she stays who she was', async () => {
  const { coordinator, steering, report } = await handedOver()
  const id = await opened(steering, report)
  const usual = await as({ ...coordinator.who, reach: ['cases'] }, (tx) => openedForAssessment(tx, 'Etwas anderes'))

  const hers = await statuses(steering, id)
  const theirs = await statuses(coordinator, usual)
  // Names, suspending deletion and handing over to the file that leads stay where they are.
  const kept = Object.keys(theirs).filter((path) => theirs[path] === 200 && hers[path] !== 200)
  expect(kept.toSorted()).toEqual(['akte', 'aufbewahrung', 'kontaktblatt'].map((page) => `/:town/faelle/:case/${page}`))
  expect(Object.keys(hers).filter((path) => hers[path] === 200 && theirs[path] !== 200)).toEqual([])

  for (const [path, status] of Object.entries(await statuses(steering, usual)))
    expect([403, 404], path).toContain(status)
  for (const [path, status] of Object.entries(await statuses(coordinator, id)))
    expect([403, 404], path).toContain(status)
  for (const list of ['eingang', 'faelle']) expect((await steering.browser.get(`/lindenau/${list}`)).status).toBe(403)
  for (const list of ['heute', 'eingang', 'faelle', 'suche?worte=B%C3%BCro'])
    expect((await coordinator.browser.get(`/lindenau/${list}`)).text, list).not.toContain(matter)
})

test('she gives it to somebody, cannot let go of it herself, and whoever stands in for her holds it meanwhile', async () => {
  const { coordinator, steering, report } = await handedOver()
  const id = await opened(steering, report)
  const [mediator, deputy] = [await somebody('handler'), await somebody('steering-group')]
  const assign = (fields: Record<string, string>) => steering.browser.post(`/lindenau/faelle/${id}/zuweisung`, fields)
  await as(program, (tx) =>
    tx.db
      .updateTable('auth.person')
      .set({ undertaken_on: berlinDay(now) })
      .where('id', '=', mediator.who.id)
      .execute(),
  )
  expect((await assign({ person: mediator.who.id, as: 'lead' })).status).toBe(303)
  expect((await mediator.browser.get(`/lindenau/faelle/${id}`)).text).toContain(matter)
  expect((await assign({ person: coordinator.who.id, as: 'lead' })).status).toBe(422)
  expect((await assign({ withdraw: steering.who.id })).status).toBe(403)

  const page = `/lindenau/faelle/${id}/zuweisung`
  expect((await deputy.browser.get(page)).status).toBe(403)
  const absence = {
    person: steering.who.id,
    deputy: deputy.who.id,
    from: berlinDay(now),
    until: addDays(berlinDay(now), 3),
  }
  await as(steering.who, (tx) => placeDeputy(tx, absence))
  expect((await deputy.browser.get(page)).status).toBe(200)
  expect((await deputy.browser.get('/lindenau/heute')).text).toContain(matter)

  await as(coordinator.who, (tx) => leave(tx, steering.who.id))
  await as(program, (tx) => letGoOfReports(tx, steering.who.id))
  const holding = await as(program, (tx) => grantedOn(tx, id, 'holder'))
  expect([holding.size, holding.has(steering.who.id)]).toEqual([1, false])
  expect(await as(program, (tx) => grantedOn(tx, report, 'holder'))).toEqual(holding)
})
