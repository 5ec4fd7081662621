import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import lindenau from '#work/model/documents/lindenau.json' with { type: 'json' }
import { publish } from '#work/model/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { newReport } from '../schema.ts'
import { receiveReport } from './receive.ts'

let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
})
afterAll(() => towns.end())

async function staff(role: string): Promise<Visitor> {
  const { id } = (await towns.appoint(role)) as { id: string }
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, id), program)).token)
  return visitor
}
const report = async () =>
  `/lindenau/eingang/${(await towns.at((tx) => receiveReport(tx, newReport.parse({ observed: 'Laub vor dem Tor' })))).id}`
const versionOn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? ''
const offered = (html: string) => [...html.matchAll(/name="to" value="([a-z-]+)"/g)].map(([, to]) => to)

test('two people decide about one report: the slower sees both texts, and hers is still in the field', async () => {
  const [anna, bert] = [await staff('coordination'), await staff('coordination')]
  const at = await report()
  const [hers, his] = [versionOn((await anna.get(at)).text), versionOn((await bert.get(at)).text)]
  const watch = { to: 'watch', version: hers, watchUntil: '2027-01-15', answer: 'Wir sehen im Januar wieder hin.' }
  expect((await anna.post(at, watch)).status).toBe(303)
  const open = { to: 'open', version: his, matter: 'Laubstreit', answer: 'Wir kümmern uns sofort darum.' }
  const late = await bert.post(at, open)
  expect(late.status).toBe(409)
  const both = late.text.slice(late.text.indexOf('class="compare"'))
  for (const said of [watch.answer, open.answer]) expect(both).toContain(said)
  expect(late.text).toMatch(/<textarea[^>]*name="answer"[^>]*>\s*Wir kümmern uns sofort darum\./u)
  const written = await towns.at(
    (tx) => tx.db.selectFrom('intake.report').select(['step_kind', 'case_id']).executeTakeFirstOrThrow(),
    program,
  )
  expect(written).toEqual({ step_kind: 'watch', case_id: null })
  // Having read both, he decides anew on what stands now.
  const again = await bert.post(at, { ...open, version: versionOn(late.text) })
  expect([again.status, again.to?.includes('/faelle/')]).toEqual([303, true])
})

test('whoever succeeded to a renamed role goes on with reports that came under the old name', async () => {
  const at = await report()
  const before = offered((await (await staff('conflict-manager')).get(at)).text)
  const renamed = JSON.parse(
    JSON.stringify(lindenau).replaceAll('"conflict-manager"', '"consultant"'),
  ) as typeof lindenau
  const document = {
    ...renamed,
    components: lindenau.components,
    roles: renamed.roles.map((role) => ({
      ...role,
      component: role.component === 'consultant' ? 'conflict-manager' : role.component,
    })),
    offices: renamed.offices.map((office) => ({
      ...office,
      component: 'component' in office && office.component === 'consultant' ? 'conflict-manager' : office.component,
    })),
    retired: [{ what: 'role', id: 'conflict-manager', successor: 'consultant' }],
  }
  const done = await towns.at((tx) => publish(tx, { document, number: '2.0', decidedBy: 'Rat', note: '' }), program)
  expect(done).not.toHaveProperty('faults')
  const successor = await staff('consultant')
  const page = await successor.get(at)
  expect(before.length).toBeGreaterThan(0)
  expect(offered(page.text)).toEqual(before)
  const advised = { to: 'advise', version: versionOn(page.text), answer: 'Wir haben mit dem Bauhof gesprochen.' }
  expect((await successor.post(at, advised)).status).toBe(303)
})

test('whoever has checked a report says how sure it is, and it stands beside what was told', async () => {
  const anna = await staff('coordination')
  const at = await report()
  const question = 'Wie sicher ist die Beobachtung?'
  const before = await anna.get(at)
  expect(before.text).not.toContain(question)
  await anna.post(at, { to: 'check', version: versionOn(before.text) })
  const checking = await anna.get(at)
  expect(checking.text).toContain(question)
  const said = {
    to: 'watch',
    version: versionOn(checking.text),
    watchUntil: '15.1.2099',
    'ask-confidence': 'potential',
  }
  expect((await anna.post(at, said)).status).toBe(303)
  const watched = await anna.get(at)
  expect(watched.text).toMatch(new RegExp(`${question.replace('?', '\\?')}</dt>\\s*<dd[^>]*>Möglich\\s*</dd>`, 'u'))
})
