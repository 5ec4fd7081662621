import { serve } from '@hono/node-server'
import ICAL from 'ical.js'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { bulkLettersOf, lettersOf, slices } from '#app/slices.ts'
import { startSession } from '#platform/auth/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { Postman, smtpTransport } from '#platform/mail/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { round } from '#work/gatherings/index.ts'
import { fillSome, minuteRound } from '#work/newsletter/commands/issue.ts'
import { addTopic } from '#work/newsletter/commands/topics.ts'
import { allIssues } from '#work/newsletter/queries/issues.ts'
import { useBrowser } from '../support/browser.ts'
import { faults } from '../support/pages.ts'
import { tinyPdf } from '../support/pdf.ts'
import { smtpForTest, type Caught, type SmtpForTest } from '../support/smtp.ts'
import { foundTowns, program, type Towns } from '../support/town.ts'
import { programOver } from '../support/web.ts'

/* The closing conference from the newsletter that invites to the handbook page afterwards: one browser, the whole
   program behind a port, mails in a real mail server, and a clock that goes on for three weeks. */
const browser = useBrowser()
let towns: Towns
let smtp: SmtpForTest
let postman: Postman
let server: ReturnType<typeof serve>
let base: string
let organiser: Who
let editor: Who

beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-12T08:00:00Z'))
  smtp = await smtpForTest()
  let app: ReturnType<typeof programOver> | undefined
  server = serve({ fetch: (request, env) => app!.fetch(request, env), port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  base = `http://localhost:${(server.address() as AddressInfo).port}`
  app = programOver(towns, { origin: base, trustedProxies: ['127.0.0.1'] })
  postman = new Postman({
    tenants: towns.tenants,
    letters: lettersOf(slices),
    bulkLetters: bulkLettersOf(slices),
    transport: smtpTransport(smtp.url, 'Stadt Lindenau <post@lindenau.example>'),
    origin: base,
    log: silentLog,
  })
  await towns.at((tx) => addTopic(tx, { name: 'Miteinander', nameEn: '', reach: 'town' }), program)
  organiser = await towns.appoint('coordination')
  editor = await towns.appoint('coordination')
})
afterAll(async () => {
  await postman.stop()
  await new Promise((resolve) => server.close(resolve))
  await smtp.stop()
  await towns.end()
})

/** The clock goes on; the program does what it does by itself and sends what is due. */
async function at(moment: string): Promise<Caught[]> {
  towns.clock.now = new Date(moment)
  const before = smtp.caught.length
  await towns.at(round, program)
  await towns.at(minuteRound, program)
  for (const { id, state } of await towns.at(allIssues, program))
    while (state === 'sending' && (await towns.at((tx) => fillSome(tx, id), program)));
  await postman.deliver()
  return smtp.caught.slice(before)
}

/** A colleague at a desk; her session begins now, for sessions do not last for weeks. */
async function desk(who: Who, viewport = { width: 1280, height: 900 }): Promise<Page> {
  const page = await browser.open({ baseURL: base, viewport })
  const { token } = await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)
  await page.context().addCookies([{ name: 'b-lindenau', value: token, url: base }])
  return page
}

/** A reader at home, whose browser runs no scripts. */
const home = () => browser.open({ baseURL: base, javaScriptEnabled: false })
const to = (mails: readonly Caught[], name: string) => mails.find((mail) => mail.to[0] === `${name}@example.org`)!
const linkIn = ({ mail }: Caught, part: string) => new RegExp(`${base}(/lindenau/${part}\\S*)`).exec(mail.text!)![1]!

async function subscribe(name: string): Promise<void> {
  const page = await home()
  await page.goto('/lindenau/newsletter')
  await page.locator('#address').fill(`${name}@example.org`)
  await page.getByRole('button', { name: 'Newsletter bestellen' }).click()
  await page.goto(linkIn(to(await at('2026-11-12T08:01:00Z'), name), 'newsletter/bestaetigen'))
  await page.getByRole('button', { name: 'Bestellung bestätigen' }).click()
}

/** Written by one, released by another: what the newsletter says about the conference. */
async function invite(address: string): Promise<void> {
  const page = await desk(organiser)
  await page.goto('/lindenau/newsletter/verwalten')
  await page.getByRole('button', { name: 'Ausgabe beginnen' }).click()
  await page.locator('#subject').fill('Einladung zur Abschlusskonferenz')
  await page.getByLabel('Miteinander').check()
  await page.getByRole('button', { name: 'Absatz hinzufügen' }).click()
  await page.locator('#b0-text').fill('Zwei Jahre Arbeit, ein Tag zum Zuhören.')
  await page.getByRole('button', { name: 'Veranstaltung hinzufügen' }).click()
  await page.locator('#b1-title').fill('Abschlusskonferenz')
  await page.locator('#b1-when').fill('Donnerstag, 3. Dezember 2026, online')
  await page.locator('#b1-href').fill(address)
  await page.getByRole('button', { name: 'Ansehen und prüfen' }).click()
  expect(await page.textContent('main')).toContain('Alle Prüfungen bestanden')
  await page.getByRole('button', { name: 'Um Freigabe bitten' }).click()
  const second = await desk(editor)
  await second.goto(page.url())
  await second.getByRole('button', { name: 'Ausgabe freigeben' }).click()
}

async function register(name: string, letter: Caught): Promise<string> {
  const page = await home()
  await page.goto(linkIn(letter, 'veranstaltungen/abschlusskonferenz'))
  expect(await page.textContent('main')).toContain('bis einschließlich Freitag, 27. November 2026, 24 Uhr')
  await page.getByRole('link', { name: 'Zur Anmeldung' }).click()
  await page.locator('#name').fill(`Frau ${name}`)
  await page.locator('#mail').fill(`${name}@example.org`)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  return (await page.textContent('main'))!
}

const room = 'https://video.example/raum?pwd=%7Bgeheim%7D'
const readers = ['ada', 'ben', 'cem', 'dana', 'eva', 'finn']

test('the closing conference, from the newsletter that invites to it to what it left behind', async () => {
  for (const name of readers) await subscribe(name)

  const page = await desk(organiser)
  await page.goto('/lindenau/veranstaltungen/verwalten/neu')
  const fields = {
    title: 'Abschlusskonferenz',
    summary: 'Was wir gelernt haben.',
    day: '3.12.2026',
    from: '10',
    until: '15:30',
    deadline: '27.11.2026',
    room,
  }
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value)
  await page.getByText('Mehr einstellen').click()
  await page.locator('#instructions').fill('Bitte schalten Sie Ihr Mikrofon stumm.')
  await page.getByRole('button', { name: 'Entwurf anlegen' }).click()
  const manage = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Jetzt ankündigen' }).click()
  const address = (await page.getByText('/lindenau/veranstaltungen/abschlusskonferenz').textContent())!

  await invite(address)
  const issue = await at('2026-11-13T08:00:00Z')
  expect(issue.map((mail) => mail.to[0]).toSorted()).toEqual(readers.map((name) => `${name}@example.org`))
  expect(await at('2026-11-13T08:05:00Z'), 'nobody twice').toEqual([])

  for (const name of readers.slice(0, 5)) expect(await register(name, to(issue, name))).toContain('Danke')
  const confirmed = await at('2026-11-13T09:00:00Z')
  expect(confirmed).toHaveLength(5)
  const calendar = to(confirmed, 'ada').mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')!
  const event = new ICAL.Component(
    ICAL.parse(new TextDecoder().decode(calendar.content as ArrayBuffer)),
  ).getFirstSubcomponent('vevent')!
  expect(new ICAL.Event(event).startDate.toJSDate()).toEqual(new Date('2026-12-03T09:00:00Z'))
  expect(event.getAllProperties('attendee').map((one) => one.getFirstValue())).toEqual(['mailto:ada@example.org'])

  // The deadline counts whole; who comes a second later waits, and the organiser decides.
  towns.clock.now = new Date('2026-11-27T23:00:00Z')
  const late = await home()
  await late.goto(address)
  expect(await late.textContent('main')).toContain('Anmeldeschluss war am')
  await late.getByRole('link', { name: 'Auf die Warteliste setzen lassen' }).click()
  await late.locator('#name').fill('Frau finn')
  await late.locator('#mail').fill('finn@example.org')
  await late.locator('form[action$="/anmelden"] button').click()
  expect(to(await at('2026-11-27T23:01:00Z'), 'finn').mail.subject).toContain('Warteliste')

  // By rule the day before at noon, to those with a place, once.
  expect(await at('2026-12-02T10:59:00Z')).toEqual([])
  const links = await at('2026-12-02T11:00:00Z')
  expect(links.map((mail) => mail.to[0]).toSorted()).toEqual(readers.slice(0, 5).map((name) => `${name}@example.org`))
  for (const { mail } of links) expect(mail.text).toContain(`${room}\n\nBitte schalten Sie Ihr Mikrofon stumm.`)
  expect(await at('2026-12-03T08:30:00Z')).toEqual([])
  expect([...issue, ...confirmed].some(({ raw }) => raw.includes('video.example'))).toBe(false)

  const door = await desk(organiser, { width: 360, height: 740 })
  await door.goto(`${manage}/einlass`)
  for (const name of readers.slice(0, 5))
    await door
      .locator('.door li')
      .filter({ hasText: `Frau ${name}` })
      .getByRole('button')
      .click()
  expect(await door.textContent('main')).toContain('5 von 5 sind da')

  const asked = await at('2026-12-03T14:31:00Z')
  const looked = await browser.open({ baseURL: base, bypassCSP: true, viewport: { width: 360, height: 740 } })
  await looked.goto(linkIn(asked[0]!, 'veranstaltungen/rueckmeldung/'))
  expect(await faults(looked)).toEqual([])
  for (const mail of asked) {
    const guest = await home()
    await guest.goto(linkIn(mail, 'veranstaltungen/rueckmeldung/'))
    await guest.locator('input[name="worth"][value="5"]').check()
    await guest.locator('main form button').click()
    expect(await guest.textContent('main')).toContain('Danke für Ihre Antwort')
  }
  const after = await desk(organiser)
  await after.goto(`${manage}/rueckmeldungen`)
  expect(await after.textContent('main')).toContain('5 Antworten')

  await after.goto(`${manage}/ergebnisse`)
  await after.locator('#proceedings').fill('Wir machen weiter.')
  await after.locator('main form button').first().click()
  await after.goto(`${manage}/unterlagen`)
  await after.locator('#title').fill('Handbuch')
  const handbook = tinyPdf()
  await after.locator('#file').setInputFiles({ name: 'h.pdf', mimeType: 'application/pdf', buffer: handbook })
  await after.getByRole('button', { name: 'Datei hochladen' }).click()
  const reader = await home()
  await reader.goto(address)
  expect(await reader.textContent('main'), 'prepared, not yet released').not.toContain('Wir machen weiter.')
  await after.goto(manage)
  await after.getByRole('button', { name: 'Ergebnisse veröffentlichen' }).click()
  await reader.reload()
  expect(await reader.textContent('main')).toContain('Wir machen weiter.')
  const saved = reader.waitForEvent('download')
  await reader.getByRole('link', { name: 'Handbuch (PDF' }).click()
  expect((await saved).suggestedFilename()).toBe('handbuch.pdf')
  const pdf = await reader.request.get(`${address}/dokumentation`)
  expect((await pdf.body()).subarray(0, 4).toString()).toBe('%PDF')
})
