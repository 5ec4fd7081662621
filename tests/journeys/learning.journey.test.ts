import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, faults, follow, picture, press, says } from '../support/pages.ts'

const { open } = useBrowser()
const matter = 'Streit um den Bolzplatz hinter der Feuerwache'
const sound = async (page: Page) => expect(await faults(page)).toEqual([])

/** A small case, opened and closed again by the coordination. */
async function closedCase(page: Page): Promise<string> {
  const at = await caseFrom(page, matter, 'noise')
  await page.goto(`${at}/einschaetzung`)
  await page.getByLabel('Was geschieht als Nächstes?').fill('Ist schon beruhigt')
  await press(page, 'Einschätzung festhalten')
  await page.goto(`${at}/abschluss`)
  await page.getByRole('radio', { name: 'beruhigt' }).check()
  await page.getByLabel('Aufwand in Stunden').fill('1')
  await press(page, 'Fall abschließen')
  await says(page, 'abgeschlossen')
  return at
}

test('those concerned say how it was, the office writes down what it learned, two release it', async () => {
  const page = await open({ bypassCSP: true })
  const at = await closedCase(page)
  await follow(page, 'Beteiligte fragen, wie es war')
  await press(page, 'Links erstellen')
  await sound(page)
  await picture(page, 'evaluation-links')
  const link = new URL((await page.locator('.card p.ltr').first().textContent())?.trim() ?? '').pathname
  const concerned = await open({
    viewport: { width: 360, height: 800 },
    javaScriptEnabled: false,
    extraHTTPHeaders: { 'accept-language': 'tr' },
  })
  await concerned.goto(`${link}?sprache=tr`)
  await concerned.locator('form[action*="/wie-war-es/"] input[type=radio]').first().check()
  await picture(concerned, 'evaluation-tr')
  await concerned.locator('form[action*="/wie-war-es/"] button').click()
  await concerned.goto(link)
  expect(await concerned.locator('form[action*="/wie-war-es/"]').count()).toBe(0)
  await page.goto('/lindenau/faelle/auswertung')
  await says(page, 'Noch sind es zu wenige Antworten.')

  await page.goto(at)
  await follow(page, 'Kurzer Rückblick, nur für Sie')
  await press(page, 'Rückblick festhalten')
  await says(page, 'Bitte beantworten Sie mindestens eine der drei Fragen.')
  await page.getByLabel('Was hat geholfen?').fill('Früh auf dem Platz zu sein.')
  await page.getByRole('radio', { name: 'Nein' }).check()
  await press(page, 'Rückblick festhalten')
  await says(page, 'Ihr Rückblick ist festgehalten.')
  await sound(page)
  await picture(page, 'look-back')
  await press(page, 'Als Lehre vorschlagen')
  await says(page, 'Zu diesem Fall gibt es einen Entwurf für eine Lehre.')

  await page.goto(`${at}/lehre`)
  expect(await page.getByLabel('Was war, was half').inputValue()).toBe('Früh auf dem Platz zu sein.')
  await page.getByLabel('Überschrift').fill('Früh zum Platz gehen')
  await page.getByLabel('Was war, was half').fill('Am 3. Mai in der Lindenstraße 12 half es, früh da zu sein.')
  await press(page, 'Entwurf festhalten')
  await says(page, 'Lindenstraße 12: nennt einen Ort')
  await says(page, '3. Mai: nennt einen Tag')
  await sound(page)
  await picture(page, 'lesson')
  await page.getByLabel('Was war, was half').fill('Es half, früh auf dem Platz zu sein.')
  await press(page, 'Zur Freigabe geben')

  const second = await open({ bypassCSP: true })
  await actAs(second, 'lindenau', 'Ruth Ahrens')
  await second.goto('/lindenau/faelle/lehren')
  await sound(second)
  await picture(second, 'lessons')
  await press(second, 'Freigeben')
  await says(second, 'Freigegeben am')
  await page.goto('/lindenau/faelle/lehren')
  await says(page, 'Es half, früh auf dem Platz zu sein.')
})

test('a year of few cases tells no number', async () => {
  const page = await open({ bypassCSP: true })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/faelle/zahlen?jahr=2019')
  await says(page, 'Nachgehalten nach zwölf Monaten und später')
  await says(page, 'In diesem Jahr sind es zu wenige.')
  await picture(page, 'year')
  await sound(page)
})
