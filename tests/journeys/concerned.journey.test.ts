import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { decided, faults, main, onPhone, picture, press, says, told } from '../support/pages.ts'

const { open } = useBrowser()
const as = onPhone(open)
/** Without scripts nothing runs that could look. */
const sound = async (page: Page, scripts: boolean) => expect(scripts ? await faults(page) : []).toEqual([])

/** A resident complains of the conflict office itself; somebody of the steering group holds the matter in its place. */
async function aboutTheOffice(scripts: boolean): Promise<void> {
  const matter = `Das Konfliktbüro hat nur mit einer Seite gesprochen (${scripts ? 'eins' : 'zwei'})`
  await told('lindenau', { observed: matter, area: 'nordviertel', notVisibleTo: ['conflict-office'] })

  const ruth = await as('Dr. Ruth Ahrens', '/lindenau/eingang', scripts)
  await ruth.getByRole('link', { name: matter }).click()
  const report = new URL(ruth.url()).pathname
  await ruth.getByRole('link', { name: 'Lesesperre klären' }).click()
  expect(await ruth.getByLabel('Miriam Aydın').isChecked()).toBe(true)
  await picture(ruth, `concerned-release-${scripts}`)
  await press(ruth, 'Meldung freigeben')
  await says(ruth, 'Bitte wählen Sie aus, wer sie statt der Koordination übernimmt.')
  expect(await ruth.getByLabel('Miriam Aydın').isChecked()).toBe(true)
  await sound(ruth, scripts)
  await picture(ruth, `concerned-fault-${scripts}`)
  await ruth.getByRole('radio', { name: 'Henrik Sommer' }).check()
  await press(ruth, 'Meldung freigeben')

  const henrik = await as('Henrik Sommer', '/lindenau/heute', scripts)
  await picture(henrik, `concerned-today-${scripts}`)
  await henrik.getByRole('link', { name: matter }).click()
  await sound(henrik, scripts)
  await picture(henrik, `concerned-report-${scripts}`)
  await decided(henrik, report, 'Fall eröffnen', { 'Worum geht es': matter })
  await henrik.waitForURL(/\/faelle\/[0-9a-f-]{36}$/u)
  const at = new URL(henrik.url()).pathname
  await says(henrik, 'Sichtbar für Henrik Sommer')
  await sound(henrik, scripts)
  await picture(henrik, `concerned-case-${scripts}`)
  await henrik.goto(`${at}/zuweisung`)
  await says(henrik, 'Henrik Sommer: hält den Fall anstelle der Koordination')
  expect(await main(henrik)).not.toContain('Miriam Aydın')
  await sound(henrik, scripts)
  await picture(henrik, `concerned-assign-${scripts}`)
  await henrik.getByRole('radio', { name: 'Prof. Carla Winter' }).check()
  await henrik.getByRole('radio', { name: 'Führt den Fall' }).check()
  await press(henrik, 'Fall zuweisen')
  await says(henrik, 'Carla Winter')

  const miriam = await as('Miriam Aydın', '/lindenau/heute', scripts)
  for (const page of [
    'heute',
    'eingang',
    'faelle',
    'suche?worte=Konfliktb%C3%BCro',
    'faelle/register',
    'faelle/zahlen',
  ]) {
    await miriam.goto(`/lindenau/${page}`)
    expect(await miriam.content(), page).not.toContain(matter)
  }
  for (const path of [report, at]) expect((await miriam.goto(path))?.status()).toBe(404)
  const carla = await as('Prof. Carla Winter', at, scripts)
  await says(carla, matter)
}

test('a report about the conflict office: the steering group holds it, and the office sees nothing', () =>
  aboutTheOffice(true))
test('the same without scripts', () => aboutTheOffice(false))
