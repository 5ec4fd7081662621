import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, press, says } from '../support/pages.ts'

const { open } = useBrowser()
/** What another municipality hears of arrives by itself, a moment later. */
const arrives = (page: Page, address: string, text: string) =>
  expect
    .poll(async () => (await page.goto(address), await page.textContent('main'))?.includes(text), {
      message: text,
      timeout: 15_000,
      interval: 500,
    })
    .toBe(true)

const numberOn = async (page: Page) => /Fall ([A-Z0-9]+-[A-Z0-9-]+)/.exec(await page.title())?.[1] ?? ''

test('what grew out of a case is linked with it, found from both sides, and parted with a reason', async () => {
  const page = await open()
  const first = await caseFrom(page, 'Grillfeste am alten Kanalhafen bis nach Mitternacht')
  const number = await numberOn(page)
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

test('whoever stepped back from one case loses the linked one: that is asked beforehand, and coordination finds somebody anew', async () => {
  const page = await open()
  const matters = ['Boote am Steg der Kleingärtner', 'Angeln am Steg der Kleingärtner'] as const
  const [boats, angling] = [await caseFrom(page, matters[0]), await caseFrom(page, matters[1])]
  for (const at of [boats, angling]) {
    await page.goto(`${at}/zuweisung`)
    await page.getByRole('radio', { name: 'Olena Marchenko' }).check()
    await page.getByRole('radio', { name: 'Führt den Fall' }).check()
    await press(page, 'Fall zuweisen')
    await page.waitForURL(at)
  }
  const hers = await open()
  await actAs(hers, 'lindenau', 'Olena Marchenko')
  await hers.goto(`${boats}/unparteilichkeit`)
  await says(hers, 'Das gilt auch für jeden Fall, der mit ihm verbunden ist.')
  await press(hers, 'Fall abgeben')
  await hers.waitForURL(/\/faelle$/)
  expect((await hers.goto(angling))?.status()).toBe(200)

  await page.goto(boats)
  const number = await numberOn(page)
  await page.goto(`${angling}/verbunden`)
  await page.getByLabel('Nummer des anderen Falls').fill(number)
  await page.getByLabel('Dieser Fall ist ein Nebenkonflikt des anderen.').check()
  await press(page, 'Fälle verbinden')
  await says(page, 'Durch die Verbindung verliert die Person sofort den Zugang.')
  await page.getByLabel('Die Fälle trotzdem verbinden').check()
  await press(page, 'Fälle verbinden')
  await says(page, `Nebenkonflikt von Fall ${number}`)
  expect((await hers.goto(angling))?.status()).toBe(404)
  await arrives(page, angling, 'Zuweisung an Olena Marchenko beendet')
  await says(page, 'An diesem Fall arbeitet niemand mehr.')
  await page.goto('/lindenau/heute')
  await says(page, 'Niemand arbeitet mehr daran.')
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
