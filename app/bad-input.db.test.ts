import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import { openedForAssessment, type Person } from '#tests/support/case.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { noteRequest } from '#work/inspection/commands/note.ts'
import { modelInForce, readingsUntil, stepOfKind } from '#work/model/index.ts'
import { retainedOf, slices } from './slices.ts'

/** What goes wrong between two people, or between today and the law, seen on the pages of a case. */

let towns: Towns
let app: ReturnType<typeof programOver>
let her: Visitor
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
  her = (await coordinator()).visitor
})
afterAll(() => towns.end())

async function coordinator(): Promise<{ visitor: Visitor; who: Person }> {
  const who = (await towns.appoint('coordination')) as Person
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', await towns.at(async (tx) => (await startSession(tx, who.id)).token, program))
  return { visitor, who: { ...who, reach: ['own', 'reports', 'cases', 'second', 'inspection'] } }
}

const open = async () => {
  const id = await towns.at((tx) => openedForAssessment(tx), program)
  return { id, at: `/lindenau/faelle/${id}` }
}
const sound = async (visitor: Visitor, path: string) => {
  const page = await visitor.get(path)
  expect(page.status).toBe(200)
  expect(await htmlFaults(page.text)).toEqual([])
  return page.text
}
async function party(at: string, label: string): Promise<string> {
  expect((await her.post(`${at}/beteiligte`, { label, stands: 'party', form: 'group' })).status).toBe(303)
  return new RegExp(`wer=([0-9a-f-]{36})"[^>]*>${label}`).exec((await her.get(`${at}/beteiligte`)).text)![1]!
}

test('power that runs in a circle is drawn and told; a merged party is one actor, in old maps too', async () => {
  const { at } = await open()
  const [a, b, c] = [await party(at, 'Vermietung'), await party(at, 'Mieterschaft'), await party(at, 'Beirat')]
  const circle = [
    [a, b],
    [b, c],
    [c, a],
  ].flatMap(([from, to], n) => [
    [`from-n${n}`, from],
    [`to-n${n}`, to],
    [`kind-n${n}`, 'power'],
  ])
  expect((await her.post(`${at}/landkarte`, { ...Object.fromEntries(circle), _version: '0' })).status).toBe(303)
  const drawn = await sound(her, `${at}/landkarte`)
  for (const said of ['Vermietung hat Macht über Mieterschaft', 'Beirat hat Macht über Vermietung'])
    expect(drawn).toContain(said)
  expect((await her.post(`${at}/beteiligte`, { party: c, merge: c, into: a })).status).toBe(303)
  const merged = await sound(her, `${at}/landkarte`)
  expect(merged.match(/data-actor=/gu)).toHaveLength(2)
  expect(merged).not.toContain('Beirat hat Macht')
  // Back into what it was merged into: a circle of parties is refused.
  expect((await her.post(`${at}/beteiligte`, { party: a, merge: a, into: c })).status).toBeGreaterThanOrEqual(400)
  await sound(her, `${at}/beteiligte`)
})

test('an agreement is changed after it was signed: the signed one counts until the new one is signed, and stays', async () => {
  const { at } = await open()
  const quiet = { 'who-1': 'Der Verein', 'what-1': 'Ab 22 Uhr leise', signedOn: 'heute', _version: '0' }
  expect((await her.post(`${at}/vereinbarung`, quiet)).status).toBe(303)
  const later = { 'who-1': 'Der Verein', 'what-1': 'Ab 21 Uhr leise', _version: '0' }
  expect((await her.post(`${at}/vereinbarung`, later)).status).toBe(303)
  const both = await sound(her, `${at}/vereinbarung`)
  expect(both).toContain('Ab 22 Uhr leise')
  expect(both).toContain('Entwurf')
  const { visitor: his } = await coordinator()
  expect((await his.post(`${at}/vereinbarung`, { ...later, 'what-1': 'Ab 20 Uhr leise' })).status).toBe(409)
  expect((await her.post(`${at}/vereinbarung`, { do: 'sign', signedOn: 'heute' })).status).toBe(303)
  const now = await sound(her, `${at}/vereinbarung`)
  expect(now).toContain('Ab 21 Uhr leise')
  expect(now).toContain('Ab 22 Uhr leise')
  expect(now).not.toContain('Ab 20 Uhr')
})

test('somebody who is kept from the case while the questions of protection lie before her answers none of them', async () => {
  const { id, at } = await open()
  const thought = { matter: 'Streit am Brunnen', nextStep: 'Beide anrufen' }
  expect((await her.post(`${at}/einschaetzung`, { ...thought, _version: '0' })).status).toBe(303)
  const step = await towns.at(async (tx) => stepOfKind(await modelInForce(tx), 'choose-format').id, program)
  await towns.at(
    (tx) => tx.db.updateTable('cases.case').set({ step, step_kind: 'choose-format' }).where('id', '=', id).execute(),
    program,
  )
  const { visitor: his, who } = await coordinator()
  expect((await his.get(`${at}/verfahren`)).status).toBe(200)
  await towns.at((tx) => bar(tx, id, [who.id]), program)
  const gates = ['violence', 'crime', 'at-risk', 'dependence', 'unwilling', 'hate'].map((gate) => [
    `gate-${gate}`,
    'no',
  ])
  const said = {
    format: 'moderation',
    reason: 'Beide wollen reden',
    version: '1',
    asked: 'gates',
    ...Object.fromEntries(gates),
  }
  const answer = await his.post(`${at}/verfahren`, said)
  expect([answer.status, answer.text.includes('Streit am Brunnen')]).toEqual([404, false])
  const chosen = await towns.at(
    (tx) => tx.db.selectFrom('cases.choice').select('id').where('case_id', '=', id).execute(),
    program,
  )
  expect(chosen).toEqual([])
  expect((await her.post(`${at}/verfahren`, said)).status).toBe(303)
})

test('what is missing on another page is said with the way there, also where the form itself has no fault', async () => {
  const { id, at } = await open()
  const step = await towns.at(async (tx) => stepOfKind(await modelInForce(tx), 'choose-format').id, program)
  await towns.at(
    (tx) => tx.db.updateTable('cases.case').set({ step, step_kind: 'choose-format' }).where('id', '=', id).execute(),
    program,
  )
  const said = { format: 'advice', reason: 'Eine Seite möchte Rat', version: '1' }
  const page = await her.post(`${at}/verfahren`, said)
  expect(page.status).toBe(422)
  expect(page.text).toContain(`href="${at}/einschaetzung"`)
})

test('deletion is due while somebody asks to see the case: it is held, the page says why, and no hand lifts it', async () => {
  const { id, at } = await open()
  await towns.at(
    (tx) => tx.db.updateTable('cases.case').set({ closed_on: '2026-11-23' }).where('id', '=', id).execute(),
    program,
  )
  const { who } = await coordinator()
  const asked = { basis: 'council' as const, asker: 'Ratsmitglied', wants: 'Die Akte', receivedOn: '2026-11-20' }
  await towns.at((tx) => noteRequest(tx, asked, { cases: [id], reports: [] }), who)
  expect(await sound(her, at)).toContain('Ein Antrag auf Einsicht läuft.')
  expect((await her.post(`${at}/aufbewahrung`, {})).status).toBe(303)
  towns.clock.now = new Date('2028-12-01T03:00:00Z')
  const retained = retainedOf(slices)
  await towns.at((tx) => dateKeys(tx, retained), program)
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await towns.at((tx) => destroyRound(tx, { shred, retained, readingsUntil }), program)
  const { visitor: later } = await coordinator()
  expect(await sound(later, at)).toContain('Ein Antrag auf Einsicht läuft.')
})
