import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { subscriptions } from '#app/subscriptions.ts'
import { bar, grant } from '#platform/access/index.ts'
import { startSession } from '#platform/auth/index.ts'
import { Courier } from '#platform/facts/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { silentLog } from '#platform/log/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { ask } from '#work/cases/commands/second.ts'
import { lockCase } from '#work/cases/commands/store.ts'
import { addMeasure } from '#work/cases/commands/measure.ts'
import { ownNote, writeNote } from '#work/cases/commands/note.ts'
import { sayReadiness } from '#work/cases/commands/readiness.ts'
import { inviteGuest } from '#work/cases/near/commands/owner.ts'
import { agreeTo, answerOf, hearOfInvitation } from '#work/cases/near/commands/visitor.ts'
import { openedCase } from '#work/cases/queries.ts'
import { measures } from '#work/cases/queries/course.ts'
import { renewCalendar } from '#work/desk/commands.ts'
import { noteRequest } from '#work/inspection/commands/note.ts'
import { askInterpreter } from '#work/intake/commands/translate.ts'
import { ownTexts } from '#work/intake/queries/translations.ts'
import { ownReports } from '#work/intake/queries/lists.ts'
import { newReport, receiveReport } from '#work/intake/index.ts'
import { openedForAssessment } from '#tests/support/case.ts'
import { duties, dutiesOf, past, personColumns } from '#tests/support/duties.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { setAbsence } from './absence.ts'
import { leave } from './leave.ts'

const now = new Date('2026-11-23T13:37:42Z')
const today = berlinDay(now)
type Staff = Extract<Who, { kind: 'person' }>
let towns: Towns
let app: ReturnType<typeof programOver>
let owner: Client
let boss: Staff
beforeAll(async () => {
  towns = await foundTowns(now)
  app = programOver(towns)
  owner = new Client(towns.database.config)
  await owner.connect()
  boss = await staff('Berta', 'coordination')
})
afterAll(async () => {
  await owner.end()
  await towns.end()
})

const reach = ['own', 'reports', 'originals', 'contacts', 'cases', 'inspection']
/** Somebody with a name and roles. */
async function staff(name: string, ...roles: string[]): Promise<Staff> {
  const { id } = (await towns.appoint(roles[0]!)) as Staff
  await towns.at(async (tx) => {
    await tx.db.updateTable('auth.person').set({ name }).where('id', '=', id).execute()
    for (const role of roles.slice(1))
      await tx.db
        .insertInto('auth.appointment')
        .values({ id: crypto.randomUUID(), person_id: id, role, from_on: '2026-01-01' })
        .execute()
  }, program)
  return { kind: 'person', id, reach }
}
const as = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) => towns.at(work, who)
const county = <T>(who: Who, work: (tx: TenantTx) => Promise<T>) =>
  towns.tenants.inTenant({ municipality: towns.county, who }, work)
const send = async (who: Who, more: object = {}) =>
  (await as(who, (tx) => receiveReport(tx, newReport.parse({ observed: 'Streit im Hof', ...more })))).id
async function settle() {
  const courier = new Courier(towns.tenants, subscriptions, silentLog)
  await courier.deliver()
  await courier.stop()
}
async function enter(who: Staff) {
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await as(program, (tx) => startSession(tx, who.id))).token)
  return visitor
}
const page = (who: Staff) => `/lindenau/verwaltung/personen/${who.id}/abschied`
/** The fields of the page with what is chosen in each. */
const fields = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<select[^>]* name="(to-[^"]+)"[^>]*>(.*?)<\/select>/gsu)].map(([, name, options]) => [
      name!,
      /<option value="([^"]*)" selected/u.exec(options!)?.[1] ?? '',
    ]),
  )
const openCase = (handler: Staff, as_ = 'lead') =>
  as(boss, async (tx) => {
    const id = await openedForAssessment(tx)
    await grant(tx, { record: id, person: handler.id, role: as_ })
    return id
  })

test('every column that names a person is either a duty, which goes to others, or past', async () => {
  expect([...Object.keys(duties), ...past].toSorted()).toEqual(await personColumns(owner))
})

test('all that somebody works on is shown before, goes to her successor, and nothing is left with her name on it', async () => {
  const anna = await staff('Anna', 'coordination', 'handler', 'interpreter')
  const bert = await staff('Bert', 'coordination', 'handler', 'interpreter')
  const away = await staff('Carla', 'handler')
  const id = await openCase(anna)
  await as(boss, (tx) => addMeasure(tx, id, { what: 'Bank aufstellen', owner: ' anna', dueOn: today }))
  await as(boss, (tx) => addMeasure(tx, id, { what: 'Licht', owner: 'Bauhof', dueOn: today }))
  await as(anna, (tx) => writeNote(tx, id, 'Nur für mich', 0))
  await as(anna, (tx) => sayReadiness(tx, { time: 'yes', languages: ['tr'] }))
  await as(anna, (tx) => renewCalendar(tx, anna.id))
  await send(anna)
  const foreign = await send({ kind: 'public' }, { language: 'tr' })
  await as(boss, (tx) => askInterpreter(tx, { report: foreign }, anna.id))
  await as(anna, (tx) => noteRequest(tx, { basis: 'gdpr', asker: 'A', wants: 'B', receivedOn: today }, about(id)))
  await as(away, (tx) => setAbsence(tx, { person: away.id, deputy: anna.id, from: today, until: null }))
  await as(program, (tx) =>
    tx.db.updateTable('auth.person').set({ superior_id: anna.id }).where('id', '=', away.id).execute(),
  )
  const guest = await visit(anna)
  const hers = await enter(anna)
  expect(new Set(await dutiesOf(owner, anna.id, today))).toEqual(
    new Set([
      'access.grant.person_id',
      'auth.absence.deputy_id',
      'auth.appointment.person_id',
      'auth.person.superior_id',
      'auth.session.person_id',
      'cases.invited.person_id',
      'cases.note.person_id',
      'cases.readiness.person_id',
      'desk.calendar.person_id',
      'inspection.request.kept_by',
      'intake.report.entered_by',
      'intake.translation.interpreter',
    ]),
  )
  const visitor = await enter(boss)
  expect(
    Object.values(fields((await visitor.get(page(anna))).text))
      .filter(Boolean)
      .toSorted(),
  ).toEqual([bert.id, 'nobody'].toSorted())
  const shown = (await visitor.get(`${page(anna)}?an=${bert.id}`)).text
  for (const what of [
    'Türkisch, angefragt',
    'Antrag E-',
    'Vertretung für Carla',
    'Abwesenheit eintragen für Carla',
    'Auental',
  ])
    expect(shown).toContain(what)
  const chosen = fields(shown)
  expect(Object.values(chosen).toSorted()).toEqual([...Array.from({ length: 5 }, () => bert.id), 'nobody'].toSorted())
  expect((await visitor.post(page(anna), chosen)).status).toBe(303)
  expect((await hers.get('/lindenau/heute')).status).toBe(401)
  await settle()
  expect(await dutiesOf(owner, anna.id, today)).toEqual([])
  expect(new Set(await dutiesOf(owner, bert.id, today))).toEqual(
    new Set([
      'access.grant.person_id',
      'auth.absence.deputy_id',
      'auth.appointment.person_id',
      'auth.person.superior_id',
      'inspection.request.kept_by',
      'intake.translation.interpreter',
    ]),
  )
  const owners = await as(boss, async (tx) => measures(tx, id, (await openedCase(tx, id))!.contentKey))
  expect(owners.map((one) => one.owner).toSorted()).toEqual(['Bauhof', 'Bert'])
  expect(await as({ ...bert, reach: ['own'] }, (tx) => ownTexts(tx))).toHaveLength(1)
  expect((await as(anna, (tx) => ownNote(tx, id))).text).toBe('')
  expect(await as(program, (tx) => answerOf(tx, guest))).toMatchObject({ owner: towns.county, ended: true })
})

const about = (id: string) => ({ cases: [id], reports: [] })

/** She works on a case of the county as a guest. Returns the invitation's id. */
async function visit(who: Staff): Promise<string> {
  const theirs: Staff = { kind: 'person', id: crypto.randomUUID(), reach: ['own', 'cases'] }
  const terms = { name: 'Jemand', purpose: 'joint', basis: 'duty', parts: [], until: addDays(today, 30) } as const
  await county(program, (tx) =>
    tx.db.insertInto('auth.person').values({ id: theirs.id, name: 'Katrin', mail: null }).execute(),
  )
  const done = await county(theirs, async (tx) => inviteGuest(tx, await openedForAssessment(tx), towns.city, terms))
  if ('missing' in done) throw new Error('not asked')
  await as(program, (tx) => hearOfInvitation(tx, towns.county, { ...terms, id: done.id }, false))
  await as(boss, (tx) => agreeTo(tx, done.id, who.id))
  return done.id
}

test('whoever works on the case already keeps what she has there', async () => {
  const [anna, bert] = [await staff('Anna', 'handler'), await staff('Bert', 'handler')]
  const id = await openCase(bert)
  await as(boss, (tx) => grant(tx, { record: id, person: anna.id, role: 'with' }))
  await (await enter(boss)).post(page(anna), { [`to-${id}`]: bert.id })
  const { rows } = await owner.query(`select person_id, role from access.grant where record_id = $1`, [id])
  expect(rows).toEqual([{ person_id: bert.id, role: 'lead' }])
})

test('reports of a contact point go on being read by another one, not by whoever is kept from them', async () => {
  const [anna, bert, kept] = [
    await staff('Anna', 'contact-point'),
    await staff('Bert', 'contact-point'),
    await staff('Kay', 'contact-point'),
  ]
  const id = await send(anna)
  await as(program, (tx) => bar(tx, id, [kept.id]))
  const visitor = await enter(boss)
  expect((await visitor.post(page(anna), { [`to-${id}`]: kept.id })).status).toBe(422)
  expect((await visitor.post(page(anna), { [`to-${id}`]: bert.id })).status).toBe(303)
  const own = (who: Staff) => as({ ...who, reach: ['own'] }, (tx) => ownReports(tx, who.id))
  expect([(await own(bert)).map((row) => row.id), await own(kept)]).toEqual([[id], []])
})

test('what whoever hands over may not know of goes to others by itself, and they are told', async () => {
  const anna = await staff('Anna', 'handler', 'interpreter', 'substitute')
  const [other, deputy] = [await staff('Olga', 'coordination'), await staff('Sven', 'substitute')]
  const hidden = await openCase(anna)
  const report = await send({ kind: 'public' }, { language: 'tr' })
  await as(boss, (tx) => askInterpreter(tx, { report }, anna.id))
  const released = await send({ kind: 'public' })
  await as(program, async (tx) => {
    await tx.db.updateTable('intake.report').set({ released_by: anna.id }).where('id', '=', released).execute()
    for (const record of [hidden, report, released]) await bar(tx, record, [boss.id])
  })
  await settle()
  await as(program, (tx) => tx.db.deleteFrom('mail.delivery').execute())
  const visitor = await enter(boss)
  expect((await visitor.get(page(anna))).text).toContain('Es ist nichts zu übergeben')
  expect((await visitor.post(page(anna))).status).toBe(303)
  await settle()
  expect(await dutiesOf(owner, anna.id, today)).toEqual([])
  expect(await dutiesOf(owner, deputy.id, today)).toContain('intake.report.released_by')
  const told = await owner.query(`select distinct person_id from mail.delivery where person_id = any ($1)`, [
    [boss.id, other.id, deputy.id],
  ])
  expect(told.rows.map((row) => row.person_id).toSorted()).toEqual([other.id, deputy.id].toSorted())
  const { translated } = await as(program, (tx) =>
    tx.db.selectFrom('intake.report').select('translated').where('id', '=', report).executeTakeFirstOrThrow(),
  )
  expect(translated).toBeNull()
})

test('the sign-in service ends an access without anybody choosing: nothing is left either', async () => {
  const anna = await staff('Anna', 'handler', 'contact-point')
  await openCase(anna)
  await send(anna)
  await as(program, (tx) => leave(tx, anna.id))
  await settle()
  expect(await dutiesOf(owner, anna.id, today)).toEqual([])
})

test('a question that only she may answer as the second person waits until somebody else may', async () => {
  const stefan = await staff('Stefan', 'steering-group')
  await staff('Sonja', 'sponsor')
  await as(boss, async (tx) => {
    const locked = await lockCase(tx, await openedForAssessment(tx))
    await ask(tx, locked, { subject: 'approval', asked: 'steering-group', reason: 'Geld' })
  })
  const visitor = await enter(boss)
  const shown = (await visitor.get(page(stefan))).text
  expect(shown).toContain('kann nur diese Person beantworten')
  expect(await htmlFaults(shown)).toEqual([])
  const refused = await visitor.post(page(stefan), { ...fields(shown) })
  expect([refused.status, await htmlFaults(refused.text)]).toEqual([422, []])
  await staff('Sigrid', 'steering-group')
  expect((await visitor.post(page(stefan))).status).toBe(303)
})
