import { randomInt } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, inject } from 'vitest'

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

function chromiumPath(): string {
  const found = places.find((path) => path && existsSync(path))
  if (!found) throw new Error('No Chromium found. Set CHROMIUM_PATH, or: apt-get install chromium')
  return found
}

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** An address nobody has, another one for each visitor. */
const newAddress = () => `198.18.${randomInt(256)}.${randomInt(256)}`

/** One browser for a test file. `open()` gives a page with cookies of its own. */
export function useBrowser(): { open(options?: BrowserContextOptions): Promise<Page>; base: string } {
  let browser: Browser
  beforeAll(async () => {
    const args = process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet
    browser = await chromium.launch({ executablePath: chromiumPath(), args })
  })
  afterAll(() => browser.close())
  const base = inject('demoUrl')
  return {
    base,
    async open(options = {}) {
      const context = await browser.newContext({
        baseURL: base,
        locale: 'de-DE',
        timezoneId: 'Europe/Berlin',
        viewport: { width: 1280, height: 900 },
        ...options,
        extraHTTPHeaders: { 'x-forwarded-for': newAddress(), ...options.extraHTTPHeaders },
      })
      context.setDefaultTimeout(15_000)
      return context.newPage()
    },
  }
}

/** Signs in as a person of the demo by name. */
export async function actAs(page: Page, town: string, name: string): Promise<void> {
  await page.goto(`/dev/as/${town}`)
  await page.getByRole('button', { name }).click()
}
