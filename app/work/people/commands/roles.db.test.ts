import { afterAll, beforeAll, expect, test } from 'vitest'
import { subscriptions } from '#app/subscriptions.ts'
import { bar, grant, grantedOn } from '#platform/access/index.ts'
import { rolesToday, startSession } from '#platform/auth/index.ts'
import { Courier } from '#platform/facts/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { silentLog } from '#platform/log/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import { assign } from '#work/cases/commands/assign.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { openedCase } from '#work/cases/queries.ts'
import { measures } from '#work/cases/queries/course.ts'
import { withoutHandler } from '#work/cases/queries/people.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { askInterpreter } from '#work/intake/commands/translate.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { proposals } from '../queries.ts'
import { setAbsence } from './absence.ts'

let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
})
afterAll(() => towns.end())

type Staff = Extract<Who, { kind: 'person' }>
const staff = async (role: string) => (await towns.appoint(role)) as Staff
const enter = async (who: Staff) => {
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, who.id), program)).token)
  return visitor
}
const page = (who: Staff) => `/lindenau/verwaltung/personen/${who.id}`
const change = (by: Visitor, who: Staff, fields: Record<string, string>) => by.post(`${page(who)}/rollen`, fields)
const rolesOf = async (who: Staff) => (await towns.at((tx) => rolesToday(tx, who.id), program))?.roles
const proposed = async (who: Staff) =>
  (await towns.at((tx) => proposals(tx), program)).filter(({ person_id }) => person_id === who.id)
const decide = async (by: Visitor, who: Staff, fields: Record<string, string> = {}) =>
  by.post(`/lindenau/verwaltung/personen/${(await proposed(who))[0]?.id}`, fields)
const mailsTo = async (who: Staff) =>
  (
    await towns.at(
      (tx) => tx.db.selectFrom('mail.delivery').select('kind').where('person_id', '=', who.id).execute(),
      program,
    )
  ).map(({ kind }) => kind)
const audited = async (who: Staff) =>
  (
    await towns.at(
      (tx) =>
        tx.db.selectFrom('platform.audit_entry').select('verb').where('thing', 'like', `person:${who.id}:%`).execute(),
      program,
    )
  )
    .map(({ verb }) => verb)
    .toSorted()

test('a small role is given and ended by one, from the next request on, with notice and audit', async () => {
  const [boss, anna] = [await staff('coordination'), await staff('guide')]
  const [visitor, hers] = [await enter(boss), await enter(anna)]
  expect((await hers.get('/lindenau/veranstaltungen/verwalten')).status).toBe(403)
  expect((await hers.get('/lindenau/faelle')).status).toBe(403)
  expect((await change(visitor, anna, { role: 'handler' })).status).toBe(303)
  expect((await hers.get('/lindenau/faelle')).status).toBe(200)
  expect((await change(visitor, anna, { role: 'handler' })).status).toBe(303)
  expect((await visitor.get(page(anna))).text).toContain('Rolle „Mediator:in“ beenden')
  expect((await hers.get('/lindenau/heute/zugang')).text).toContain('Ihre Rollen: Lindenlots:in, Mediator:in.')
  expect((await change(visitor, anna, { end: 'handler' })).status).toBe(303)
  expect((await hers.get('/lindenau/faelle')).status).toBe(403)
  expect(await rolesOf(anna)).toEqual(['guide'])
  expect(await mailsTo(anna)).toEqual(['people.roles', 'people.roles'])
  expect(await audited(anna)).toEqual(['appointed', 'dismissed'])
})

test('coordination and reading all cases need two for giving and for ending, and neither is the one concerned', async () => {
  const [boss, other, third] = [await staff('coordination'), await staff('coordination'), await staff('coordination')]
  const [one, two] = [await enter(boss), await enter(other)]
  const anna = await staff('guide')
  for (const role of ['conflict-manager', 'coordination']) {
    await change(one, anna, { role })
    expect(await rolesOf(anna)).not.toContain(role)
    expect((await one.get('/lindenau/verwaltung/freigaben')).text).not.toContain('Bestellung freigeben')
    expect((await decide(one, anna)).status).toBe(403)
    expect(await mailsTo(other)).toContain('notice.news')
    expect((await decide(two, anna)).status).toBe(303)
    expect(await rolesOf(anna)).toContain(role)
  }
  const hers = await enter(anna)
  await change(one, third, { end: 'coordination' })
  expect((await hers.get('/lindenau/heute')).text).toContain('Ende einer Rolle')
  expect((await decide(await enter(third), third, { answer: 'no' })).status).toBe(403)
  expect((await decide(await enter(third), third)).status).toBe(403)
  expect(await rolesOf(third)).toEqual(['coordination'])
  expect((await decide(hers, third)).status).toBe(303)
  expect(await rolesOf(third)).toEqual([])
  expect(await audited(third)).toEqual(['dismissed', 'end-proposed'])
})

test('a proposal can be refused or taken back, stands only once, and goes with whoever leaves', async () => {
  const [boss, other, anna] = [await staff('coordination'), await staff('sponsor'), await staff('guide')]
  const [one, two] = [await enter(boss), await enter(other)]
  await change(one, anna, { role: 'coordination' })
  await change(one, anna, { role: 'coordination' })
  expect(await proposed(anna)).toHaveLength(1)
  expect((await decide(two, anna, { answer: 'no' })).status).toBe(303)
  expect(await mailsTo(boss)).toContain('notice.news')
  await change(one, anna, { role: 'coordination' })
  await decide(one, anna, { answer: 'no' })
  expect([await proposed(anna), await rolesOf(anna)]).toEqual([[], ['guide']])
})

test('nobody changes her own roles, and somebody unknown or gone has none to change', async () => {
  const [boss, anna] = [await staff('coordination'), await staff('guide')]
  const visitor = await enter(boss)
  expect((await visitor.get(page(boss))).text).not.toContain('Rolle geben')
  expect((await change(visitor, boss, { role: 'oversight' })).status).toBe(403)
  expect((await change(visitor, boss, { end: 'coordination' })).status).toBe(403)
  const nobody = { ...anna, id: crypto.randomUUID() }
  expect((await change(visitor, nobody, { role: 'guide' })).status).toBe(404)
  expect((await change(visitor, anna, { role: 'emperor' })).status).toBe(303)
  expect((await change(visitor, anna, { role: '' })).text).toContain('Bitte wählen Sie eine Rolle')
  expect(await rolesOf(anna)).toEqual(['guide'])
})

test('what nobody may hold together is refused, for invitations and for those who stand in, too', async () => {
  const [boss, anna, bert] = [await staff('coordination'), await staff('conflict-manager'), await staff('guide')]
  const visitor = await enter(boss)
  const refused = await change(visitor, anna, { role: 'substitute' })
  expect([refused.status, refused.text.includes('Niemand darf diese Rollen zusammen haben')]).toEqual([422, true])
  const today = berlinDay(towns.clock.now)
  await towns.at((tx) => setAbsence(tx, { person: anna.id, deputy: bert.id, from: today, until: null }), {
    ...anna,
    reach: ['own'],
  })
  expect((await change(visitor, bert, { role: 'substitute' })).status).toBe(422)
  const sent = { name: 'Neu', mail: 'neu@lindenau.invalid', roles: 'substitute' }
  expect((await visitor.post('/lindenau/verwaltung/personen', sent)).status).toBe(200)
  expect(await rolesOf(bert)).toEqual(['conflict-manager', 'guide'])
})

test('nothing is orphaned: the last of a role stays, and open cases are handed on first', async () => {
  const [boss, only, anna] = [await staff('coordination'), await staff('oversight'), await staff('handler')]
  const visitor = await enter(boss)
  expect((await change(visitor, only, { end: 'oversight' })).text).toContain('hat sonst niemand')
  const id = await towns.at(async (tx) => {
    const model = await modelInForce(tx)
    const at = stepOfKind(model, 'assess').id
    return openCase(tx, { matter: 'Streit', area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
  }, program)
  await towns.at((tx) => grant(tx, { record: id, person: anna.id, role: 'lead' }), boss)
  const asked = await change(visitor, anna, { end: 'handler' })
  expect([asked.status, asked.text.includes('hängt noch eine Aufgabe')]).toEqual([200, true])
  expect(await rolesOf(anna)).toEqual(['handler'])
  const { id: another } = await staff('oversight')
  await change(visitor, only, { end: 'oversight' })
  await towns.at(
    (tx) =>
      tx.db.updateTable('auth.appointment').set({ until_on: '2026-01-02' }).where('person_id', '=', another).execute(),
    program,
  )
  const late = await decide(await enter(await staff('sponsor')), only)
  expect([late.status, late.text.includes('hat sonst niemand')]).toEqual([422, true])
  expect(await rolesOf(only)).toEqual(['oversight'])
})

const openOne = (matter: string) => towns.at((tx) => openedForAssessment(tx, matter), program)
const handlersOn = async (id: string) => [...(await towns.at((tx) => grantedOn(tx, id), program))]
const named = (who: Staff, name: string) =>
  towns.at((tx) => tx.db.updateTable('auth.person').set({ name }).where('id', '=', who.id).execute(), program)

test('what hangs on a role is handed over in the same step, all or nothing; what hangs on another role stays', async () => {
  const [boss, anna, bert] = [await staff('coordination'), await staff('handler'), await staff('handler')]
  const translator = await staff('interpreter')
  const [visitor, reads] = [await enter(boss), { ...boss, reach: ['own', 'reports', 'cases'] }]
  await named(anna, 'Anna Großmann')
  await change(visitor, anna, { role: 'interpreter' })
  const id = await openOne('Streit um Bänke')
  await towns.at(async (tx) => {
    await grant(tx, { record: id, person: anna.id, role: 'lead' })
    await addMeasure(tx, id, { what: 'Bank', owner: 'Frau Grossmann', dueOn: '2027-01-02' })
    const { id: report } = await receiveReport(
      tx,
      newReport.parse({ observed: 'Avluda kavga var', area: 'altstadt', language: 'tr' }),
    )
    await askInterpreter(tx, { report }, anna.id)
  }, reads)
  const asked = await change(visitor, anna, { end: 'handler' })
  expect(asked.text).toContain(`name="to-${id}"`)
  expect(asked.text).not.toContain('Türkisch')
  expect(await htmlFaults(asked.text)).toEqual([])
  const open = await change(visitor, anna, { end: 'handler', hand: 'yes' })
  expect([open.status, open.text.includes('Bitte wählen Sie, wer übernimmt')]).toEqual([422, true])
  expect([await rolesOf(anna), await handlersOn(id)]).toEqual([['handler', 'interpreter'], [anna.id]])

  expect((await change(visitor, anna, { end: 'handler', hand: 'yes', [`to-${id}`]: bert.id })).status).toBe(303)
  expect([await rolesOf(anna), await handlersOn(id)]).toEqual([['interpreter'], [bert.id]])
  const [measure] = await towns.at(async (tx) => measures(tx, id, (await openedCase(tx, id))!.contentKey), reads)
  expect(measure!.owner).toBe('handler')

  const text = await change(visitor, anna, { end: 'interpreter' })
  expect(text.text).toContain('Türkisch')
  const field = /name="(to-[0-9a-f-]{36})"/.exec(text.text)![1]!
  expect((await change(visitor, anna, { end: 'interpreter', hand: 'yes', [field]: translator.id })).status).toBe(303)
  expect(await rolesOf(anna)).toEqual([])
})

test('whoever ends a role need not know of everything: what was hidden goes back, and those who assign are told', async () => {
  const delivered = () => new Courier(towns.tenants, subscriptions, silentLog).deliver()
  await delivered()
  const [boss, other, anna] = [await staff('coordination'), await staff('coordination'), await staff('handler')]
  const id = await openOne('Nicht für diese Augen')
  await towns.at((tx) => assign(tx, id, { person: anna.id, as: 'lead' }), { ...other, reach: ['own', 'cases'] })
  await towns.at((tx) => bar(tx, id, [boss.id]), program)
  expect((await change(await enter(boss), anna, { end: 'handler' })).status).toBe(303)
  await delivered()
  expect(await handlersOn(id)).toEqual([])
  expect(await mailsTo(other)).toContain('notice.news')
  expect(await mailsTo(boss)).not.toContain('notice.news')
  expect(await towns.at((tx) => withoutHandler(tx, [id]), program)).toEqual(new Set([id]))
})
