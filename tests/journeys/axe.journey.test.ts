import { describe, expect, test } from 'vitest'
import { languages } from '#platform/i18n/index.ts'
import { useBrowser } from '../support/browser.ts'
import { faults } from '../support/pages.ts'
import { openMailbox, reportAs } from '../support/report.ts'

const { open } = useBrowser()

describe.each(languages.map(({ id }) => ({ language: id })))('in $language at 360 px', ({ language }) => {
  test('no page for residents has a fault axe can find', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, bypassCSP: true })
    const found: string[] = []
    const look = async (address: string, act?: () => Promise<void>) => {
      await page.goto(`/lindenau${address}`)
      await act?.()
      found.push(...(await faults(page, address)))
    }
    await look(`?sprache=${language}`)
    await look('/so-arbeiten-wir')
    for (const page of ['/impressum', '/datenschutz', '/barrierefreiheit']) await look(page)
    await look('/newsletter')
    await look('/zusagen')
    await look('/nachfrage/abgelaufen')
    await look('/wie-war-es/abgelaufen')
    await look('/rueckruf')
    await look('/rueckruf', () => page.locator('form[action$="/rueckruf"] button').click())
    const code = await reportAs(page, 'Streit auf dem Spielplatz.')
    await look('/melden/code', () => page.locator('details summary').click())
    await look('/melden', async () => {
      await page.locator('details summary').click()
      await page.locator('#danger-yes').check()
      await page.locator('form[action$="/melden"] button').click()
    })
    await page.locator('#observed').fill('Es geht weiter.')
    await page.locator('form[action$="/melden"] button').click()
    await look('/melden/wo', () => page.locator('form[action$="/wo"] button').click())
    await look('/melden/kontakt', () => page.locator('details.more summary').last().click())
    await look('/melden/pruefen')
    await look('/rueckmeldung', () => page.locator('form[action$="/rueckmeldung"] button').click())
    await openMailbox(page, code)
    await look('/rueckmeldung')
    await look('/rueckmeldung/nachweis')
    await look('/rueckmeldung/schliessen')
    expect(found).toEqual([])
  })
})
