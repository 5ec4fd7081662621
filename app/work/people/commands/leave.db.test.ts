import { afterAll, beforeAll, expect, test } from 'vitest'
import { bar, grant } from '#platform/access/index.ts'
import { rolesToday, startSession } from '#platform/auth/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { setAbsence } from './absence.ts'
import { leave } from './leave.ts'
import { setTerms } from './person.ts'

const now = new Date('2026-11-23T13:37:42Z')
const today = berlinDay(now)
let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns(now)
  app = programOver(towns)
})
afterAll(() => towns.end())

type Staff = Extract<Who, { kind: 'person' }>
const staff = async (role: string) => (await towns.appoint(role)) as Staff
const own = (who: Staff): Staff => ({ ...who, reach: ['own'] })
const enter = async (who: Staff) => {
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, who.id), program)).token)
  return visitor
}
const newCase = (handler: Staff, by: Staff) =>
  towns
    .at(async (tx) => {
      const model = await modelInForce(tx)
      const at = stepOfKind(model, 'assess').id
      return openCase(tx, { matter: 'Streit', area: 'altstadt', subject: 'noise', at, modelVersion: model.versionId })
    }, program)
    .then(async (id) => {
      await towns.at((tx) => grant(tx, { record: id, person: handler.id, role: 'lead' }), by)
      return id
    })
const sees = (who: Staff, id: string) =>
  towns.at(
    async (tx) => (await tx.db.selectFrom('cases.case').select('id').where('id', '=', id).execute()).length === 1,
    own(who),
  )
const page = (id: string) => `/lindenau/verwaltung/personen/${id}/abschied`
const set = (who: Staff, values: object) =>
  towns.at((tx) => tx.db.updateTable('auth.person').set(values).where('id', '=', who.id).execute(), program)

test('whoever leaves hands every open case over; sessions, roles, grants and deputyships end at once', async () => {
  const [boss, anna, bert, carla] = [
    await staff('coordination'),
    await staff('handler'),
    await staff('handler'),
    await staff('handler'),
  ]
  const cases = [await newCase(anna, boss), await newCase(anna, boss)]
  const lent = { person: carla.id, deputy: anna.id, from: today, until: null }
  const absence = await towns.at((tx) => setAbsence(tx, lent), own(carla))
  const hers = await enter(anna)
  const visitor = await enter(boss)
  expect((await visitor.get(page(anna.id))).text).toContain('3 Aufgaben brauchen eine neue Person.')
  const first = { [`to-${cases[0]}`]: bert.id, [`to-${absence}`]: 'nobody' }
  expect((await visitor.post(page(anna.id), first)).status).toBe(422)
  expect((await visitor.post(page(anna.id), { ...first, [`to-${cases[1]}`]: anna.id })).status).toBe(422)
  expect((await hers.get('/lindenau/heute')).status).toBe(200)
  expect(await sees(bert, cases[0]!)).toBe(false)
  const done = await visitor.post(page(anna.id), { ...first, [`to-${cases[1]}`]: carla.id })
  expect(done.status).toBe(303)
  expect((await hers.get('/lindenau/heute')).status).toBe(401)
  expect([await sees(bert, cases[0]!), await sees(carla, cases[1]!), await sees(bert, cases[1]!)]).toEqual([
    true,
    true,
    false,
  ])
  expect(await Promise.all(cases.map((id) => sees(anna, id)))).toEqual([false, false])
  expect(await towns.at((tx) => rolesToday(tx, anna.id), program)).toBeUndefined()
  const left = await towns.at(
    async (tx) => ({
      grants: await tx.db.selectFrom('access.grant').selectAll().where('person_id', '=', anna.id).execute(),
      absences: await tx.db.selectFrom('auth.absence').selectAll().where('deputy_id', '=', anna.id).execute(),
      told: await tx.db.selectFrom('mail.delivery').select('kind').where('person_id', '=', carla.id).execute(),
    }),
    program,
  )
  expect(left.grants).toEqual([])
  expect(left.absences).toEqual([])
  expect(left.told).toHaveLength(1)
  expect((await visitor.get(page(anna.id))).status).toBe(404)
})

test('a case nobody may see is not named, and what is left of grants is worth nothing', async () => {
  const [boss, anna] = [await staff('coordination'), await staff('handler')]
  const secret = await newCase(anna, boss)
  await towns.at((tx) => bar(tx, secret, [boss.id]), program)
  const visitor = await enter(boss)
  expect((await visitor.get(page(anna.id))).text).toContain('Es ist nichts zu übergeben')
  expect((await visitor.post(page(anna.id))).status).toBe(303)
  expect(await sees(anna, secret)).toBe(false)
  // Even for somebody whom the sign-in service lets in again.
  await set(anna, { left_on: null })
  expect(await sees(anna, secret)).toBe(false)
  expect((await towns.at((tx) => rolesToday(tx, anna.id), program))?.roles).toEqual([])
})

test('nobody ends her own access, and nobody leaves who alone holds what the municipality needs', async () => {
  const only = await staff('substitute')
  const boss = await staff('coordination')
  await expect(towns.at((tx) => leave(tx, boss.id), boss)).rejects.toThrow('not allowed')
  const visitor = await enter(boss)
  expect((await visitor.get(page(only.id))).text).toContain('hat sonst niemand')
  expect((await visitor.post(page(only.id))).status).toBe(403)
  await staff('substitute')
  expect((await visitor.post(page(only.id))).status).toBe(303)
})

test('without a dated undertaking neither roles nor grants work, own or lent', async () => {
  const [boss, anna, bert] = [await staff('coordination'), await staff('handler'), await staff('handler')]
  const id = await newCase(anna, boss)
  const rolesOf = async (who: Staff) => (await towns.at((tx) => rolesToday(tx, who.id), program))?.roles
  expect([await sees(anna, id), await rolesOf(anna)]).toEqual([true, ['handler']])
  await set(anna, { employed: false })
  expect([await sees(anna, id), await rolesOf(anna)]).toEqual([false, []])
  const hers = await enter(anna)
  expect((await hers.get('/lindenau/faelle')).status).toBe(403)
  await set(anna, { undertaken_on: '2099-01-01' })
  expect([await sees(anna, id), await rolesOf(anna)]).toEqual([false, []])
  await set(anna, { undertaken_on: today })
  expect([await sees(anna, id), await rolesOf(anna)]).toEqual([true, ['handler']])
  expect((await hers.get('/lindenau/faelle')).status).toBe(200)
  await towns.at((tx) => setAbsence(tx, { person: anna.id, deputy: bert.id, from: today, until: null }), own(anna))
  expect(await sees(bert, id)).toBe(true)
  await set(anna, { undertaken_on: null })
  expect(await sees(bert, id)).toBe(false)
  await set(anna, { undertaken_on: today })
  await set(bert, { employed: false })
  expect(await sees(bert, id)).toBe(false)
})

test('the superior sets an absence when somebody is ill, reads nothing by it, and nobody else may', async () => {
  const [boss, head, anna, bert] = [
    await staff('coordination'),
    await staff('guide'),
    await staff('handler'),
    await staff('handler'),
  ]
  const id = await newCase(anna, boss)
  const ill = (who: Staff, deputy: Staff) =>
    towns.at((tx) => setAbsence(tx, { person: anna.id, deputy: deputy.id, from: today, until: null }), own(who))
  await expect(ill(head, bert)).rejects.toThrow('not allowed')
  const terms = { employed: true, undertakenOn: null, superior: head.id }
  await expect(towns.at((tx) => setTerms(tx, anna.id, terms), anna)).rejects.toThrow('not allowed')
  await towns.at((tx) => setTerms(tx, anna.id, terms), boss)
  await expect(ill(head, head)).rejects.toMatchObject({ fault: 'superior' })
  const visitor = await enter(head)
  expect((await visitor.get('/lindenau/heute/abwesenheit')).text).toContain('Für wen?')
  const sent = { from: 'heute', until: '', deputy: bert.id, person: anna.id }
  expect((await visitor.post('/lindenau/heute/abwesenheit', sent)).status).toBe(303)
  expect([await sees(bert, id), await sees(head, id)]).toEqual([true, false])
  const text = (await visitor.get('/lindenau/heute/abwesenheit')).text
  const absence = /abwesenheit\/([0-9a-f-]{36})/.exec(text)?.[1]
  expect((await (await enter(bert)).post(`/lindenau/heute/abwesenheit/${absence}`)).status).toBe(404)
  await visitor.post(`/lindenau/heute/abwesenheit/${absence}`)
  expect(await sees(bert, id)).toBe(false)
})

test('the page of terms reads days as staff type them and names the field of a fault', async () => {
  const [boss, anna] = [await staff('coordination'), await staff('handler')]
  const visitor = await enter(boss)
  const at = `/lindenau/verwaltung/personen/${anna.id}`
  expect((await visitor.post(`${at}/angaben`, { undertaken: 'bald' })).text).toContain('Bitte geben Sie einen Tag an')
  expect((await visitor.post(`${at}/angaben`, { undertaken: '1.2.2026' })).status).toBe(303)
  expect((await visitor.get(at)).text).toContain('value="01.02.2026"')
  expect((await visitor.post(`/lindenau/verwaltung/personen/${boss.id}/angaben`, {})).status).toBe(403)
})
