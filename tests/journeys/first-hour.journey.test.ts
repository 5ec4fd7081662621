import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { TOTP } from 'otpauth'
import sharp from 'sharp'
import { useBrowser } from '../support/browser.ts'
import { picture } from '../support/pages.ts'
import { reportAs } from '../support/report.ts'
import { startFresh, type FreshServer } from '../support/fresh-server.ts'

const { open } = useBrowser()
let server: FreshServer
beforeAll(async () => void (server = await startFresh()))
afterAll(() => server.stop())

/** How long the first hour takes: every page loaded by a deed or a link, every field somebody fills. */
const counted = { pages: 0, answers: 0 }
const secondsPerAnswer = 25
/** Reading a page and finding the button. */
const secondsPerPage = 20

async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: false }).first().fill(text)
  counted.answers += 1
}
async function choose(page: Page, label: string): Promise<void> {
  await page.getByRole('radio', { name: label }).check()
  counted.answers += 1
}
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.waitForLoadState()
  counted.pages += 1
}
async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address)
  counted.pages += 1
}

/** Scans the picture with an app, as far as a test can: reads the key beside it. */
async function acceptInvitation(page: Page, address: string): Promise<void> {
  await visit(page, address)
  await fill(page, 'Wählen Sie ein Passwort', 'Ein ganzer Satz ist leicht zu merken.')
  const secret = ((await page.locator('.card p.ltr').textContent()) ?? '').replaceAll(' ', '')
  await fill(page, 'Code, den die App jetzt anzeigt', new TOTP({ secret }).generate())
  await press(page, 'Zugang einrichten')
}

async function sayWhoWeAre(page: Page): Promise<void> {
  await visit(page, '/neuenfelde/verwaltung')
  await picture(page, 'administration')
  await visit(page, '/neuenfelde/verwaltung/oeffentlich')
  await picture(page, 'public-missing')
  await visit(page, '/neuenfelde/verwaltung/kommune')
  await choose(page, 'Violett')
  for (const [label, text] of [
    ['Straße und Hausnummer', 'Rathausplatz 1'],
    ['Postleitzahl und Ort', '41999 Neuenfelde'],
    ['Telefon', '02199 555-0'],
    ['E-Mail-Adresse', 'konflikte@neuenfelde.example'],
    ['Vertreten durch', 'Oberbürgermeisterin Jana Wirth'],
    ['Aufsichtsbehörde', 'Bezirksregierung Musterstadt'],
    ['Datenschutzbeauftragte Person', 'Datenschutz, Rathausplatz 1, 02199 555-20'],
    ['Aufsicht für den Datenschutz', 'Landesbeauftragte für Datenschutz, Musterstraße 2'],
    ['Wer hilft, wenn etwas nicht zugänglich ist', '02199 555-0'],
    ['Ombudsstelle oder Schlichtungsstelle', 'Ombudsstelle des Landes, Musterallee 3'],
  ] as const)
    await fill(page, label, text)
  await press(page, 'Angaben festhalten')
  await picture(page, 'office')
  await visit(page, '/neuenfelde/verwaltung/wappen')
  const draw = sharp({ create: { width: 400, height: 500, channels: 3, background: '#1a4f8b' } })
  const buffer = await draw.jpeg().toBuffer()
  await page.getByLabel('Bild mit dem Wappen').setInputFiles({ name: 'wappen.jpg', mimeType: 'image/jpeg', buffer })
  counted.answers += 1
  await press(page, 'Wappen einsetzen')
  await visit(page, '/neuenfelde/verwaltung/zeiten')
  await fill(page, 'Tage, an denen die Stelle geschlossen ist', '24.12.2026 bis 1.1.2027, Betriebsruhe')
  await fill(page, 'Weitere Gebiete', 'Nordstadt\nAltstadt\nAm Hang')
  await fill(page, 'Jugendamt', '02199 555 300')
  await press(page, 'Zeiten und Gebiete festhalten')
  await picture(page, 'times')
}

async function goPublic(page: Page, stranger: Page, parts: readonly string[]): Promise<void> {
  await visit(page, '/neuenfelde/verwaltung/wiederherstellung')
  await page.locator('#one').fill(parts[0] ?? '')
  await page.locator('#other').fill((parts[2] ?? '').toLowerCase())
  // Typing a part takes about four minutes.
  counted.answers += 20
  await press(page, 'Teile prüfen')
  await picture(page, 'recovery')
  await visit(page, '/neuenfelde/verwaltung/oeffentlich')
  await fill(page, 'Die Datenschutz-Folgenabschätzung ist fertig seit', 'gestern')
  await fill(page, 'Der Personalrat war beteiligt am', 'gestern')
  await press(page, 'Tage festhalten')
  await choose(page, 'Geräteadressen werden gekürzt aufgezeichnet')
  await fill(page, 'Nach wie vielen Tagen wird das gelöscht', '14')
  await press(page, 'Bestätigen')
  await press(page, 'Probe-Meldung schicken')
  await picture(page, 'public-ready')
  await stranger.goto('/neuenfelde/melden')
  expect(await stranger.textContent('main')).toContain('Hier können Sie noch nichts melden')
  await picture(stranger, 'not-open')
  await press(page, 'Formular öffnen')
  await picture(page, 'public-open')
  for (const one of ['impressum', 'datenschutz', 'barrierefreiheit', 'leichte-sprache']) {
    await stranger.goto(`/neuenfelde/${one}`)
    expect(await stranger.locator('main em').count(), one).toBe(0)
    await picture(stranger, one)
  }
  await stranger.goto('/neuenfelde/datenschutz?sprache=ar')
  await picture(stranger, 'datenschutz-ar')
  await stranger.goto('/neuenfelde?sprache=de')
  await picture(stranger, 'town')
}

test('two people, by the script of a first-time user: from the link on the console to the first report', async () => {
  const stranger = await open({ baseURL: server.url })
  expect((await stranger.goto('/neuenfelde'))?.status()).toBe(503)
  const first = await open({ baseURL: server.url })
  await visit(first, server.setupLink)
  await fill(first, 'Name der Kommune', 'Stadt Neuenfelde')
  await fill(first, 'Kurzname für die Adresse', 'neuenfelde')
  await choose(first, 'Kreisfreie Stadt')
  await choose(first, 'Klein anfangen')
  const persons = first.locator('.card')
  await persons.nth(0).getByLabel('Name').fill('Miriam Aydın')
  await persons.nth(0).getByLabel('E-Mail-Adresse').fill('miriam@neuenfelde.example')
  await persons.nth(1).getByLabel('Name').fill('Dr. Ute Brandt')
  await persons.nth(1).getByLabel('E-Mail-Adresse').fill('ute@neuenfelde.example')
  counted.answers += 4
  await press(first, 'Kommune einrichten')
  expect(await first.locator('h1').textContent()).toBe('Stadt Neuenfelde ist eingerichtet')
  const invitations = await first
    .locator('a[href*="/einladung/"]')
    .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href))
  const parts = await first.locator('pre').allTextContents()
  expect(parts).toHaveLength(3)
  await picture(first, 'set-up-done')
  expect((await stranger.goto(server.setupLink))?.status()).toBe(404)

  await acceptInvitation(first, invitations[0] ?? '')
  expect(await first.locator('h1').textContent()).toContain('Miriam Aydın')
  const second = await open({ baseURL: server.url })
  await acceptInvitation(second, invitations[1] ?? '')
  expect(await second.locator('h1').textContent()).toContain('Dr. Ute Brandt')

  await sayWhoWeAre(first)
  // The second person's roles decide and read; she sets nothing up.
  expect((await second.goto('/neuenfelde/verwaltung/wiederherstellung'))?.status()).toBe(403)
  await goPublic(first, stranger, parts)

  const minutes = Math.round((counted.answers * secondsPerAnswer + counted.pages * secondsPerPage) / 60)
  process.stdout.write(`first hour: ${counted.pages} pages, ${counted.answers} answers, about ${minutes} minutes\n`)
  expect(minutes).toBeLessThanOrEqual(60)

  const code = await reportAs(stranger, 'Streit am Brunnen, jeden Abend.', 'neuenfelde')
  expect(code).toMatch(/^\d{18}$/)
  await visit(first, '/neuenfelde/verwaltung/papier')
  await picture(first, 'paper')
  for (const sheet of await first.locator('a[href$=".pdf"]').evaluateAll((all) => all.map((one) => String(one)))) {
    const printed = await first.request.get(sheet)
    expect(printed.headers()['content-type'], sheet).toBe('application/pdf')
    expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-')
  }
  await visit(first, '/neuenfelde/eingang')
  expect(await first.getByRole('link', { name: 'Streit am Brunnen' }).count()).toBe(1)
  // The report of the trial is in no list.
  expect(await first.locator('table tbody tr, .rows li').count()).toBe(1)
}, 300_000)
