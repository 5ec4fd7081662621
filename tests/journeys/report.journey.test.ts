import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'

const { open } = useBrowser()
const phone = { viewport: { width: 360, height: 740 } }

/** Three pages from start to code; returns the eighteen digits. */
async function report(page: Page, observed: string): Promise<string> {
  await page.goto('/lindenau/melden')
  await page.locator('#observed').fill(observed)
  await page.locator('form[action$="/melden"] button').click()
  await page.locator('#area-nordviertel').check()
  await page.locator('form[action$="/wo"] button').click()
  await page.locator('#anonymity-anonymous').check()
  await page.locator('button[value=send]').click()
  await page.waitForURL('**/melden/code')
  return ((await page.locator('.code').textContent()) ?? '').replaceAll(/\D/g, '')
}

describe.each([
  { script: true, language: 'de', says: 'Ihre Meldung ist angekommen' },
  { script: false, language: 'de', says: 'Ihre Meldung ist angekommen' },
  { script: false, language: 'ar', says: 'وصل بلاغك' },
])('on a phone, script $script, in $language', ({ script, language, says }) => {
  test('three pages lead from the start to the code', async () => {
    const page = await open({ ...phone, javaScriptEnabled: script })
    await page.goto(`/lindenau/melden?sprache=${language}`)
    expect(await report(page, 'Im Hof fliegen abends Flaschen.')).toMatch(/^\d{18}$/)
    expect(await page.locator('h1').textContent()).toContain(says)
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })
})

test('sent twice, it is one report and the same code', async () => {
  const page = await open({ javaScriptEnabled: false })
  const code = await report(page, 'Zweimal abgeschickt, einmal gemeint.')
  await page.goBack()
  await page.goto('/lindenau/melden/kontakt')
  expect(page.url()).toContain('/melden/code')
  expect(((await page.locator('.code').textContent()) ?? '').replaceAll(/\D/g, '')).toBe(code)
})
