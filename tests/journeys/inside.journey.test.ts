import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { faults, onPhone, press, says } from '../support/pages.ts'

const { open } = useBrowser()
/** Without scripts nothing runs that could look. */
const sound = async (page: Page, scripts: boolean) => expect(scripts ? await faults(page) : []).toEqual([])

const as = onPhone(open)

/** Two departments quarrel, and the head of one of them works in the coordination office. */
async function twoDepartments(scripts: boolean): Promise<void> {
  const said = `Sozialamt und Bauamt reden nicht mehr (${scripts ? 'eins' : 'zwei'})`
  const admin = await as('Tomasz Nowak', '/lindenau/verwaltung/intern', scripts)
  const running = admin.getByRole('button', { name: 'Dienstvereinbarung ist beendet' })
  if (await running.isVisible()) await running.click()
  await says(admin, 'Solche Konflikte werden hier noch nicht bearbeitet.')
  await press(admin, 'Dienstvereinbarung eintragen')
  await says(admin, 'Bitte nennen Sie Titel oder Aktenzeichen')
  await sound(admin, scripts)

  const miriam = await as('Miriam Aydın', '/lindenau/eingang/neu', scripts)
  expect(await miriam.locator('select[name=subject]').textContent()).not.toContain('Innerhalb der Verwaltung')
  await admin.getByLabel('Geschlossen am').fill('gestern')
  await admin.getByLabel('Titel oder Aktenzeichen').fill('DV Konfliktklärung, 11.2-5')
  await press(admin, 'Dienstvereinbarung eintragen')
  await says(admin, 'nach der Dienstvereinbarung „DV Konfliktklärung, 11.2-5“')

  await miriam.reload()
  await miriam.locator('#observed').fill(said)
  await miriam.locator('select[name=subject]').selectOption('administration')
  await miriam.locator('#advice').fill('Reden Sie miteinander')
  await press(miriam, 'Eintrag speichern')
  await says(miriam, 'Speichern Sie den Eintrag bitte ohne Rat.')
  expect(await miriam.locator('#observed').inputValue()).toBe(said)
  await miriam.locator('#advice').fill('')
  await press(miriam, 'Eintrag speichern')
  await says(miriam, 'Zuerst legt die Vertretung fest')
  await miriam.goto('/lindenau/eingang')
  expect(await miriam.content()).not.toContain(said)

  const ruth = await as('Dr. Ruth Ahrens', '/lindenau/eingang', scripts)
  await ruth.getByRole('link', { name: said }).click()
  const report = new URL(ruth.url()).pathname
  await ruth.goto(`${report}/lesesperre`)
  await says(ruth, 'Wer einer beteiligten Person vorgesetzt ist, darf davon nichts lesen.')
  await press(ruth, 'Meldung freigeben')
  await says(ruth, 'Bitte wählen Sie aus, wer vorgesetzt ist.')
  await sound(ruth, scripts)
  await ruth.getByLabel('Jonas Feldkamp').check()
  await press(ruth, 'Meldung freigeben')

  await miriam.goto(report)
  await miriam.getByRole('radio', { name: 'Fall eröffnen' }).check()
  await miriam.getByLabel('Worum geht es').fill(said)
  await press(miriam, 'Entscheidung festhalten')
  await miriam.waitForURL(/\/faelle\/[0-9a-f-]{36}$/)
  const path = new URL(miriam.url()).pathname

  const jonas = await as('Jonas Feldkamp', '/lindenau/heute', scripts)
  const word = encodeURIComponent(said.slice(0, 9))
  for (const page of [
    'heute',
    'eingang',
    'faelle',
    `suche?q=${word}`,
    'faelle/zahlen',
    'faelle/register',
    'einsicht',
  ]) {
    await jonas.goto(`/lindenau/${page}`)
    expect(await jonas.textContent('main'), page).not.toContain('Sozialamt und Bauamt')
  }
  for (const hidden of [path, report, `${path}/zeitstrahl`, `${path}/schreiben`])
    expect((await jonas.goto(hidden))?.status(), hidden).toBe(404)

  await miriam.goto(`${path}/einschaetzung`)
  await miriam.getByLabel('Was geschieht als Nächstes?').fill('Beide Leitungen einladen')
  await press(miriam, 'Einschätzung festhalten')
  await miriam.goto(`${path}/abschluss`)
  await miriam.getByRole('radio', { name: 'beruhigt' }).check()
  await miriam.getByLabel('Aufwand in Stunden').fill('2')
  await press(miriam, 'Fall abschließen')
  await says(miriam, 'abgeschlossen')
}

test('two departments quarrel: only under an agreement, and unseen by the superior', () => twoDepartments(true))
test('the same without scripts', () => twoDepartments(false))
