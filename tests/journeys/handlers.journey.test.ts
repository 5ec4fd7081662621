import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, press, says } from '../support/pages.ts'

const { open } = useBrowser()
const never = async (page: Page, text: string) => expect(await page.textContent('main')).not.toContain(text)

/** A mediation the parties have released, in three pages. */
async function mediation(page: Page, at: string): Promise<void> {
  await page.goto(`${at}/einschaetzung`)
  await page.getByLabel('Was geschieht als Nächstes?').fill('Mit beiden Seiten sprechen')
  await press(page, 'Einschätzung festhalten')
  await page.locator('.card.next').getByRole('link', { name: 'Fallbild abschließen', exact: true }).click()
  await press(page, 'Fallbild abschließen')
  await page.goto(`${at}/verfahren`)
  await page.getByRole('radio', { name: 'Mediation' }).check()
  await page.getByLabel('Warum passt das?').fill('Beide Seiten kommen allein nicht weiter')
  await press(page, 'Verfahren festlegen')
  for (const question of await page.locator('fieldset', { hasText: 'Noch nicht bekannt' }).all())
    await question.getByRole('radio', { name: 'Nein', exact: true }).check()
  await page.getByLabel('Freigegeben am').fill('gestern')
  await page.getByLabel('Alle Parteien haben auf Papier unterschrieben.').check()
  await page.getByLabel('Wer hat das Papier gesehen?').selectOption({ label: 'Miriam Aydın' })
  await press(page, 'Verfahren festlegen')
}

async function assign(page: Page, at: string, name: string, as: string): Promise<void> {
  await page.goto(`${at}/zuweisung`)
  await page.getByRole('radio', { name }).check()
  await page.getByRole('radio', { name: as }).check()
  await press(page, 'Fall zuweisen')
}

/** A pair is needed, with proofs; one of them turns out to be a neighbour of a party. */
async function neighbour(scripts: boolean): Promise<void> {
  const page = await open({ javaScriptEnabled: scripts, viewport: { width: 360, height: 800 } })
  const at = await caseFrom(page, `Die Hecke zwischen zwei Höfen ${scripts ? 'im Norden' : 'im Süden'}`)
  await mediation(page, at)
  await assign(page, at, 'Olena Marchenko', 'Führt den Fall')
  await says(page, 'Für das gewählte Verfahren fehlt dieser Person: Nachweis Mediation.')
  expect(await page.getByRole('radio', { name: 'Olena Marchenko' }).isChecked()).toBe(true)
  await assign(page, at, 'Olena Marchenko', 'Liest einen Auszug')
  const reader = await open({ javaScriptEnabled: scripts })
  await actAs(reader, 'lindenau', 'Olena Marchenko')
  await reader.goto(at)
  await says(reader, 'Sie lesen einen Auszug dieses Falls.')
  expect(await reader.getByRole('main').getByRole('link', { name: 'Gespräch festhalten' }).count()).toBe(0)
  await never(reader, 'Mediation')
  for (const part of ['vereinbarung', 'gespraech', 'schreiben', 'landkarte'])
    expect((await reader.goto(`${at}/${part}`))?.status(), part).toBe(404)
  await assign(page, at, 'Prof. Carla Winter', 'Führt den Fall')
  await page.goto(at)
  await says(page, 'Dieses Verfahren leiten zwei.')
  await assign(page, at, 'Branko Stojka', 'Arbeitet mit')
  await page.goto(at)
  await never(page, 'Dieses Verfahren leiten zwei.')

  const branko = await open({ javaScriptEnabled: scripts, viewport: { width: 360, height: 800 } })
  await actAs(branko, 'lindenau', 'Branko Stojka')
  await branko.goto(`${at}/gespraech`)
  const form = branko.url()
  const her = await open({ javaScriptEnabled: scripts })
  await actAs(her, 'lindenau', 'Branko Stojka')
  await her.goto(`${at}/unparteilichkeit`)
  await says(her, 'benachbart')
  await press(her, 'Fall abgeben')
  await branko.getByLabel('Wann war es?').fill('gestern')
  await branko.getByLabel('Mehrere Seiten').check()
  await branko.getByRole('radio', { name: 'Ein Schritt weiter' }).check()
  await branko.getByRole('radio', { name: 'Ein weiteres Gespräch' }).check()
  await press(branko, 'Gespräch festhalten')
  expect((await branko.goto(form))?.status()).toBe(404)
  for (const part of ['', '/zeitstrahl', '/schreiben/closing', '/landkarte'])
    expect((await branko.goto(`${at}${part}`))?.status(), part).toBe(404)

  await page.goto(at)
  await says(page, 'Dieses Verfahren leiten zwei.')
  await says(page, 'Hat den Fall abgegeben')
  await never(page, 'benachbart')
  await page.goto(`${at}/zuweisung`)
  expect(await page.getByRole('radio', { name: 'Branko Stojka' }).count()).toBe(0)
  expect(await page.getByRole('radio', { name: 'Jonas Feldkamp' }).count()).toBe(1)
}

test('a handler is a neighbour of a party: she steps back and it is closed to her at once', () => neighbour(true))
test('the same without scripts', () => neighbour(false))
