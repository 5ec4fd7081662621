import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'

const { open, base } = useBrowser()
const next = (page: Page, name: string) => page.locator('.card.next').getByRole('link', { name, exact: true }).click()
const save = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).click()
const says = (page: Page, text: string) =>
  expect.poll(async () => (await page.textContent('main'))?.includes(text), { message: text }).toBe(true)

async function caseFrom(page: Page, observed: string): Promise<string> {
  const response = await fetch(`${base}/api/v1/lindenau/reports`, {
    method: 'POST',
    body: JSON.stringify({ observed, area: 'nordviertel', subject: 'noise' }),
  })
  expect(response.status).toBe(201)
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await page.getByRole('link', { name: observed, exact: true }).click()
  await page.getByRole('radio', { name: 'Fall eröffnen' }).check()
  await page.getByLabel('Worum geht es').fill(observed)
  await save(page, 'Entscheidung festhalten')
  await page.waitForURL(/\/faelle\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

async function assess(page: Page): Promise<void> {
  await next(page, 'Fall einschätzen')
  await page.getByLabel('Was geschieht als Nächstes?').fill('Mit beiden Seiten sprechen')
  await save(page, 'Einschätzung festhalten')
  await says(page, 'Mit beiden Seiten sprechen')
}

/** The whole way; the same for a browser with scripts and one without. */
async function wholeWay(javaScriptEnabled: boolean): Promise<void> {
  const page = await open({ javaScriptEnabled })
  const at = await caseFrom(page, javaScriptEnabled ? 'Ballspiel bis in die Nacht' : 'Laute Musik im Innenhof')
  await assess(page)
  await next(page, 'Fallbild abschließen')
  await save(page, 'Fallbild abschließen')
  await next(page, 'Verfahren festlegen')
  await save(page, 'Verfahren festlegen')
  await says(page, 'Bitte nennen Sie den Grund.')
  await page.getByLabel('Warum?').fill('Beide Seiten wollen reden')
  await save(page, 'Verfahren festlegen')
  await says(page, 'Zweite Person offen')
  await next(page, 'Fall zuweisen')
  await page.getByRole('radio', { name: 'Olena Marchenko' }).check()
  await page.getByRole('radio', { name: 'Führt den Fall' }).check()
  await save(page, 'Fall zuweisen')
  await says(page, 'Sichtbar für')
  await says(page, 'Olena Marchenko')

  const hers = await open({ javaScriptEnabled })
  await actAs(hers, 'lindenau', 'Olena Marchenko')
  await hers.goto(at)
  await next(hers, 'Gespräch festhalten')
  await hers.waitForURL('**/gespraech')
  const questions = await hers.locator('main form .field, main form fieldset').count()
  expect(questions).toBe(4)
  await hers.getByLabel('Wann war es?').fill('gestern')
  await hers.getByLabel('Mehrere Seiten').check()
  await hers.getByLabel('Was geschieht als Nächstes?').fill('In zwei Wochen wieder treffen')
  await save(hers, 'Gespräch festhalten')
  await hers.waitForURL(`**${at}`)
  await next(hers, 'Maßnahmen')
  await hers.getByLabel('Was wird getan?').fill('Netz hinter dem Tor')
  await hers.getByLabel('Wer kümmert sich?').fill('Grünflächenamt')
  await hers.getByLabel('Bis wann?').fill('24.12.')
  await save(hers, 'Maßnahme festhalten')
  await says(hers, 'Eine Maßnahme ist offen.')

  await hers.goto(at)
  await next(hers, 'Fall abschließen')
  await hers.getByRole('radio', { name: 'beruhigt' }).check()
  await hers.getByLabel('Aufwand in Stunden').fill('3')
  await save(hers, 'Fall abschließen')
  await says(hers, 'Es sind noch Maßnahmen offen.')
  await hers.getByRole('link', { name: 'Maßnahmen ansehen' }).click()
  await hers.getByRole('button', { name: 'Erledigt' }).click()
  await hers.goto(`${at}/abschluss`)
  await hers.getByRole('radio', { name: 'beruhigt' }).check()
  await hers.getByLabel('Aufwand in Stunden').fill('3')
  await save(hers, 'Fall abschließen')
  await says(hers, 'abgeschlossen')
  await next(hers, 'Nachhalten')
  await hers.getByRole('radio', { name: 'Ja', exact: true }).check()
  await save(hers, 'Nachhalten festhalten')
  await says(hers, 'Nachgehalten: hält')
}

test('a case goes its whole way, from opening to the look after it', () => wholeWay(true))
test('the same way without scripts', () => wholeWay(false))

test('two people write the same assessment: the later one sees both texts and loses none', async () => {
  const page = await open()
  const at = await caseFrom(page, 'Streit um den Grillplatz')
  await assess(page)
  const other = await open()
  await actAs(other, 'lindenau', 'Jonas Feldkamp')
  await other.goto(`${at}/einschaetzung`)
  await page.goto(`${at}/einschaetzung`)
  await page.getByLabel('Was geschieht als Nächstes?').fill('Zuerst zum Ortsverein')
  await save(page, 'Einschätzung festhalten')
  await other.getByLabel('Was geschieht als Nächstes?').fill('Zuerst zur Schule')
  await save(other, 'Einschätzung festhalten')
  await says(other, 'Inzwischen hat jemand anderes gespeichert.')
  await says(other, 'Zuerst zum Ortsverein')
  await says(other, 'Zuerst zur Schule')
  await save(other, 'Einschätzung festhalten')
  await says(other, 'Zuerst zur Schule')
})
