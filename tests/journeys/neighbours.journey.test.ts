import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'

const { open, base } = useBrowser()
const press = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true }).first().click()
const says = (page: Page, text: string) =>
  expect.poll(async () => (await page.textContent('main'))?.includes(text), { message: text }).toBe(true)

/** What another municipality hears of arrives by itself, a moment later. */
const arrives = (page: Page, address: string, text: string) =>
  expect
    .poll(async () => (await page.goto(address), await page.textContent('main'))?.includes(text), {
      message: text,
      timeout: 15_000,
      interval: 500,
    })
    .toBe(true)

async function caseFrom(page: Page, observed: string): Promise<string> {
  const response = await fetch(`${base}/api/v1/lindenau/reports`, {
    method: 'POST',
    body: JSON.stringify({ observed, area: 'nordviertel', subject: 'noise' }),
  })
  expect(response.status).toBe(201)
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await page.getByRole('link', { name: observed }).click()
  await page.getByRole('radio', { name: 'Fall eröffnen' }).check()
  await page.getByLabel('Worum geht es').fill(observed)
  await press(page, 'Entscheidung festhalten')
  await page.waitForURL(/\/faelle\/[0-9a-f-]{36}$/)
  return page.url()
}

test('what grew out of a case is linked with it, found from both sides, and parted with a reason', async () => {
  const page = await open()
  const first = await caseFrom(page, 'Grillfeste am alten Kanalhafen bis nach Mitternacht')
  const number = /[A-Z0-9]+-[A-Z0-9-]+/.exec((await page.textContent('h1')) ?? '')?.[0] ?? ''
  const second = await caseFrom(page, 'Angler und Feiernde streiten an der Schleuse')
  await page.getByRole('link', { name: 'Verbundene Fälle', exact: true }).click()
  await page.getByLabel('Nummer des anderen Falls').fill('0000')
  await page.getByLabel('Dieser Fall ist aus dem anderen entstanden.').check()
  await press(page, 'Fälle verbinden')
  await says(page, 'Diesen Fall gibt es nicht, oder Sie dürfen ihn nicht öffnen.')
  await page.getByLabel('Nummer des anderen Falls').fill(number)
  await press(page, 'Fälle verbinden')
  await says(page, `Entstanden aus Fall ${number}`)
  await page.goto(first)
  await says(page, 'Daraus entstanden')
  await page.getByRole('link', { name: 'Angler und Feiernde streiten an der Schleuse' }).click()
  await page.getByRole('link', { name: 'Verbundene Fälle', exact: true }).click()
  await press(page, 'Verbindung lösen')
  await says(page, 'Bitte nennen Sie den Grund.')
  await page.getByLabel('Warum gehören sie nicht mehr zusammen?').fill('Es sind andere Leute')
  await press(page, 'Verbindung lösen')
  await says(page, 'Noch ist kein anderer Fall verbunden.')
  await page.goto(second)
  await page.goto(second)
  await says(page, 'Es sind andere Leute')
})

test('a matter at the border of two towns: the neighbour sends somebody, who sees this case only and loses it at once', async () => {
  const ours = await open()
  const matter = 'Lärm auf dem Feldweg genau an der Gemeindegrenze'
  const address = await caseFrom(ours, matter)
  await ours.getByRole('link', { name: 'Gast aus einer anderen Kommune' }).click()
  await press(ours, 'Andere Kommune anfragen')
  await says(ours, 'Bitte wählen Sie die Grundlage.')
  await ours.getByLabel('Welche Kommune?').selectOption('kreis-auental')
  await ours.getByLabel('Um wen bitten Sie?').fill('Konfliktmanager des Kreises')
  await ours.getByLabel('Den Konflikt gemeinsam bearbeiten').check()
  await ours.getByLabel('Beide Kommunen sind dafür zuständig').check()
  await ours.getByLabel('Verlauf', { exact: true }).check()
  await ours.getByLabel('Darf Mitteilungen schreiben').check()
  await ours.getByLabel('Letzter Tag').fill(new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10))
  await press(ours, 'Andere Kommune anfragen')
  await says(ours, 'Wartet auf die Zustimmung')

  // The other office works without scripts.
  const theirs = await open({ javaScriptEnabled: false })
  await actAs(theirs, 'kreis-auental', 'Katrin Vogel')
  await arrives(theirs, '/kreis-auental/gastfaelle', 'Konfliktmanager des Kreises')
  await arrives(theirs, '/kreis-auental/heute', 'Eine andere Kommune bittet um Mitarbeit: Stadt Lindenau')
  await theirs.getByRole('link', { name: 'Eine andere Kommune bittet um Mitarbeit: Stadt Lindenau' }).last().click()
  await says(theirs, 'Konfliktmanager des Kreises')
  const asked = theirs.locator('.card', { hasText: 'Konfliktmanager des Kreises' })
  await asked.getByLabel('Wer soll den Fall sehen?').selectOption({ label: 'Selim Demir' })
  await asked.getByRole('button', { name: 'Zustimmen', exact: true }).click()
  await arrives(theirs, '/kreis-auental/gastfaelle', 'Den Fall sieht: Selim Demir')
  await expect
    .poll(async () => (await theirs.goto('/kreis-auental/gastfaelle'), await theirs.textContent('main')), {
      timeout: 15_000,
    })
    .not.toContain('wird gerade verständigt')
  expect(await theirs.textContent('main')).not.toContain(matter)

  await actAs(theirs, 'kreis-auental', 'Selim Demir')
  await arrives(theirs, '/kreis-auental/heute', 'Fall einer anderen Kommune: Stadt Lindenau')
  await theirs.getByRole('link', { name: 'Fall einer anderen Kommune: Stadt Lindenau' }).last().click()
  await says(theirs, matter)
  await theirs.getByLabel('Mitteilung an alle, die den Fall bearbeiten').fill('Auf unserer Seite trifft sich niemand.')
  await press(theirs, 'Mitteilung festhalten')
  await says(theirs, 'Auf unserer Seite trifft sich niemand.')

  await theirs.getByLabel('Mitteilung an alle, die den Fall bearbeiten').fill('Das wollte ich noch sagen.')
  await ours.goto(address)
  await says(ours, 'Selim Demir (Kreis Auental)')
  await ours.getByRole('link', { name: 'Gast aus einer anderen Kommune' }).click()
  await press(ours, 'Zugang beenden')
  await says(ours, 'Niemand aus einer anderen Kommune sieht diesen Fall.')
  await press(theirs, 'Mitteilung festhalten')
  await says(theirs, 'Ihr Zugang ist beendet')
  await says(theirs, 'Das wollte ich noch sagen.')
  expect((await theirs.goto(theirs.url()))?.status()).toBe(404)
})
