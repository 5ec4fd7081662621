import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { bar, grant } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { assign, unassign } from '#work/cases/commands/assign.ts'
import { recuse } from '#work/cases/commands/declare.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { makeCaseFindable } from '#work/cases/commands/find.ts'
import { linkCases } from '#work/cases/near/commands/link.ts'
import type { Way } from '#work/cases/near/rules.ts'
import { openedCase } from '#work/cases/queries.ts'
import { renewCalendar } from '#work/desk/commands.ts'
import { leave } from '#work/people/commands/leave.ts'
import { openedForAssessment, type Person } from '../support/case.ts'
import { foundTowns, program, type Towns } from '../support/town.ts'
import { programOver, Visitor } from '../support/web.ts'

/** Whoever may no longer come near a case learns nothing of it at any door, from the very next request on. */
const matter = 'Zwist um die Turmuhr'
const now = new Date('2026-11-23T13:37:42Z')
let towns: Towns
let app: ReturnType<typeof programOver>
let boss: Person
beforeAll(async () => {
  towns = await foundTowns(now)
  app = programOver(towns)
  boss = (await towns.appoint('coordination')) as Person
})
afterAll(() => towns.end())

const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const ofACase = routes.filter(({ path }) => /^\/:town\/faelle\/:case(\/[a-z-]+)?$/.test(path))
const address = (path: string, id: string) => path.replace(':town', 'lindenau').replace(':case', id)

interface Near {
  readonly id: string
  readonly number: string
  readonly who: Person
  readonly browser: Visitor
  /** Pages that could show the case, without naming it in their address. */
  readonly lists: readonly string[]
}

/** Somebody who works on a case of her own, with every door open to her. */
async function near(): Promise<Near> {
  const who = { ...((await towns.appoint('conflict-manager')) as Person), reach: ['own'] } as Person
  const { id, number, secret } = await as(boss, async (tx) => {
    const id = await openedForAssessment(tx, matter)
    await assess(tx, id, { matter, nextStep: 'Turmuhr ansehen' }, {}, 0)
    await addMeasure(tx, id, { what: 'Turmuhr stellen', owner: 'Küster', dueOn: addDays(berlinDay(now), 2) })
    await makeCaseFindable(tx, id)
    expect(await assign(tx, id, { person: who.id, as: 'lead' })).toEqual([])
    const row = await tx.db.selectFrom('cases.case').select('number').where('id', '=', id).executeTakeFirstOrThrow()
    return { id, number: row.number, secret: await as(program, (other) => renewCalendar(other, who.id)) }
  })
  const browser = new Visitor(towns, app)
  browser.setCookie('b-lindenau', (await as(program, (tx) => startSession(tx, who.id))).token)
  const lists = ['heute', 'faelle', 'suche?worte=Turmuhr', `kalender/${secret}.ics`]
  return { id, number, who, browser, lists: lists.map((list) => `/lindenau/${list}`) }
}

const seen = async ({ browser, number }: Near, path: string) => {
  const { text } = await browser.get(path)
  return text.includes('Zwist') || text.includes(number)
}

const numberOf = (id: string) => as(boss, async (tx) => (await openedCase(tx, id))!.number)

/** Kept, after the linking, from a case that hangs together with hers only through another. */
async function keptFromLinked({ id, who }: Near, way: Way): Promise<void> {
  let far = id
  for (let at = 0; at < 2; at++) {
    const next = await as(boss, (tx) => openedForAssessment(tx, 'Etwas anderes'))
    const number = await numberOf(next)
    const from = far
    expect(await as(boss, (tx) => linkCases(tx, from, { number, way }))).toEqual([])
    far = next
  }
  await as(program, (tx) => bar(tx, far, [who.id]))
}

const ways: Record<string, (one: Near) => Promise<unknown>> = {
  'the assignment is ended': ({ id, who }) => as(boss, (tx) => unassign(tx, id, who.id)),
  'the assignment runs out': ({ id, who }) =>
    as(boss, (tx) =>
      grant(tx, { record: id, person: who.id, role: 'lead', from: '2026-01-01', until: addDays(berlinDay(now), -1) }),
    ),
  'she steps back': ({ id, who }) => as(who, (tx) => recuse(tx, id)),
  'she is kept from it': ({ id, who }) => as(program, (tx) => bar(tx, id, [who.id])),
  'she is kept from a case that was made a side conflict of it': (one) => keptFromLinked(one, 'side-back'),
  'she is kept from a case it grew out of': (one) => keptFromLinked(one, 'follow'),
  'it is linked with a case she is kept from': async ({ id, who }) => {
    const other = await as(boss, (tx) => openedForAssessment(tx, 'Etwas anderes'))
    await as(program, (tx) => bar(tx, other, [who.id]))
    const linking = { number: await numberOf(other), way: 'side' as const, agreed: true }
    expect(await as(boss, (tx) => linkCases(tx, id, linking, true))).toEqual([])
  },
  'she leaves': ({ who }) => as(boss, (tx) => leave(tx, who.id)),
}

test('while she works on it every door shows it to her, so that the test can fail', async () => {
  const one = await near()
  expect(await Promise.all(one.lists.slice(0, 3).map((path) => seen(one, path)))).toEqual([true, true, true])
  expect((await one.browser.get(one.lists[3]!)).text).toContain('BEGIN:VEVENT')
  expect((await one.browser.get(`/lindenau/faelle/${one.id}`)).status).toBe(200)
})

test.each(Object.keys(ways))('%s: no page, post, download, search, list or calendar lets her in', async (how) => {
  const one = await near()
  await ways[how]!(one)
  for (const path of one.lists) expect(await seen(one, path), path).toBe(false)
  expect((await one.browser.get(one.lists[3]!)).text).not.toContain('BEGIN:VEVENT')
  const gone = how === 'she leaves' ? [401] : [403, 404]
  for (const { method, path } of ofACase) {
    const where = address(path, one.id)
    const answer = method === 'GET' ? await one.browser.get(where) : await one.browser.post(where)
    expect(gone, `${method} ${path} ${answer.status}`).toContain(answer.status)
    expect(answer.text, path).not.toContain('Zwist')
  }
})
