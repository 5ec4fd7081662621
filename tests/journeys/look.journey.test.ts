import { describe, expect, test } from 'vitest'
import { languages } from '#platform/i18n/index.ts'
import { useBrowser } from '../support/browser.ts'
import { faults } from '../support/pages.ts'

const { open } = useBrowser()

describe.each([360, 1280])('at %i px', (width) => {
  test.each(['', '?richtung=rtl', '?farben=dunkel', '?richtung=rtl&farben=dunkel'])(
    'no component has a fault axe can find, and none is too wide: %s',
    async (query) => {
      const page = await open({ viewport: { width, height: 800 }, bypassCSP: true })
      await page.goto(`/dev/bausteine${query}`)
      expect(await page.locator('.field').count()).toBeGreaterThan(10)
      expect(await faults(page)).toEqual([])
    },
  )
})

test('dark on request is dark', async () => {
  const page = await open()
  await page.goto('/dev/bausteine?farben=dunkel')
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 26)')
})

interface Loaded {
  readonly kind: 'page' | 'letters'
  readonly bytes: number
}

/** Bytes that came over the line, compressed as they came. */
const loaded = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(
  (entry) => ({ kind: entry.name.includes('.woff2') ? 'letters' : 'page', bytes: entry.encodedBodySize }))`

test.each(languages.map(({ id }) => id))(
  'the first view in %s is at most 40 KB, its letters 60 KB',
  async (language) => {
    for (const address of ['/lindenau', '/lindenau/melden']) {
      const page = await open()
      await page.goto(`${address}?sprache=${language}`)
      await page.evaluate('document.fonts.ready.then(() => true)')
      const all = await page.evaluate<Loaded[]>(loaded)
      const sum = (kind: Loaded['kind']) =>
        all.filter((one) => one.kind === kind).reduce((bytes, one) => bytes + one.bytes, 0)
      expect(all.length).toBeGreaterThan(2)
      expect(sum('page'), address).toBeGreaterThan(3_000)
      expect(sum('page'), address).toBeLessThanOrEqual(40 * 1024)
      expect(sum('letters'), address).toBeLessThanOrEqual(60 * 1024)
      await page.close()
    }
  },
)
