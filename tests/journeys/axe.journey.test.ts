import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { languages } from '#platform/i18n/index.ts'
import { useBrowser } from '../support/browser.ts'
import { openMailbox, reportAs } from '../support/report.ts'

const { open } = useBrowser()
const axe = readFileSync(join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8')

interface Found {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly target: readonly string[] }[]
}

/** What axe finds on the page as it stands; of what it could not decide, only doubled ids count. */
async function faults(page: Page, name: string): Promise<string[]> {
  await page.evaluate(axe)
  const { violations, incomplete } = await page.evaluate<{ violations: Found[]; incomplete: Found[] }>('axe.run()')
  const doubled = incomplete.filter(({ id }) => id.startsWith('duplicate-id'))
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth')
  return [
    ...[...violations, ...doubled].map(({ id, nodes }) => `${name}: ${id} ${nodes.map((node) => node.html).join(' ')}`),
    ...(wide > 360 ? [`${name}: ${wide} px wide`] : []),
  ]
}

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
