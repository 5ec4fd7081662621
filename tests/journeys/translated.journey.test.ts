import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, faults, follow, picture, press, says } from '../support/pages.ts'

const { open } = useBrowser()
const matter = 'Streit um die Waschküche im Kirschweg'

/** A signed agreement of two clauses; the path of its case. */
async function agreed(page: Page): Promise<string> {
  const at = await caseFrom(page, matter)
  await page.goto(`${at}/vereinbarung`)
  const clause = (n: number) => page.locator('fieldset', { hasText: `Punkt ${n}` }).first()
  await clause(1).getByLabel('Wer?').fill('Hausverwaltung')
  await clause(1).getByLabel('Tut was?').fill('hängt einen Waschplan auf')
  await clause(1).getByLabel('Was darf davon').fill('allen im Haus')
  await clause(2).getByLabel('Wer?').fill('Familien im ersten Stock')
  await clause(2).getByLabel('Tut was?').fill('waschen nicht nach 20 Uhr')
  await page.getByLabel('Schon unterschrieben am').fill('heute')
  await press(page, 'Vereinbarung festhalten')
  return at
}

const text = async (page: Page, label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value)

async function translated(page: Page): Promise<void> {
  await says(page, 'Die Punkte gibt es nur auf Deutsch.')
  await follow(page, 'Übersetzung eintragen')
  await page.getByLabel('In welche Sprache?').selectOption('ar')
  await press(page, 'Sprache zeigen')
  await text(page, 'Punkt 1: Wer?', 'إدارة المبنى')
  await press(page, 'Übersetzung festhalten (Arabisch)')
  await says(page, 'Bitte übersetzen Sie auch das')
  await says(page, 'Bitte schreiben Sie, wer übersetzt hat.')
  await picture(page, 'translate-faults')
  expect(await faults(page)).toEqual([])
  await text(page, 'Punkt 1: Tut was?', 'تعلّق جدولًا للغسيل')
  await text(page, 'Punkt 1: Was darf davon wem gesagt werden?', 'لجميع سكان المبنى')
  await text(page, 'Wer hat übersetzt?', 'Sprachmittlerpool der Stadt')
}

test('staff writes down what somebody translated, and prints it; of two the later one loses nothing', async () => {
  const page = await open({ bypassCSP: true })
  const at = await agreed(page)
  await translated(page)
  const later = await open()
  await actAs(later, 'lindenau', 'Miriam Aydın')
  await later.goto(page.url())
  await press(page, 'Übersetzung festhalten (Arabisch)')
  await says(page, 'Arabisch: Punkt 2 steht nur auf Deutsch da')
  await picture(page, 'translate-state')
  expect(await faults(page)).toEqual([])

  await text(later, 'Punkt 2: Wer?', 'عائلات الطابق الأول')
  await text(later, 'Punkt 2: Tut was?', 'لا تغسل بعد الساعة 20')
  await text(later, 'Wer hat übersetzt?', 'Kollegin im Bürgerbüro')
  await press(later, 'Übersetzung festhalten (Arabisch)')
  await says(later, 'Inzwischen hat jemand anderes')
  const field = (label: string) => later.getByLabel(label, { exact: true }).inputValue()
  expect([await field('Punkt 1: Tut was?'), await field('Punkt 2: Wer?')]).toEqual([
    'تعلّق جدولًا للغسيل',
    'عائلات الطابق الأول',
  ])
  await says(later, 'Jetzt gespeichert: Sprachmittlerpool der Stadt')
  await picture(later, 'translate-stale')

  for (const as of ['', '&als=docx']) {
    const sheet = await page.request.get(`${at}/vereinbarung/blatt?in=ar${as}`)
    expect(sheet.status()).toBe(200)
    expect((await sheet.body()).length).toBeGreaterThan(5000)
  }
})

test('a changed draft takes the translation along to be looked at again; the page works without scripts and narrow', async () => {
  const page = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const at = await caseHere(page)
  await page.goto(`${at}/vereinbarung`)
  await page.locator('summary', { hasText: 'Eine neue Fassung beginnen' }).click()
  await page.locator('[name=what-1]').fill('hängt einen Waschplan an die Tür')
  await press(page, 'Vereinbarung festhalten')
  await follow(
    page,
    'Arabisch: noch stehen alle Punkte nur auf Deutsch da (vor einer Änderung übersetzt, bitte prüfen: Punkt 1)',
  )
  await says(page, 'Damals stand auf Deutsch: Hausverwaltung: hängt einen Waschplan auf')
  await picture(page, 'translate-before')
  await page.getByLabel('Die Übersetzung passt auch zum neuen Wortlaut.').check()
  await press(page, 'Übersetzung festhalten (Arabisch)')
  await says(page, 'Entwurf: Übersetzungen')
  expect((await page.getByRole('main').textContent())?.match(/Arabisch: Punkt 2 steht/gu)?.length).toBe(2)
  await press(page, 'Entwurf verwerfen')
})

const caseHere = async (page: Page): Promise<string> => {
  await page.goto(`/lindenau/suche?worte=${encodeURIComponent('Waschküche Kirschweg')}`)
  await page.getByRole('main').locator('a[href*="/faelle/"]').first().click()
  await page.waitForURL(/\/faelle\/[0-9a-f-]{36}$/u)
  return new URL(page.url()).pathname
}

test.each([true, false])('a party answers in Arabic on a phone, the German below (scripts: %s)', async (scripts) => {
  const hers = await open()
  await actAs(hers, 'lindenau', 'Miriam Aydın')
  await hers.goto(`${await caseHere(hers)}/vereinbarung/nachfrage`)
  await hers.getByLabel('Wer wird gefragt?').fill(`Familien (${scripts})`)
  await press(hers, 'Link erstellen')
  const link = new URL((await hers.locator('.card p.ltr').textContent())?.trim() ?? '').pathname

  const options = { bypassCSP: true, viewport: { width: 360, height: 800 }, javaScriptEnabled: scripts }
  const party = await open(options)
  await party.goto(`${link}?sprache=ar`)
  await says(party, 'تعلّق جدولًا للغسيل')
  await says(party, 'Hausverwaltung: hängt einen Waschplan auf')
  await says(party, 'Sprachmittlerpool der Stadt')
  await says(party, 'waschen nicht nach 20 Uhr')
  await picture(party, `translated-looks-${scripts}`)
  if (scripts) expect(await faults(party)).toEqual([])
  await party.locator('form[action*="/nachfrage/"] button').click()
  expect(await party.locator('.summary-of-errors').first().textContent()).toContain('إدارة المبنى')
  for (const field of await party.locator('input[value=yes]').all()) await field.check()
  await party.locator('form[action*="/nachfrage/"] button').click()
  await party.goto(link)
  expect(await party.locator('form[action*="/nachfrage/"]').count()).toBe(0)
})
