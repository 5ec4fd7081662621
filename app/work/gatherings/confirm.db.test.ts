import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Who } from '#platform/tenancy/index.ts'
import { conference, guest, organiser, postAll } from '#tests/support/gathering.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { checkIn } from './commands/attendance.ts'
import { linkToken } from './commands/own.ts'
import { announce, planGathering } from './commands/plan.ts'
import { registerAll } from './commands/register.ts'
import { addDates } from './commands/series.ts'
import { round } from './index.ts'
import { laterDates, participants } from './queries.ts'
import type { Basics } from './schema.ts'

let towns: Towns
let staff: Who
let app: ReturnType<typeof programOver>
const begin = new Date('2026-11-20T09:00:00Z')
beforeAll(async () => {
  towns = await foundTowns(begin)
  staff = organiser(await towns.appoint('coordination'))
  app = programOver(towns)
})
afterAll(() => towns.end())

const as = <T>(work: Parameters<typeof towns.at<T>>[0]) => towns.at(work, program)
const list = (id: string) => towns.at((tx) => participants(tx, id), staff)
const seats = async (id: string) => (await list(id)).map(({ name, state }) => `${name} ${state}`)

async function announced(more: Partial<Basics>): Promise<string> {
  towns.clock.now = begin
  const id = await towns.at((tx) => planGathering(tx, { ...conference, ...more }), staff)
  await towns.at((tx) => announce(tx, id), staff)
  return id
}
const come = (id: string, ...numbers: number[]) =>
  as((tx) =>
    registerAll(
      tx,
      id,
      numbers.map((n) => ({ one: guest(n), receivedAt: tx.now })),
    ),
  )
const page = async (id: string, n: number) => {
  const found = (await list(id)).findLast(({ name }) => name === `Gast ${n}`)!
  return `/lindenau/veranstaltungen/anmeldung/${await as(async (tx) => linkToken(tx, found.id))}`
}
/** The clock goes on, the program does its round; what was sent, by address. */
async function at(moment: string): Promise<string[]> {
  towns.clock.now = new Date(moment)
  await as(round)
  return (await postAll(towns.tenants)).map(({ to, subject }) => `${to.split('@')[0]}: ${subject}`).toSorted()
}

test('where addresses are confirmed, an unconfirmed place becomes free after a day and the stranger hears no more', async () => {
  const id = await announced({ places: 2, confirmMail: true })
  await come(id, 1, 2, 3)
  expect(await at('2026-11-20T09:00:01Z')).toEqual(
    [1, 2, 3].map((n) => `gast${n}: Bitte bestätigen: Abschlusskonferenz`),
  )
  const visitor = new Visitor(towns, app)
  const [first, third] = [await page(id, 1), await page(id, 3)]
  expect((await visitor.get(first)).text).toContain('Ihre Anmeldung gilt noch nicht')
  expect(await at('2026-11-20T10:00:00Z'), 'opening a link changes nothing').toEqual([])
  await visitor.post(first, { do: 'confirm' })
  await visitor.post(first, { do: 'confirm' })
  await visitor.post(third, { do: 'confirm' })
  expect(await at('2026-11-20T10:00:01Z')).toEqual([
    'gast1: Ihr Platz: Abschlusskonferenz',
    'gast3: Warteliste: Abschlusskonferenz',
  ])
  await come(id, 2)
  expect(await at('2026-11-20T11:00:00Z'), 'registered twice: the same request again').toEqual([
    'gast2: Bitte bestätigen: Abschlusskonferenz',
  ])
  expect(await seats(id)).toEqual(['Gast 1 confirmed', 'Gast 2 confirmed', 'Gast 3 waiting'])
  expect(await at('2026-11-21T09:00:01Z')).toEqual(['gast3: Ein Platz ist frei: Abschlusskonferenz'])
  expect(await seats(id)).toEqual(['Gast 1 confirmed', 'Gast 3 offered', 'Gast 2 lapsed'])
  const second = await page(id, 2)
  expect((await visitor.post(second, { do: 'confirm' })).status).toBe(303)
  expect((await visitor.get(second)).text).toContain('nicht bestätigt')
  await come(id, 2)
  expect(await at('2026-11-21T09:10:00Z'), 'and may come again').toEqual([
    'gast2: Bitte bestätigen: Abschlusskonferenz',
  ])
})

test('an unconfirmed person is offered nothing and gets no link; without the setting nothing lapses', async () => {
  const id = await announced({ places: 1, confirmMail: true, title: 'Streng' })
  await come(id, 1)
  await as((tx) => tx.db.updateTable('gatherings.registration').set({ confirm_until: null }).execute())
  await come(id, 2, 3)
  const visitor = new Visitor(towns, app)
  await visitor.post(await page(id, 3), { do: 'confirm' })
  await visitor.post(await page(id, 1), { do: 'withdraw' })
  const sent = await at('2026-11-20T09:30:00Z')
  expect(sent).toContain('gast3: Ein Platz ist frei: Streng')
  expect(sent).not.toContain('gast2: Ein Platz ist frei: Streng')

  const short = await announced({ confirmMail: true, title: 'Kurz vorher', day: '2026-11-20', deadline: '2026-11-20' })
  await come(short, 4)
  expect((await at('2026-11-20T09:31:00Z')).filter((one) => one.includes('so weit'))).toEqual([])
  await visitor.post(await page(short, 4), { do: 'confirm' })
  expect((await at('2026-11-20T09:32:00Z')).filter((one) => one.includes('so weit'))).toEqual([
    'gast4: Bald ist es so weit: Kurz vorher',
  ])

  const door = await announced({ confirmMail: true, title: 'Einlass', day: '2026-11-20', deadline: '2026-11-20' })
  await come(door, 8)
  const [there] = await list(door)
  await towns.at((tx) => checkIn(tx, door, [there!.id]), staff)
  const mails = await at('2026-11-21T10:00:00Z')
  expect(await seats(door), 'who was at the door keeps her place').toEqual(['Gast 8 confirmed'])
  expect(
    mails.filter((one) => one.startsWith('gast8: Wie war')),
    'and her address is still unproven',
  ).toEqual([])

  const free = await announced({ title: 'Ohne' })
  await come(free, 5)
  await at('2026-11-25T09:00:00Z')
  expect(await seats(free)).toEqual(['Gast 5 confirmed'])
})

test('whoever did not register herself is told in the first mail how to undo it', async () => {
  const id = await announced({ title: 'Fremde Adresse' })
  await come(id, 6)
  towns.clock.now = begin
  const [mail] = (await postAll(towns.tenants)).filter(({ subject }) => subject.includes('Fremde'))
  expect(mail!.text).toContain('Dann hat jemand Ihre Adresse angegeben')
  const visitor = new Visitor(towns, app)
  await visitor.post(
    /veranstaltungen(\/anmeldung\/\S+)/.exec(mail!.text)![1]!.replace(/^/, '/lindenau/veranstaltungen'),
    {
      do: 'withdraw',
    },
  )
  expect(await seats(id)).toEqual(['Gast 6 withdrawn'])
})

test('further dates take everything over, each with its own registrations, deadline and deletion day', async () => {
  const id = await announced({ title: 'Dialog', kind: 'citizens-dialogue', deleteOn: '2026-12-31' })
  await come(id, 7)
  const dates = [
    { day: '2026-12-17', from: '10:00', until: '15:30' },
    { day: '2027-01-14', from: '18:00', until: '20:00' },
  ]
  const made = await towns.at((tx) => addDates(tx, id, dates), staff)
  const rows = await as((tx) =>
    tx.db.selectFrom('gatherings.gathering').selectAll().where('id', 'in', made).orderBy('on_day').execute(),
  )
  expect(rows.map((row) => [row.slug, row.state, row.on_day, row.from_time, row.deadline, row.delete_on])).toEqual([
    ['dialog-2', 'announced', '2026-12-17', '10:00', '2026-12-11', '2027-01-14'],
    ['dialog-3', 'announced', '2027-01-14', '18:00', '2027-01-08', '2027-02-11'],
  ])
  expect(await list(made[0]!)).toEqual([])
  expect((await as((tx) => laterDates(tx, rows[0]!))).map((row) => row.slug)).toEqual(['dialog', 'dialog-3'])
  const shown = (await new Visitor(towns, app).get('/lindenau/veranstaltungen/dialog')).text
  expect(shown).toContain('Weitere Termine dieser Reihe')
  expect(shown).toContain('href="/lindenau/veranstaltungen/dialog-2"')
  await come(made[0]!, 7)
  expect(await seats(made[0]!), 'the same person at another date').toEqual(['Gast 7 confirmed'])
})
