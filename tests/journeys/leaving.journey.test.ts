import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { accept, invite, says } from '../support/account.ts'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, faults, picture, press } from '../support/pages.ts'

/*
 * Somebody leaves with cases, a report she took in at the counter and somebody she stands in for: what goes to whom is
 * seen before, all of it goes in one step, and her next request finds nothing.
 */

const { open } = useBrowser()

/** A case Miriam opened and gave to somebody. Returns its address. */
async function caseOf(page: Page, matter: string, handler: string): Promise<string> {
  const at = await caseFrom(page, matter, 'noise')
  await page.goto(`${at}/zuweisung`)
  await page.getByRole('radio', { name: handler }).check()
  await page.getByRole('radio', { name: 'Führt den Fall' }).check()
  await press(page, 'Fall zuweisen')
  await page.goto(at)
  return at
}

/** Nothing to find at the width of a small phone; a picture where a folder is named. */
async function looked(page: Page, name: string): Promise<void> {
  await picture(page, name)
  await page.setViewportSize({ width: 360, height: 800 })
  expect(await faults(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })
}

test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
  'whoever leaves hands everything to her successor ($javaScriptEnabled)',
  async ({ javaScriptEnabled }) => {
    const tag = javaScriptEnabled ? 'Ost' : 'West'
    const [leaver, heir] = [`Lea Abel ${tag}`, `Nele Erb ${tag}`]
    const page = await open({ javaScriptEnabled, bypassCSP: true })
    const [hers, next] = [await open({ javaScriptEnabled }), await open({ javaScriptEnabled })]
    const mail = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@lindenau.invalid`
    await accept(hers, await invite(page, leaver, mail(leaver), 'handler', 'contact-point'))
    await accept(next, await invite(page, heir, mail(heir), 'handler', 'contact-point'))
    const matters = [`Roller vor dem Eingang ${tag}`, `Streit um die Wäscheleine ${tag}`]
    const cases = []
    for (const matter of matters) cases.push(await caseOf(page, matter, leaver))

    const told = `Eine Frau kam vorbei: Am Kiosk ${tag} wird sie angepöbelt.`
    await hers.goto('/lindenau/eingang/neu')
    await hers.locator('#observed').fill(told)
    await press(hers, 'Eintrag speichern')
    await hers.goto(cases[0]!)
    await says(hers, matters[0]!)

    await actAs(page, 'lindenau', 'Fatma Yıldız')
    await page.goto('/lindenau/heute/abwesenheit')
    await page.getByLabel('Erster Tag').fill('heute')
    await page.getByLabel('Vertretung', { exact: true }).selectOption({ label: leaver })
    await press(page, 'Abwesenheit eintragen')

    await actAs(page, 'lindenau', 'Miriam Aydın')
    await page.goto('/lindenau/verwaltung/personen')
    await page.getByRole('link', { name: leaver }).click()
    await page.getByRole('link', { name: `${leaver} scheidet aus` }).click()
    await says(page, '4 Aufgaben brauchen eine neue Person.')
    await press(page, 'Alles übergeben und Zugang beenden')
    await says(page, 'Vertretung für Fatma Yıldız: Bitte wählen Sie, wer übernimmt.')
    if (javaScriptEnabled) await looked(page, 'leave-missing')
    await page.getByLabel('Wer übernimmt, was möglich ist?').selectOption({ label: `${heir}: 4 von 4` })
    await press(page, 'Vorschlag eintragen')
    const chosen = await page.locator('select[name^="to-"] option[selected]').allTextContents()
    expect(chosen).toEqual([heir, heir, heir, heir])
    if (javaScriptEnabled) await looked(page, 'leave-proposed')
    expect((await next.goto(cases[0]!))?.status()).toBe(404)
    await press(page, 'Alles übergeben und Zugang beenden')
    expect(await page.getByRole('link', { name: leaver }).count()).toBe(0)

    for (const address of ['/lindenau/heute', '/lindenau/faelle', ...cases])
      expect((await hers.goto(address))?.status(), address).toBe(401)
    for (const [n, matter] of matters.entries()) {
      await next.goto(cases[n]!)
      await says(next, matter)
    }
    await next.goto('/lindenau/eingang')
    await says(next, told)
    await next.goto('/lindenau/heute')
    for (const matter of matters) await says(next, matter)
    // The demo is shared: Fatma is back.
    await actAs(page, 'lindenau', 'Fatma Yıldız')
    await page.goto('/lindenau/heute/abwesenheit')
    await says(page, `Vertretung: ${heir}`)
    await press(page, 'Abwesenheit beenden')
    await actAs(page, 'lindenau', 'Miriam Aydın')
    await page.goto(cases[1]!)
    await says(page, heir)
  },
)
