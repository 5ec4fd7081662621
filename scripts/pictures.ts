import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { startServer, type Server } from '../bench/support/server.ts'

/** Makes the pictures of the README from a demo with its stories: `node scripts/pictures.ts`. */
const folder = join(import.meta.dirname, '../docs/pictures')
const arabic = 'في المساء يصرخ شباب تحت نوافذنا، والأطفال لا يستطيعون النوم.'

/** Somebody reports in Arabic; the answer is made of the model's ready sentences. Returns her code. */
async function answeredInArabic(server: Server, page: Page): Promise<string> {
  const body = JSON.stringify({ observed: arabic, area: 'nordviertel', subject: 'noise', language: 'ar' })
  const sent = await fetch(`${server.url}/api/v1/lindenau/reports`, { method: 'POST', body })
  await page.goto('/lindenau/eingang')
  await page
    .locator('main table a', { hasText: arabic.slice(0, 10) })
    .last()
    .click()
  await page.locator('input[name=sentences]').nth(0).check()
  await page.locator('input[name=sentences]').nth(1).check()
  await page.getByRole('button', { name: 'Nachricht ins Postfach legen' }).click()
  return ((await sent.json()) as { code: string }).code
}

async function openMailbox(page: Page, code: string): Promise<void> {
  await page.goto('/lindenau/rueckmeldung?sprache=ar')
  await page.locator('#code').fill(code)
  await page.locator('form[action$="/rueckmeldung"] button').click()
  await page.waitForLoadState()
}

/** At most a hundred kilobytes: screenshots have few colours. */
async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready')
  const picture = await page.screenshot()
  const made = await sharp(picture)
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(join(folder, `${name}.png`))
  console.log(`${name}: ${Math.round(made.size / 1024)} KB`)
}

mkdirSync(folder, { recursive: true })
const server = await startServer({ env: { BESONNEN_DEMO_EMPTY: '' } })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
const open = async (width: number, height: number): Promise<Page> => {
  const context = await browser.newContext({ baseURL: server.url, viewport: { width, height }, locale: 'de-DE' })
  return context.newPage()
}
try {
  const resident = await open(360, 720)
  await resident.goto('/lindenau/melden')
  await keep(resident, 'melden-360')
  const staff = await open(1280, 800)
  await staff.goto('/dev/as/lindenau')
  await staff.getByRole('button', { name: 'Miriam Aydın' }).click()
  await staff.waitForLoadState()
  await openMailbox(resident, await answeredInArabic(server, staff))
  await keep(resident, 'postfach-ar-360')
  await staff.goto('/lindenau/heute')
  await keep(staff, 'heute-1280')
  await staff.goto('/lindenau/eingang')
  await keep(staff, 'eingang-1280')
  await staff.goto('/lindenau/faelle')
  await staff.getByRole('link', { name: 'Nächtliche Musik am Hafenplatz' }).click()
  await staff.waitForLoadState()
  await keep(staff, 'fall-1280')
  await staff.goto(`${staff.url()}/landkarte`)
  await keep(staff, 'landkarte-1280')
} finally {
  await browser.close()
  await server.stop()
}
