import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRole } from '#platform/db/prepare.ts'
import { dateKeys, destroyRound } from '#platform/retention/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { conference, guest, organiser, postAll } from '#tests/support/gathering.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { checkIn, feedbackToken, giveFeedback } from './commands/attendance.ts'
import { retained } from './commands/forget.ts'
import { choose, moveList, refuse } from './commands/list.ts'
import { acceptOffer, changeOwn, linkToken, opened, own, readToken, withdraw } from './commands/own.ts'
import { announce, cancelGathering, changeGathering, changeParts, planGathering } from './commands/plan.ts'
import { registerAll } from './commands/register.ts'
import { changeRule, sendReminders } from './commands/reminders.ts'
import { round } from './index.ts'
import { feedbackResults, needs, participants } from './queries.ts'
import type { Basics } from './schema.ts'

let towns: Towns
let staff: Who
const begin = new Date('2026-11-20T09:00:00Z')
beforeAll(async () => {
  towns = await foundTowns(begin)
  staff = organiser(await towns.appoint('coordination'))
})
afterAll(() => towns.end())

const as = <T>(work: Parameters<typeof towns.at<T>>[0]) => towns.at(work, program)
const setClock = (at: string) => void (towns.clock.now = new Date(at))

async function announced(more: Partial<Basics> = {}): Promise<string> {
  towns.clock.now = begin
  const id = await towns.at((tx) => planGathering(tx, { ...conference, ...more }), staff)
  expect(await towns.at((tx) => announce(tx, id), staff)).toEqual([])
  return id
}

/** The two steps of the night: days into the keys, then what is due is destroyed and its rows go. */
async function night(): Promise<void> {
  const shred = asRole(towns.database.config, towns.database.name, 'shred')
  await as((tx) => dateKeys(tx, [retained]))
  await as((tx) => destroyRound(tx, { shred, retained: [retained], readingsUntil: async () => undefined }))
}

const come = (id: string, ...numbers: number[]) =>
  as((tx) =>
    registerAll(
      tx,
      id,
      numbers.map((n) => ({ one: guest(n), receivedAt: tx.now })),
    ),
  )
const list = (id: string) => towns.at((tx) => participants(tx, id), staff)
const seats = async (id: string) =>
  Object.fromEntries((await list(id)).map(({ name, state }) => [name.replace('Gast ', ''), state]))
const tokenOf = async (id: string, n: number) => {
  const found = (await list(id)).find(({ name }) => name === `Gast ${n}`)
  return as(async (tx) => linkToken(tx, found!.id))
}

test('two hundred at once for fifty places, over several connections: fifty have one, the rest wait in order', async () => {
  const id = await announced()
  const batches = Array.from({ length: 20 }, (_, b) => Array.from({ length: 10 }, (__, n) => b * 10 + n))
  await Promise.all(batches.map((numbers) => come(id, ...numbers)))
  const all = await list(id)
  expect(all.filter(({ state }) => state === 'confirmed')).toHaveLength(50)
  const waiting = all.filter(({ state }) => state === 'waiting')
  expect(waiting).toHaveLength(150)
  const lastSeated = Math.max(
    ...all.filter(({ state }) => state === 'confirmed').map(({ receivedAt }) => receivedAt.getTime()),
  )
  expect(waiting.every(({ receivedAt }) => receivedAt.getTime() > lastSeated)).toBe(true)
  expect(new Set(all.map(({ receivedAt }) => receivedAt.getTime())).size, 'one after the other').toBe(200)
})

test('a place given back goes down the list until somebody takes it; nobody is passed over', async () => {
  const id = await announced({ places: 1 })
  await come(id, 1, 2, 3, 4)
  expect(await seats(id)).toEqual({ 1: 'confirmed', 2: 'waiting', 3: 'waiting', 4: 'waiting' })
  await as(async (tx) => withdraw(tx, await tokenOf(id, 1)))
  expect(await seats(id)).toMatchObject({ 1: 'withdrawn', 2: 'offered' })
  setClock('2026-11-21T09:04:00Z')
  await as(round)
  expect(await seats(id)).toMatchObject({ 2: 'lapsed', 3: 'offered', 4: 'waiting' })
  expect(await as(async (tx) => acceptOffer(tx, await tokenOf(id, 2)))).toBe(false)
  expect(await as(async (tx) => acceptOffer(tx, await tokenOf(id, 3)))).toBe(true)
  expect(await seats(id)).toMatchObject({ 2: 'lapsed', 3: 'confirmed', 4: 'waiting' })
  // In the last day an offer stands two hours.
  setClock('2026-12-02T20:00:00Z')
  await as(async (tx) => withdraw(tx, await tokenOf(id, 3)))
  const offered = (await list(id)).find(({ state }) => state === 'offered')
  expect(offered?.offeredUntil).toEqual(new Date('2026-12-02T22:00:00Z'))
})

test('priority groups go first, latecomers last and only by hand', async () => {
  const id = await announced({ places: 1 })
  await towns.at((tx) => changeParts(tx, id, { groups: ['Netzwerk', 'Gäste'] }), staff)
  await as((tx) =>
    registerAll(
      tx,
      id,
      [guest(1), guest(2, { rank: 1 }), guest(3)].map((one) => ({ one, receivedAt: tx.now })),
    ),
  )
  setClock('2026-11-27T23:00:00Z')
  await come(id, 4)
  expect((await list(id)).map(({ name }) => name)).toEqual(['Gast 1', 'Gast 3', 'Gast 2', 'Gast 4'])
  for (const n of [1, 3, 2]) await as(async (tx) => withdraw(tx, await tokenOf(id, n)))
  await as((tx) => moveList(tx, id))
  expect(await seats(id)).toMatchObject({ 4: 'waiting' })
  const late = (await list(id)).find(({ name }) => name === 'Gast 4')!
  expect(await towns.at((tx) => choose(tx, id, [late.id]), staff)).toBe(0)
  expect(await seats(id)).toMatchObject({ 4: 'confirmed' })
})

test('a request received before midnight counts even when it is written down after it', async () => {
  const id = await announced()
  setClock('2026-11-27T23:00:05Z')
  await as((tx) => registerAll(tx, id, [{ one: guest(1), receivedAt: new Date('2026-11-27T22:59:59Z') }]))
  await come(id, 2)
  expect(await seats(id)).toEqual({ 1: 'confirmed', 2: 'waiting' })
})

test('by hand: all wait, the organiser chooses, never more than there are places', async () => {
  const id = await announced({ places: 2, byHand: true })
  await come(id, 1, 2, 3)
  const ids = (await list(id)).map((one) => one.id)
  expect(await towns.at((tx) => choose(tx, id, ids), staff)).toBe(1)
  expect(await towns.at((tx) => choose(tx, id, ids.slice(1)), staff)).toBe(0)
  await towns.at((tx) => refuse(tx, id, ids), staff)
  expect(await seats(id)).toEqual({ 1: 'refused', 2: 'confirmed', 3: 'confirmed' })
})

test('places below those given are refused, and nothing else of the change happens', async () => {
  const id = await announced({ places: 5 })
  await come(id, 1, 2, 3)
  expect(await towns.at((tx) => changeGathering(tx, id, { ...conference, title: 'Anders', places: 2 }), staff)).toBe(3)
  expect(await towns.at((tx) => changeGathering(tx, id, { ...conference, places: 3 }), staff)).toBeUndefined()
  await come(id, 4)
  expect(await seats(id)).toMatchObject({ 4: 'waiting' })
  await towns.at((tx) => changeGathering(tx, id, { ...conference, places: 4 }), staff)
  expect(await seats(id)).toMatchObject({ 4: 'offered' })
})

test('one address in two spellings is one person, told by mail only', async () => {
  const id = await announced({ places: 5 })
  await postAll(towns.tenants)
  await come(id, 1)
  const again = [' GAST1@Example.ORG', 'gast1@EXAMPLE.org'].map((mail) => guest(1, { mail }))
  await as((tx) =>
    registerAll(
      tx,
      id,
      again.map((one) => ({ one, receivedAt: tx.now })),
    ),
  )
  expect(await list(id)).toHaveLength(1)
  const mails = await postAll(towns.tenants)
  expect(mails.map(({ to, subject }) => `${to} ${subject}`).toSorted()).toEqual([
    'gast1@example.org Ihr Platz: Abschlusskonferenz',
    'gast1@example.org Sie sind schon angemeldet: Abschlusskonferenz',
  ])
})

test('a link is forged in vain, and somebody else’s link opens nothing of mine', async () => {
  const id = await announced()
  await come(id, 1, 2)
  const [one, two] = [await tokenOf(id, 1), await tokenOf(id, 2)]
  await as(async (tx) => {
    expect((await own(tx, one))?.name).toBe('Gast 1')
    const mixed = one.slice(0, 22) + two.slice(22)
    for (const forged of ['', 'x'.repeat(43), one.slice(0, 42), `${one}A`, mixed]) {
      expect(readToken(tx, forged)).toBeUndefined()
      await withdraw(tx, forged)
    }
  })
  expect(await seats(id)).toEqual({ 1: 'confirmed', 2: 'confirmed' })
})

test('the link leaves once, at its time; missed it is caught up; a later guest gets it at once', async () => {
  const id = await announced({ title: 'Einmal' })
  await come(id, 1)
  const links = async () =>
    (await postAll(towns.tenants)).filter(({ subject }) => subject.endsWith('so weit: Einmal')).length
  await links()
  setClock('2026-12-02T10:59:00Z')
  await as(sendReminders)
  expect(await links()).toBe(0)
  // The program stood still at noon and starts in the evening.
  setClock('2026-12-02T18:00:00Z')
  await as(sendReminders)
  await as(sendReminders)
  expect(await links()).toBe(1)
  await towns.at(
    (tx) =>
      changeRule(tx, id, 'link', {
        anchor: 'start',
        side: 'before',
        amount: 2,
        unit: 'hours',
        clock: null,
        missed: 'at-once',
      }),
    staff,
  )
  setClock('2026-12-03T07:30:00Z')
  await as(sendReminders)
  expect(await links(), 'never again').toBe(0)
  await come(id, 2)
  const late = (await list(id)).find(({ name }) => name === 'Gast 2')!
  await towns.at((tx) => choose(tx, id, [late.id]), staff)
  await as(sendReminders)
  expect(await links()).toBe(1)
})

test('a rule changed before sending moves the mail; a new date moves it too', async () => {
  const id = await announced({ title: 'Verlegt' })
  await come(id, 1)
  await towns.at((tx) => changeGathering(tx, id, { ...conference, title: 'Verlegt', day: '2026-12-10' }), staff)
  setClock('2026-12-02T12:00:00Z')
  await as(sendReminders)
  expect((await postAll(towns.tenants)).filter(({ subject }) => subject.endsWith('so weit: Verlegt'))).toHaveLength(0)
  setClock('2026-12-09T11:00:00Z')
  await as(sendReminders)
  expect((await postAll(towns.tenants)).filter(({ subject }) => subject.endsWith('so weit: Verlegt'))).toHaveLength(1)
})

test('what people need is read by the named role only, under its own key, and gone a week later', async () => {
  const id = await announced()
  await towns.at((tx) => changeParts(tx, id, { needsReader: 'contact-point' }), staff)
  await as((tx) => registerAll(tx, id, [{ one: guest(1, { need: 'Gebärdensprache' }), receivedAt: tx.now }]))
  const reader = await towns.appoint('contact-point')
  expect(await towns.at((tx) => needs(tx, id), reader)).toEqual([
    { name: 'Gast 1', need: 'Gebärdensprache', until: '2026-12-10' },
  ])
  expect(await towns.at((tx) => needs(tx, id), staff), 'not even who runs it').toEqual([])
  const rows = await as((tx) =>
    tx.db.selectFrom('gatherings.need').select(['key_id', 'need']).where('gathering_id', '=', id).execute(),
  )
  expect(rows[0]!.need.toString()).not.toContain('Gebärden')
  const keys = () =>
    as((tx) =>
      tx.db
        .selectFrom('platform.record_key')
        .select(['class', 'destroy_on'])
        .where('id', '=', rows[0]!.key_id)
        .execute(),
    )
  expect(await keys()).toEqual([{ class: 'access-need', destroy_on: '2026-12-10' }])
  setClock('2026-12-10T03:00:00Z')
  await night()
  expect(await towns.at((tx) => needs(tx, id), reader)).toEqual([])
  expect(await list(id), 'the registration itself stays until its own day').toHaveLength(1)
})

test('on the set day everything that tells who came is gone; the programme and the figures stay', async () => {
  const id = await announced()
  await come(id, 1, 2, 3, 4, 5)
  const token = await tokenOf(id, 1)
  setClock('2026-12-03T09:00:00Z')
  const ids = (await list(id)).map((one) => one.id)
  await towns.at((tx) => checkIn(tx, id, ids), staff)
  setClock('2026-12-04T09:00:00Z')
  for (const one of ids)
    await as(async (tx) =>
      giveFeedback(tx, feedbackToken(tx, one), { worth: 5, understood: 4, heard: null, remark: 'Gern wieder' }),
    )
  const keys = await as((tx) =>
    tx.db.selectFrom('gatherings.registration').select('key_id').where('gathering_id', '=', id).execute(),
  )
  setClock('2027-03-02T22:59:00Z')
  await night()
  expect(await list(id)).toHaveLength(5)
  setClock('2027-03-03T01:05:00Z')
  await night()
  expect(await list(id)).toEqual([])
  expect(await as((tx) => own(tx, token))).toBeUndefined()
  const left = await as((tx) =>
    tx.db
      .selectFrom('platform.record_key')
      .select('destroy_on')
      .distinct()
      .where(
        'id',
        'in',
        keys.map((row) => row.key_id),
      )
      .execute(),
  )
  expect(left, 'keys are destroyed').toEqual([])
  const results = await towns.at((tx) => feedbackResults(tx, id), staff)
  expect(results).toMatchObject({ enough: true, count: 5, remarks: [] })
})

test('feedback is pooled from five answers on; a link answers once; nothing leads from an answer to a person', async () => {
  const id = await announced()
  await come(id, 1, 2, 3, 4, 5, 6)
  setClock('2026-12-03T09:00:00Z')
  const ids = (await list(id)).map((one) => one.id)
  await towns.at((tx) => checkIn(tx, id, ids.slice(0, 5)), staff)
  const answer = { worth: 4, understood: 4, heard: 3, remark: '' }
  const give = (n: number) => as(async (tx) => giveFeedback(tx, feedbackToken(tx, ids[n]!), answer))
  expect(await give(0), 'not before the end').toBe(false)
  setClock('2026-12-03T15:00:00Z')
  expect(await give(5), 'only who was there').toBe(false)
  for (const n of [0, 1, 2, 3]) expect(await give(n)).toBe(true)
  expect(await give(0), 'once').toBe(false)
  expect(await towns.at((tx) => feedbackResults(tx, id), staff)).toEqual({ enough: false })
  expect(await give(4)).toBe(true)
  expect(await towns.at((tx) => feedbackResults(tx, id), staff)).toMatchObject({ enough: true, count: 5 })
  const rows = await as((tx) =>
    tx.db.selectFrom('gatherings.feedback').selectAll().where('gathering_id', '=', id).execute(),
  )
  const people = JSON.stringify(await as((tx) => tx.db.selectFrom('gatherings.registration').selectAll().execute()))
  for (const row of rows) expect(people).not.toContain(row.id)
  expect(new Set(rows.map((row) => row.answered_on))).toEqual(new Set(['2026-12-03']))
  expect(
    await as((tx) =>
      tx.db.selectFrom('gatherings.feedback_token').selectAll().where('gathering_id', '=', id).execute(),
    ),
  ).toEqual([])
})

test('a cancelled gathering strikes the date out of every calendar; a changed name raises the sequence', async () => {
  const id = await announced()
  await come(id, 1)
  await as(async (tx) => changeOwn(tx, await tokenOf(id, 1), 'Gästin Eins', []))
  await postAll(towns.tenants)
  await towns.at((tx) => cancelGathering(tx, id), staff)
  const [mail] = (await postAll(towns.tenants)).filter(({ subject }) => subject.startsWith('Fällt aus'))
  const { calendar } = mail!
  const organising = { name: 'Stadt', address: 'post@stadt.example' }
  const text = typeof calendar === 'function' ? calendar(organising).content : ''
  expect(text).toContain('METHOD:CANCEL')
  expect(text).toContain('SEQUENCE:2')
  expect(await as(async (tx) => (await opened(tx, (await list(id))[0]!.id))?.name)).toBe('Gästin Eins')
})

test('names reach neither other people nor the log of the ledger', async () => {
  const id = await announced()
  await come(id, 1)
  const rows = await as((tx) =>
    tx.db.selectFrom('mail.delivery').selectAll().where('kind', 'like', 'gatherings.%').execute(),
  )
  expect(JSON.stringify(rows)).not.toMatch(/Gast|example\.org/)
  const raw = await as((tx) =>
    tx.db.selectFrom('gatherings.registration').selectAll().where('gathering_id', '=', id).execute(),
  )
  expect(raw.map((row) => `${row.name}${row.mail}`).join('')).not.toMatch(/Gast|example/)
  const seen = await towns.at((tx) => tx.db.selectFrom('gatherings.registration').selectAll().execute())
  expect(seen, 'the public reads no row').toEqual([])
})
