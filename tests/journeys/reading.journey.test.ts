import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { press, reportIn, says, told } from '../support/pages.ts'
import { openMailbox } from '../support/report.ts'

const { open, base } = useBrowser()
const saysNot = (page: Page, text: string) =>
  expect.poll(async () => (await page.textContent('main'))?.includes(text), { message: text }).toBe(false)

const report = (observed: string, more: object = {}, town = 'lindenau') =>
  told(town, { observed, area: 'nordviertel', subject: 'noise', ...more })

/** Names leave the text, one of them onto the contact sheet; the same with and without scripts. */
async function checkAndAccept(javaScriptEnabled: boolean, name: string): Promise<void> {
  await report(
    `${name} schreit abends im Hof. Ihre Nummer ist 0170 5550${javaScriptEnabled ? 1 : 2}. Es ist sehr laut.`,
  )
  const page = await open({ javaScriptEnabled })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const at = await reportIn(page, 'lindenau', `${name} schreit`)
  await page.getByRole('link', { name: 'Text prüfen' }).click()
  await page.getByLabel('Was wird aus: Ihre Nummer').selectOption({ label: 'Auf das Kontaktblatt' })
  if (javaScriptEnabled) {
    await page.evaluate(`{
      const range = document.createRange()
      const node = document.querySelector('.passages p').firstChild
      range.setStart(node, 0)
      range.setEnd(node, ${name.length})
      getSelection().removeAllRanges()
      getSelection().addRange(range)
    }`)
    await page.locator('.mark-bar button[data-what=role]').click()
  } else {
    await page.locator('#quote-0').fill(name)
    await page.locator('[name="quote-0-what"]').selectOption('role')
  }
  await press(page, 'Prüfung festhalten')
  await says(page, 'Bitte schreiben Sie die Rolle')
  await page.locator('#quote-0-role').fill('Nachbarin A')
  await press(page, 'Vorschau zeigen')
  await says(page, 'So lesen es danach alle')
  await press(page, 'Prüfung festhalten')
  await says(page, 'Nachbarin A schreit abends im Hof. [auf dem Kontaktblatt] Es ist sehr laut.')

  await page.goto(at)
  await saysNot(page, name)
  await page.getByRole('link', { name: 'Kontaktblatt öffnen' }).click()
  await says(page, 'Ihre Nummer ist 0170')
  await says(page, 'Art. 14 DSGVO')
  await page.getByRole('link', { name: 'Eintrag öffnen' }).click()
  await page.getByLabel('Rolle im Konflikt').fill('Nachbarin A')
  await page.getByLabel('Name').fill(name)
  await press(page, 'Eintrag ändern')
  await says(page, name)

  await page.goto(`${at}/pruefen`)
  await press(page, 'Prüfung zurücknehmen')
  await says(page, 'Noch nichts geändert')
  await page.locator('#quote-0').fill(name)
  await press(page, 'Prüfung festhalten')
  await press(page, 'Geprüften Text annehmen')
  await page.goto(`${at}/pruefen`)
  await says(page, 'Das Original ist gelöscht.')
  await saysNot(page, name)
  await page.goto(`/lindenau/suche?worte=${encodeURIComponent(name)}`)
  await page.getByRole('link', { name: 'Kontaktblatt' }).click()
  await says(page, name)
}

test('checking takes a name out of a report, the contact sheet keeps it, accepting ends the original', () =>
  checkAndAccept(true, 'Frau Quittenbaum'))
test('the same without scripts', () => checkAndAccept(false, 'Herr Apfelbaum'))

test('a Turkish report: the interpreter puts its one text into German, the answer is sent in Turkish', async () => {
  const code = await report('Komşumuz her gece bağırıyor.', { language: 'tr' })
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await says(page, 'Übersetzung nötig')
  const at = await reportIn(page, 'lindenau', 'Komşumuz her gece')
  await page.getByRole('link', { name: 'Übersetzen lassen' }).click()
  await page.getByRole('radio', { name: 'Yusuf Haddad' }).check()
  await press(page, 'Um Übersetzung bitten')
  await says(page, 'ist erbeten')

  const his = await open()
  await actAs(his, 'lindenau', 'Yusuf Haddad')
  await his.goto(at)
  await says(his, 'Diese Seite ist für andere Aufgaben')
  expect(await his.textContent('body')).not.toContain('Komşumuz')
  await his.goto('/lindenau/heute')
  await his.getByRole('link', { name: 'Text übersetzen (Türkisch)' }).first().click()
  await says(his, 'Komşumuz her gece bağırıyor.')
  await his.getByLabel('Auf Deutsch').fill('Unser Nachbar schreit jede Nacht.')
  await press(his, 'Übersetzung festhalten')
  await says(his, 'übersetzt')

  await expect
    .poll(async () => {
      await page.goto('/lindenau/eingang')
      return (await page.textContent('main'))?.includes('Unser Nachbar schreit jede Nacht.')
    })
    .toBe(true)
  await page.goto(at)
  await says(page, 'Unser Nachbar schreit jede Nacht.')
  await says(page, 'Komşumuz her gece bağırıyor.')
  await page.getByRole('checkbox', { name: 'Wann ist Ihnen das aufgefallen?' }).check()
  await press(page, 'Nachricht ins Postfach legen')
  const box = await fetch(`${base}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${code}` } })
  const { messages } = (await box.json()) as { messages: { text: string }[] }
  expect(messages.map(({ text }) => text)).toEqual(['Bunu ne zaman fark ettiniz?'])

  // Words of one's own go through the interpreter first, and into the mailbox only when the office has seen both.
  await page.getByLabel('Ihre Nachricht').fill('Wir sprechen am Freitag mit dem Nachbarn.')
  await page.getByLabel('Wer soll übersetzen?').selectOption({ label: 'Yusuf Haddad' })
  await press(page, 'Erst übersetzen lassen')
  await says(page, 'noch nicht im Postfach')
  await his.goto('/lindenau/uebersetzungen')
  await his.getByRole('link', { name: 'Antwort übersetzen: Deutsch – Türkisch' }).click()
  await his.getByLabel('Übersetzung (Türkisch)').fill('Cuma günü komşuyla konuşacağız.')
  await press(his, 'Übersetzung festhalten')
  await page.goto(at)
  await says(page, 'Cuma günü komşuyla konuşacağız.')
  const going = page.locator('section[id^=outgoing-]')
  await going.getByRole('button', { name: 'Nachricht ins Postfach legen' }).click()
  await expect.poll(() => going.count()).toBe(0)
  const after = await fetch(`${base}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${code}` } })
  expect(await after.text()).toContain('Cuma günü komşuyla konuşacağız.')
})

test('contact data go to another office only after the yes in the mailbox, exactly as shown there', async () => {
  const contact = 'Familie Brombeer, 0170 4711'
  const code = await report('Im Hof wird ein Kind jeden Tag bedrängt.', { anonymity: 'office', contact })
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const at = await reportIn(page, 'lindenau', 'Im Hof wird ein Kind')
  await page.getByRole('link', { name: 'An andere Stelle verweisen' }).click()
  await page.getByLabel('An welche Stelle?').selectOption({ label: 'Jugendamt' })
  await page.getByLabel('Wozu?').fill('Bitte um Einschätzung')
  await page.getByRole('radio', { name: 'Zustimmung im Postfach erbitten' }).check()
  await page.getByRole('checkbox', { name: 'Kontaktdaten' }).check()
  await press(page, 'Brief ansehen')
  await says(page, 'Genau das wird weitergegeben')
  await press(page, 'Um Zustimmung bitten')
  await says(page, 'Bis sie zustimmt, wird nichts weitergegeben.')

  const resident = await open({ viewport: { width: 360, height: 740 } })
  await openMailbox(resident, code)
  await says(resident, 'Wir möchten Ihre Meldung an diese Stelle weitergeben: Jugendamt.')
  await resident.getByText('Das wird weitergegeben').click()
  await says(resident, contact)
  await press(resident, 'Ja, das darf weitergegeben werden')
  await says(resident, 'Sie haben zugestimmt')

  await page.goto(`${at}/verweisung`)
  await says(page, 'Zugestimmt am')
  await page.getByLabel('Warum kein Fall daraus wird').selectOption({ label: 'Andere Stelle hilft besser' })
  await press(page, 'Übergabe festhalten')
  await says(page, 'Diese Meldung ist übergeben.')
  const pdf = await page.request.get(`${at}/verweisung/brief`)
  expect([pdf.status(), (await pdf.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  expect(await (await page.request.get(`${at}/verweisung/text`)).text()).toContain(contact)
  await resident.goto('/lindenau/rueckmeldung')
  await says(resident, 'Eine andere Stelle kann Ihnen besser helfen.')
})

test('danger at night on a phone: call, say who answered, hand over with its ground, all in one page', async () => {
  const resident = await open({ viewport: { width: 360, height: 740 } })
  await resident.goto('/lindenau/melden')
  await resident.locator('#observed').fill('Im Keller wird ein Kind festgehalten.')
  await resident.locator('#danger-yes').check()
  await resident.locator('form[action$="/melden"] button').click()
  await resident.locator('input[name=area]').first().check()
  await resident.locator('form[action$="/wo"] button').click()
  await resident.locator('#anonymity-anonymous').check()
  await resident.locator('button[value=send]').click()
  await says(resident, 'dass die Gefahr weiter besteht')

  const page = await open({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/heute')
  await page.getByRole('link', { name: /Gefahr: .*Im Keller/ }).click()
  await page.waitForURL('**/sofort')
  await says(page, 'Im Keller wird ein Kind festgehalten.')
  const call = page.getByRole('main').getByRole('link', { name: /^Polizei/ })
  expect(await call.getAttribute('href')).toBe('tel:110')
  for (const target of await page.locator('main .calls a, main .urgent button, main .urgent select').all())
    expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(48)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  await page.getByRole('button', { name: /^Erreicht\s*: Jugendamt/ }).click()
  await says(page, 'Jugendamt: erreicht')
  await page.getByLabel('An wen?').selectOption({ label: 'Jugendamt' })
  await press(page, 'Übergabe festhalten')
  await says(page, 'Bitte schreiben Sie, was Sie übergeben')
  await page.getByLabel('Was haben Sie übergeben?').fill('Anschrift und Lage')
  await page.getByRole('radio', { name: 'Kindeswohl' }).check()
  await press(page, 'Übergabe festhalten')
  await says(page, 'Übergeben an Jugendamt')
  await expect
    .poll(async () => {
      await page.reload()
      return (await page.textContent('main'))?.includes('Zweite Person informiert:')
    })
    .toBe(true)
})
