import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startServer } from '../bench/support/server.ts'

/** Makes the pictures of the README from the running demo: `node scripts/pictures.ts`. */
const folder = join(import.meta.dirname, '../docs/pictures')
mkdirSync(folder, { recursive: true })
const stories = [
  ['nordviertel', 'noise', 'Auf dem Spielplatz ist es abends sehr laut. Anwohner und Jugendliche beschimpfen sich.'],
  ['hafen', 'litter', 'Nach dem Wochenende liegt rund um die Bänke viel Müll, und jeder gibt anderen die Schuld.'],
  ['altstadt', 'school', 'Vor der Schule streiten Eltern über die Parkplätze, gestern fast mit Händen.'],
] as const

const server = await startServer()
for (const [area, subject, observed] of stories) {
  await fetch(`${server.url}/api/v1/lindenau/reports`, {
    method: 'POST',
    body: JSON.stringify({ area, subject, observed }),
  })
}
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
const pictures = [
  ['melden-360', '/lindenau/melden', 360],
  ['eingang-1280', '/lindenau/eingang', 1280],
] as const
for (const [name, path, width] of pictures) {
  const page = await (
    await browser.newContext({ baseURL: server.url, viewport: { width, height: 720 }, locale: 'de-DE' })
  ).newPage()
  if (width > 600) {
    await page.goto('/dev/as/lindenau')
    await page.getByRole('button', { name: 'Miriam Aydın' }).click()
  }
  await page.goto(path)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
await browser.close()
await server.stop()
