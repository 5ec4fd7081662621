import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { TOTP } from 'otpauth'
import { useBrowser } from '../support/browser.ts'
import { startFresh, type FreshServer } from '../support/fresh-server.ts'

const { open } = useBrowser()
let server: FreshServer
beforeAll(async () => void (server = await startFresh()))
afterAll(() => server.stop())

/** How long the first hour takes: every page loaded by a deed or a link, every field somebody fills. */
const counted = { pages: 0, answers: 0 }
const secondsPerAnswer = 25

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

test('two people, by the script of a first-time user: from the link on the console to both signed in', async () => {
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
  expect(await first.locator('pre').count()).toBe(3)
  expect((await stranger.goto(server.setupLink))?.status()).toBe(404)

  await acceptInvitation(first, invitations[0] ?? '')
  expect(await first.locator('h1').textContent()).toContain('Miriam Aydın')
  const second = await open({ baseURL: server.url })
  await acceptInvitation(second, invitations[1] ?? '')
  expect(await second.locator('h1').textContent()).toContain('Dr. Ute Brandt')

  const minutes = (counted.answers * secondsPerAnswer) / 60
  process.stdout.write(`first hour: ${counted.pages} pages, ${counted.answers} answers, about ${minutes} minutes\n`)
  expect(minutes).toBeLessThanOrEqual(60)
})
