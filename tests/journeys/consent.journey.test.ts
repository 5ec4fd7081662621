import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { main, picture, press, reportIn, says, told } from '../support/pages.ts'
import { openMailbox } from '../support/report.ts'

const { open } = useBrowser()

/** Asks in the mailbox whether the report may go to this office. */
async function asked(page: Page, at: string, office: string): Promise<void> {
  await page.goto(`${at}/verweisung`)
  await page.getByLabel('An welche Stelle?').selectOption({ label: office })
  await page.getByLabel('Wozu?').fill('Bitte um Beratung vor Ort')
  await page.getByRole('radio', { name: 'Zustimmung im Postfach erbitten' }).check()
  await page.getByRole('checkbox', { name: 'Kontaktdaten' }).check()
  await press(page, 'Brief ansehen')
  await press(page, 'Um Zustimmung bitten')
  await says(page, 'Bis sie zustimmt, wird nichts weitergegeben.')
}

async function withdrawn(javaScriptEnabled: boolean, observed: string): Promise<void> {
  const contact = 'Frau Sauerklee, 0170 3311'
  const code = await told('lindenau', { observed, area: 'nordviertel', anonymity: 'office', contact })
  const page = await open({ javaScriptEnabled })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const at = await reportIn(page, 'lindenau', observed)
  const resident = await open({ javaScriptEnabled, viewport: { width: 360, height: 740 } })

  // Before: the letter lies ready, she says no after all, and nothing has left the house.
  await asked(page, at, 'Antidiskriminierungsstelle Lindenau')
  await openMailbox(resident, code)
  await press(resident, 'Ja, das darf weitergegeben werden')
  await press(resident, 'Zustimmung zurücknehmen')
  await page.goto(`${at}/verweisung`)
  await says(page, 'nicht zugestimmt')
  expect(await page.getByRole('button', { name: 'Übergabe festhalten' }).count()).toBe(0)

  // After: the contact point of the quarter has it and reads it here.
  await asked(page, at, 'Stadtteilbüro Nordviertel')
  await resident.goto('/lindenau/rueckmeldung')
  await press(resident, 'Ja, das darf weitergegeben werden')
  await page.goto(`${at}/verweisung`)
  await page.getByLabel('Warum kein Fall daraus wird').selectOption({ label: 'Andere Stelle hilft besser' })
  await press(page, 'Übergabe festhalten')
  const bernd = await open({ javaScriptEnabled })
  await actAs(bernd, 'lindenau', 'Bernd Hülsmann')
  await bernd.goto(at)
  await says(bernd, observed)

  await resident.goto('/lindenau/rueckmeldung')
  await says(resident, 'Ihre Meldung wurde weitergegeben')
  await says(resident, 'Was die Stelle schon gelesen hat, können wir nicht zurückholen.')
  await picture(resident, 'consent-handed')
  await press(resident, 'Zustimmung zurücknehmen')
  await says(resident, 'Sie haben Ihre Zustimmung am')
  await says(resident, 'Wir sagen das jetzt der anderen Stelle.')
  expect((await bernd.goto(at))?.status()).toBe(404)

  // The office tells the other one, and whoever reported reads that it did.
  await page.goto('/lindenau/heute')
  await says(page, 'Zustimmung zurückgenommen: der anderen Stelle Bescheid sagen')
  await page.goto(`${at}/verweisung`)
  await picture(page, 'consent-recalled')
  const text = await (await page.request.get(`${at}/verweisung/text`)).text()
  expect(text).toContain('Bitte verwenden Sie die Angaben nicht weiter.')
  expect(text).not.toContain(contact)
  await press(page, 'Der Stelle gesagt')
  await says(page, 'Der Stelle gesagt am')
  await resident.goto('/lindenau/rueckmeldung')
  await says(resident, 'Der anderen Stelle haben wir das am')
  await page.goto('/lindenau/heute')
  expect(await main(page)).not.toContain('Zustimmung zurückgenommen')
}

test('consent to refer is taken back, before and after: what can be called back is, and who has it is told', () =>
  withdrawn(true, 'Im Hausflur der Ulmenstraße werde ich jeden Tag beschimpft.'))
test('the same without scripts', () => withdrawn(false, 'Im Keller der Ulmenstraße werde ich jeden Tag beschimpft.'))
