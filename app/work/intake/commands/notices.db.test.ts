import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { noticeLetters, Postman, setGathered, type MailTransport, type Posting } from '#platform/mail/index.ts'
import { subscriptions } from '#app/subscriptions.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { openReport } from '../queries.ts'
import { newReport } from '../schema.ts'
import { answerReporter, writeToOffice } from './answer.ts'
import { answerLetter, dangerUnopened, morningRound } from './notices.ts'
import { receiveReport } from './receive.ts'

const canary = 'Kanarienvogel im Treppenhaus'
const monday = new Date('2026-11-23T09:03:00Z')

let towns: Towns
let courier: Courier
let sent: Posting[] = []
const people: Record<string, string> = {}
const transport: MailTransport = {
  send: async (posting) => {
    sent.push(posting)
    return { state: 'accepted', reply: 250 }
  },
  close: () => undefined,
}

async function appoint(name: string, ...roles: string[]): Promise<string> {
  const id = (people[name] ??= crypto.randomUUID())
  await towns.at(async (tx) => {
    await tx.db
      .insertInto('auth.person')
      .values({ id, name, mail: `${name}@stadt.example` })
      .execute()
    for (const role of roles) {
      const row = { id: crypto.randomUUID(), person_id: id, role, from_on: '2026-01-01' }
      await tx.db.insertInto('auth.appointment').values(row).execute()
    }
  }, program)
  return id
}

const away = (person: string, deputy: string) =>
  towns.at(
    (tx) =>
      tx.db
        .insertInto('auth.absence')
        .values({
          id: crypto.randomUUID(),
          person_id: people[person]!,
          deputy_id: people[deputy]!,
          from_on: '2026-11-01',
          set_by: people[person]!,
        })
        .execute(),
    program,
  )
const bar = (report: string, person: string) =>
  towns.at(
    (tx) => tx.db.insertInto('access.barred').values({ record_id: report, person_id: people[person]! }).execute(),
    program,
  )

/** Everything that is due at a time has left; who got which kind, as `kind name`. */
async function mailed(at = towns.clock.now): Promise<string[]> {
  towns.clock.now = at
  await courier.deliver()
  const letters = { ...noticeLetters, 'intake.answer': answerLetter }
  await new Postman({
    tenants: towns.tenants,
    letters,
    transport,
    origin: 'https://b.example',
    log: silentLog,
  }).deliver()
  return sent
    .splice(0)
    .map(({ subject, to }) => `${subject}: ${to.split('@')[0]}`)
    .toSorted()
}
const report = (more: object = {}) =>
  towns.at(async (tx) => receiveReport(tx, newReport.parse({ observed: canary, ...more })))

beforeAll(async () => {
  towns = await foundTowns(monday)
  courier = new Courier(towns.tenants, subscriptions, silentLog)
  await appoint('anna', 'coordination')
  await appoint('bernd', 'coordination', 'substitute')
  await appoint('carla', 'conflict-manager')
  await appoint('doris', 'substitute')
  await appoint('emil', 'contact-point')
})
beforeEach(() => void (towns.clock.now = monday))
afterEach(async () => {
  sent = []
  await towns.at(async (tx) => {
    for (const table of [
      'intake.exclusion',
      'intake.message',
      'intake.report',
      'platform.fact',
      'mail.delivery',
      'mail.wish',
      'auth.absence',
      'access.barred',
    ] as const)
      await tx.db.deleteFrom(table).execute()
  }, program)
})
afterAll(() => towns.end())

test('a report: those who own the clock are told at once, and neither mail nor ledger says of what', async () => {
  const { id } = await report()
  await courier.deliver()
  const ledger = await towns.at((tx) => tx.db.selectFrom('mail.delivery').selectAll().execute(), program)
  expect(JSON.stringify(ledger)).not.toContain(id)
  const posted = await (async () => {
    await new Postman({
      tenants: towns.tenants,
      letters: noticeLetters,
      transport,
      origin: 'https://b.example',
      log: silentLog,
    }).deliver()
    return sent
  })()
  expect(posted.map(({ to }) => to).toSorted()).toEqual(['anna@stadt.example', 'bernd@stadt.example'])
  for (const { subject, text } of posted) {
    expect(`${subject} ${text}`).not.toMatch(/Kanarien|Treppenhaus|Meldung|[0-9a-f]{8}-/)
    expect(text.match(/https?:\S+/g)).toEqual(['https://b.example/lindenau/heute'])
  }
})

test('many reports make few mails, and the last one is never left untold', async () => {
  for (let i = 0; i < 5; i++) await report()
  expect(await mailed()).toEqual(['Es gibt etwas Neues: anna', 'Es gibt etwas Neues: bernd'])
  expect(await mailed(new Date('2026-11-23T09:14:00Z'))).toEqual([])
  expect(await mailed(new Date('2026-11-23T09:15:00Z'))).toEqual([
    'Es gibt etwas Neues: anna',
    'Es gibt etwas Neues: bernd',
  ])
})

test('gathered: one mail on the next working morning, neither on holidays nor while the office is shut', async () => {
  await towns.at((tx) => setGathered(tx, people.anna!, true), program)
  towns.clock.now = new Date('2026-12-24T15:00:00Z')
  await report()
  await report()
  expect(await mailed()).toEqual(['Es gibt etwas Neues: bernd'])
  expect((await mailed(new Date('2027-01-04T05:59:00Z'))).filter((line) => line.endsWith('anna'))).toEqual([])
  expect((await mailed(new Date('2027-01-04T06:00:00Z'))).filter((line) => line.endsWith('anna'))).toEqual([
    'Heute wartet etwas auf Sie: anna',
  ])
})

test('held: only the substitute is told, and not where she sits in the excluded office herself', async () => {
  await report({ notVisibleTo: ['conflict-office'] })
  expect(await mailed()).toEqual(['Es gibt etwas Neues: doris'])
  await report({ notVisibleTo: ['Herr B. vom Amt'] })
  expect((await mailed(new Date('2026-11-23T10:00:00Z'))).toSorted()).toEqual([
    'Es gibt etwas Neues: bernd',
    'Es gibt etwas Neues: doris',
  ])
})

test('whoever is away is replaced by the deputy, the deputy by hers; who must not know is not told through anybody', async () => {
  await away('anna', 'carla')
  await away('carla', 'emil')
  const { id } = await report()
  expect(await mailed()).toEqual(['Es gibt etwas Neues: bernd', 'Es gibt etwas Neues: emil'])
  const other = await report()
  await bar(other.id, 'anna')
  expect(id).not.toBe(other.id)
  expect(await mailed(new Date('2026-11-23T10:00:00Z'))).toEqual(['Es gibt etwas Neues: bernd'])
})

test('danger: told before everything else, and again to all who may act when nobody opens it in time', async () => {
  const { id } = await report({ danger: true })
  expect(await mailed()).toEqual(['Bitte sofort nachsehen: anna', 'Bitte sofort nachsehen: bernd'])
  towns.clock.now = new Date('2026-11-23T09:33:00Z')
  await towns.at((tx) => dangerUnopened(tx, { report: id }), program)
  expect(await mailed()).toEqual(['anna', 'bernd', 'carla'].map((name) => `Bitte sofort nachsehen: ${name}`))

  const seen = await report({ danger: true })
  await mailed()
  await towns.at((tx) => openReport(tx, seen.id), { kind: 'person', id: people.anna!, reach: ['reports'] })
  await towns.at((tx) => dangerUnopened(tx, { report: seen.id }), program)
  expect(await mailed()).toEqual([])
})

test('the reporter writes again: told like anything new', async () => {
  const { code } = await report()
  await mailed()
  towns.clock.now = new Date('2026-11-23T11:00:00Z')
  expect(await towns.at((tx) => writeToOffice(tx, code, 'Noch etwas'))).toBeTruthy()
  expect(await mailed()).toEqual(['Es gibt etwas Neues: anna', 'Es gibt etwas Neues: bernd'])
})

test('an answer: one bare hint with the batch of the day, in the language of the report, without any link', async () => {
  const { id } = await report({ anonymity: 'office', notice: 'leyla@example.org', language: 'tr' })
  await report({ anonymity: 'office', notice: '0170 1234567' }).then((other) =>
    towns.at((tx) => answerReporter(tx, other.id, 'x'), program),
  )
  await towns.at((tx) => answerReporter(tx, id, canary), program)
  await towns.at((tx) => answerReporter(tx, id, canary), program)
  await mailed(new Date('2026-11-23T15:59:00Z'))
  await courier.deliver()
  towns.clock.now = new Date('2026-11-23T16:00:00Z')
  expect((await mailed()).filter((line) => line.includes('leyla'))).toEqual(['Sizin için bir yanıt hazır: leyla'])
  const rows = await towns.at(
    (tx) =>
      tx.db
        .selectFrom('mail.delivery')
        .select(['kind', 'state', 'thing'])
        .where('kind', '=', 'intake.answer')
        .execute(),
    program,
  )
  expect(rows.toSorted((a, b) => a.state.localeCompare(b.state))).toEqual([
    { kind: 'intake.answer', state: 'accepted', thing: null },
    { kind: 'intake.answer', state: 'suppressed', thing: null },
  ])
  towns.clock.now = new Date('2026-11-23T18:00:00Z')
  await towns.at((tx) => answerReporter(tx, id, canary), program)
  expect((await mailed()).filter((line) => line.includes('leyla'))).toEqual([])
  expect((await mailed(new Date('2026-11-24T16:00:00Z'))).filter((line) => line.includes('leyla'))).toHaveLength(1)
})

test('working mornings: what is due and what nobody has opened, one mail each, never on a Sunday', async () => {
  const { id } = await report()
  await mailed()
  const morning = async (at: string) => {
    towns.clock.now = new Date(at)
    await towns.at(morningRound, program)
    return (await mailed(new Date(towns.clock.now.getTime() + 1_800_000))).filter((line) => line.startsWith('Heute'))
  }
  expect(await morning('2026-11-24T05:30:00Z'), 'neither due nor late yet').toEqual([])
  const all = ['anna', 'bernd', 'carla'].map((name) => `Heute wartet etwas auf Sie: ${name}`)
  expect(await morning('2026-11-25T05:30:00Z')).toEqual(all)
  expect(await morning('2026-11-29T05:30:00Z'), 'Sunday').toEqual([])
  await towns.at((tx) => openReport(tx, id), { kind: 'person', id: people.carla!, reach: ['reports'] })
  expect(await morning('2026-11-30T05:30:00Z'), 'opened: only the owner of the clock').toEqual(all.slice(0, 2))
})
