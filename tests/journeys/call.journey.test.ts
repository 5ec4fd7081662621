import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'

const { open } = useBrowser()

test.each([true, false])(
  'a call that ends in advice is one page and at most six answers (script: %s)',
  async (script) => {
    const page = await open({ javaScriptEnabled: script, viewport: { width: 360, height: 800 } })
    await actAs(page, 'lindenau', 'Bernd Hülsmann')
    await page.goto('/lindenau/eingang/neu')
    const form = page.getByRole('main').locator('form')
    // What lies folded is asked only of those who open it.
    const questions = form.locator('textarea:visible, select:visible, input:visible:not([type=hidden])')
    expect(await questions.count()).toBeLessThanOrEqual(6)
    const what = `Eine Familie fragt, wie sie mit den Nachbarn über den Hof reden kann (${script}).`
    await page.getByLabel('Was wurde beobachtet').fill(what)
    await page.getByLabel('Ort').selectOption('nordviertel')
    await page.getByLabel('Thema').selectOption('neighbours')
    await page
      .getByLabel('Rat', { exact: false })
      .last()
      .fill('Zuerst gemeinsam klingeln, am Nachmittag, mit einem Vorschlag.')
    await form.getByRole('button').last().click()
    const said = page.getByRole('main')
    await expect.poll(() => said.textContent()).toMatch(/abgeschlossen/u)
    expect(await said.locator('.code').textContent()).toMatch(/^\d{6} \d{6} \d{6}$/u)
  },
)
