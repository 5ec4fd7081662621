import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lettersOf, slices } from '#app/slices.ts'
import { startSession } from '#platform/auth/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { Postman, smtpTransport } from '#platform/mail/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { smtpForTest, type Caught, type SmtpForTest } from '#tests/support/smtp.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'
import { round } from './index.ts'

/* The whole conference by its pages and mails: real SMTP, real rows, a clock that goes on as the days do. */
let towns: Towns
let smtp: SmtpForTest
let postman: Postman
let app: ReturnType<typeof programOver>
let staff: Visitor
let who: Who

beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-12T08:00:00Z'))
  smtp = await smtpForTest()
  app = programOver(towns)
  const transport = smtpTransport(smtp.url, 'Stadt Lindenau <post@lindenau.example>')
  postman = new Postman({
    tenants: towns.tenants,
    letters: lettersOf(slices),
    transport,
    origin: 'http://localhost',
    log: silentLog,
  })
  who = await towns.appoint('coordination')
  staff = new Visitor(towns, app)
  await signIn()
})
afterAll(async () => {
  await postman.stop()
  await smtp.stop()
  await towns.end()
})

/** Sessions do not last for days. */
async function signIn(): Promise<void> {
  const { token } = await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  staff.setCookie('b-lindenau', token)
}

/** The clock goes on, the program does its round and sends what is due. */
async function at(moment: string): Promise<Caught[]> {
  towns.clock.now = new Date(moment)
  await signIn()
  const before = smtp.caught.length
  await towns.at(round, program)
  await postman.deliver()
  return smtp.caught.slice(before)
}

const of = (mails: readonly Caught[], name: string) => mails.find(({ to }) => to[0] === `${name}@example.org`)!
const linkIn = ({ mail }: Caught, part: string) =>
  new RegExp(`http://localhost(/lindenau/veranstaltungen/${part}/\\S+)`).exec(mail.text ?? '')?.[1] ?? ''

function calendarIn({ mail }: Caught) {
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')!
  const text = typeof part.content === 'string' ? part.content : new TextDecoder().decode(part.content)
  const calendar = new ICAL.Component(ICAL.parse(text))
  const event = calendar.getFirstSubcomponent('vevent')!
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: event.getFirstPropertyValue('uid'),
    sequence: Number(event.getFirstPropertyValue('sequence')),
    attendees: event.getAllProperties('attendee').map((one) => one.getFirstValue()),
    organiser: event.getFirstPropertyValue('organizer'),
    start: new ICAL.Event(event).startDate.toJSDate(),
  }
}

/** Nothing in any mail is fetched from anywhere, and no link leads to a foreign host but the room itself. */
function clean(mails: readonly Caught[]): void {
  for (const { mail, raw } of mails) {
    expect(mail.html ?? '').not.toMatch(/<(img|link|script|style|iframe)|url\(/i)
    const hosts = [...`${mail.text}${mail.html}`.matchAll(/https?:\/\/([^/\s"<]+)/g)].map(([, host]) => host)
    expect(hosts.filter((host) => host !== 'localhost' && host !== 'video.example')).toEqual([])
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/im)
    expect(raw).not.toMatch(/^List-Unsubscribe/im)
  }
}

const basics = {
  kind: 'conference',
  title: 'Abschlusskonferenz',
  summary: 'Was wir gelernt haben.',
  day: '3.12.2026',
  from: '10',
  until: '15:30',
  deadline: '27.11.2026',
  places: '6',
  where: 'online',
  room: 'https://video.example/raum?pwd=%7Bgeheim%7D',
  instructions: 'Bitte Mikrofon aus.',
  listed: 'yes',
}
const names = ['ada', 'ben', 'cem', 'dana', 'eva', 'finn', 'gül', 'hugo']
const mailOf = (name: string) => `${name.replace('ü', 'u')}@example.org`

test('from the plan to the published proceedings', async () => {
  const made = await staff.post('/lindenau/veranstaltungen/verwalten/neu', basics)
  const manage = made.to!
  expect((await staff.post(manage, { do: 'announce' })).status).toBe(303)
  const page = '/lindenau/veranstaltungen/abschlusskonferenz'
  const visitor = new Visitor(towns, app)
  const shown = (await visitor.get(page)).text
  expect(shown).toContain('bis einschließlich Freitag, 27. November 2026, 24 Uhr')
  expect(shown).not.toContain('video.example')

  for (const name of names)
    expect(
      (
        await visitor.post(`${page}/anmelden`, {
          name: `Frau ${name}`,
          mail: mailOf(name),
          need: name === 'ada' ? 'Schriftdolmetschen' : '',
        })
      ).to,
    ).toBe(`${page}/angemeldet`)
  const first = await at('2026-11-12T08:05:00Z')
  expect(first).toHaveLength(8)
  clean(first)
  const ada = of(first, 'ada')
  expect(calendarIn(ada)).toMatchObject({
    method: 'REQUEST',
    sequence: 0,
    attendees: ['mailto:ada@example.org'],
    organiser: 'mailto:post@lindenau.example',
    start: new Date('2026-12-03T09:00:00Z'),
  })
  expect(ada.mail.text).toContain('Am 10. Dezember 2026 wird es gelöscht')
  expect(of(first, 'hugo').mail.subject).toContain('Warteliste')
  expect(first.some(({ raw }) => raw.includes('video.example'))).toBe(false)

  // A mail scanner opens every link and follows none of the buttons: nothing changes.
  const links = first.map((mail) => linkIn(mail, 'anmeldung'))
  for (const link of links) expect((await new Visitor(towns, app).get(link)).status).toBe(200)
  expect(await at('2026-11-12T09:00:00Z')).toEqual([])

  // Ben gives his place back; the next in order is asked and takes it.
  await visitor.post(linkIn(of(first, 'ben'), 'anmeldung'), { do: 'withdraw' })
  const given = await at('2026-11-13T08:00:00Z')
  expect(calendarIn(of(given, 'ben'))).toMatchObject({
    method: 'CANCEL',
    sequence: 1,
    uid: calendarIn(of(first, 'ben')).uid,
  })
  await visitor.post(linkIn(of(given, 'gul'), 'anmeldung'), { do: 'accept' })
  expect(calendarIn(of(await at('2026-11-13T09:00:00Z'), 'gul')).method).toBe('REQUEST')

  // It begins half an hour later: everybody with a place gets the same invitation anew.
  await staff.post(`${manage}/angaben`, { ...basics, from: '10:30' })
  const changed = await at('2026-11-20T08:00:00Z')
  expect(changed).toHaveLength(6)
  expect(calendarIn(of(changed, 'ada'))).toMatchObject({
    method: 'REQUEST',
    sequence: 1,
    uid: calendarIn(ada).uid,
    start: new Date('2026-12-03T09:30:00Z'),
  })

  // The day before at noon the way into the room leaves, once, to those with a place.
  expect(await at('2026-12-02T10:59:00Z')).toEqual([])
  const rooms = await at('2026-12-02T11:00:00Z')
  expect(rooms.map(({ to }) => to[0]).toSorted()).toEqual(
    ['ada', 'cem', 'dana', 'eva', 'finn', 'gul'].map((name) => `${name}@example.org`),
  )
  expect(rooms.every(({ mail }) => mail.text!.includes(basics.room) && mail.text!.includes(basics.instructions))).toBe(
    true,
  )
  clean(rooms)
  expect(await at('2026-12-03T08:00:00Z')).toEqual([])

  // At the door, on the phone; then on paper for the others.
  const door = await staff.get(`${manage}/einlass`)
  const ids = [...door.text.matchAll(/name="in" value="([0-9a-f-]{36})"/g)].map(([, id]) => id!)
  expect(ids).toHaveLength(6)
  for (const id of ids.slice(0, 5)) await staff.post(`${manage}/einlass`, { in: id })
  expect((await staff.get(`${manage}/einlass`)).text).toContain('5 von 6 sind da')
  expect((await staff.get(`${manage}/einlassliste`)).text.startsWith('%PDF')).toBe(true)

  // When it is over, whoever was there is asked how it was.
  const asked = await at('2026-12-03T14:31:00Z')
  expect(asked).toHaveLength(5)
  for (const mail of asked) {
    const link = linkIn(mail, 'rueckmeldung')
    expect((await visitor.get(link)).text).toContain('anonym')
    expect((await visitor.post(link, { worth: '5', heard: '4' })).text).toContain('Danke für Ihre Antwort')
    expect((await visitor.post(link, { worth: '1' })).text).toContain('nicht mehr offen')
  }
  expect((await staff.get(`${manage}/rueckmeldungen`)).text).toContain('5 Antworten')

  await staff.post(`${manage}/ergebnisse`, {
    proceedings: 'Wir machen weiter.',
    materials: 'Handbuch | https://lindenau.example/h.pdf',
  })
  expect((await visitor.get(page)).text, 'prepared, not yet released').not.toContain('Wir machen weiter.')
  await staff.post(manage, { do: 'publish' })
  expect((await visitor.get(page)).text).toContain('Wir machen weiter.')
  expect((await visitor.get(`${page}/dokumentation`)).text.startsWith('%PDF')).toBe(true)
  clean(smtp.caught)
})

test('who registers twice sees the same page, and the address alone is told', async () => {
  await at('2026-11-20T08:00:00Z')
  const made = await staff.post('/lindenau/veranstaltungen/verwalten/neu', {
    ...basics,
    title: 'Zweimal',
    day: '10.12.2026',
  })
  await staff.post(made.to!, { do: 'announce' })
  const visitor = new Visitor(towns, app)
  const send = (mail: string) => visitor.post('/lindenau/veranstaltungen/zweimal/anmelden', { name: 'Ada', mail })
  const once = await send('ada@example.org')
  const twice = await send('ADA@Example.Org')
  expect(twice).toEqual(once)
  expect((await visitor.get(once.to!)).text).toBe((await visitor.get(twice.to!)).text)
  const mails = await at('2026-11-20T08:05:00Z')
  expect(mails.map(({ to, mail }) => `${to[0]} ${mail.subject}`).toSorted()).toEqual([
    'ada@example.org Ihr Platz: Zweimal',
    'ada@example.org Sie sind schon angemeldet: Zweimal',
  ])
})

test('a name cannot become a header or a second person', async () => {
  const visitor = new Visitor(towns, app)
  const send = (name: string, mail = 'eve@example.org') =>
    visitor.post('/lindenau/veranstaltungen/zweimal/anmelden', { name, mail })
  expect((await send('Eve\r\nBcc: all@example.org')).status).toBe(422)
  expect((await send('Eve', 'eve@example.org\r\nBcc: all@example.org')).status).toBe(422)
  expect((await send('Eve", CN="Chef')).status).toBe(303)
  const [mail] = await at('2026-11-20T09:00:00Z')
  expect(mail!.raw).not.toMatch(/^Bcc:/im)
  expect(calendarIn(mail!).attendees).toEqual(['mailto:eve@example.org'])
})
