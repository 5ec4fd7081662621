import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { follow, picture, press, says } from '../support/pages.ts'
import { reportAs } from '../support/report.ts'

const { open } = useBrowser()
const matter = 'Streit um den Brunnen vor der Bücherei'

/** Every page somebody sees, however she got there. */
const seen = { pages: 0 }
function counting(page: Page): Page {
  page.on('load', () => (seen.pages += 1))
  return page
}

/** Signed in, whoever works here stands on Heute. */
async function at(page: Page, name: string): Promise<void> {
  await actAs(page, 'lindenau', name)
  await page.waitForURL('**/heute')
  counting(page)
  seen.pages += 1
  await follow(page, new RegExp(matter))
}

async function coordinate(page: Page): Promise<void> {
  await at(page, 'Miriam Aydın')
  await page.getByRole('radio', { name: 'Fall eröffnen' }).check()
  await page.getByLabel('Worum geht es').fill(matter)
  await press(page, 'Entscheidung festhalten')
  await follow(page, 'Fall einschätzen')
  await page.getByLabel('Was geschieht als Nächstes?').fill('Beide Seiten einladen')
  await page.getByRole('radio', { name: 'Fallbild abschließen' }).check()
  await press(page, 'Einschätzung festhalten')
  await page.getByRole('radio', { name: 'Klärungsgespräch' }).check()
  await page.getByLabel('Warum passt das?').fill('Es sind nur zwei Seiten, und beide wollen reden')
  await press(page, 'Verfahren festlegen')
  for (const question of await page.locator('fieldset', { hasText: 'Noch nicht bekannt' }).all())
    await question.getByRole('radio', { name: 'Nein', exact: true }).check()
  await press(page, 'Verfahren festlegen')
  await follow(page, 'Fall zuweisen')
  await page.getByRole('radio', { name: 'Olena Marchenko' }).check()
  await page.getByRole('radio', { name: 'Führt den Fall' }).check()
  await press(page, 'Fall zuweisen')
  await says(page, 'Olena Marchenko')
}

async function agree(page: Page): Promise<void> {
  await at(page, 'Olena Marchenko')
  await follow(page, 'Unparteilichkeit erklären')
  await press(page, 'Unparteilichkeit erklären')
  await follow(page, 'Vereinbarung')
  const clause = page.locator('fieldset', { hasText: 'Punkt 1' }).first()
  await clause.getByLabel('Wer?').fill('Bücherei')
  await clause.getByLabel('Tut was?').fill('Bänke auf die andere Seite stellen')
  await page.getByLabel('Schon unterschrieben am').fill('heute')
  await press(page, 'Vereinbarung festhalten')
  await says(page, 'Unterschrieben am')
  await says(page, 'Bänke auf die andere Seite stellen')
}

test('from a report to a signed agreement, somebody who never did it sees at most twenty pages', async () => {
  const resident = counting(await open({ viewport: { width: 360, height: 800 } }))
  await reportAs(resident, matter)
  await coordinate(await open())
  await agree(await open())
  expect(seen.pages).toBeLessThanOrEqual(20)
})

async function caseOf(page: Page, name: string): Promise<string> {
  await actAs(page, 'lindenau', name)
  await page.goto(`/lindenau/suche?worte=${encodeURIComponent('Brunnen Bücherei')}`)
  await page.getByRole('main').locator('a[href*="/faelle/"]').first().click()
  await page.waitForURL(/\/faelle\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

test('a party says over a link, without a script and in Arabic, whether it holds; the handler reads it', async () => {
  const hers = await open()
  const at = await caseOf(hers, 'Olena Marchenko')
  await hers.goto(`${at}/vereinbarung`)
  await follow(hers, 'Eine Partei über einen Link fragen')
  await hers.getByLabel('Wer wird gefragt?').fill('Leserunde')
  await press(hers, 'Link erstellen')
  await picture(hers, 'ask')
  // On paper it is for the party: nothing the office says to itself, and the question in her language.
  await hers.emulateMedia({ media: 'print' })
  expect(await hers.getByText('Wer schon gefragt wurde').isVisible()).toBe(false)
  expect(await hers.getByText('هل ما زال').first().isVisible()).toBe(true)
  expect(await hers.getByText(matter).isVisible()).toBe(false)
  await hers.emulateMedia({ media: null })
  const link = new URL((await hers.locator('.card p.ltr').textContent())?.trim() ?? '').pathname
  const party = await open({ viewport: { width: 360, height: 800 }, javaScriptEnabled: false })
  await party.goto(`${link}?sprache=ar`)
  expect(await party.locator('html').getAttribute('dir')).toBe('rtl')
  await party.locator('form[action*="/nachfrage/"] button').click()
  expect(await party.locator('.summary-of-errors').first().textContent()).toContain('Bücherei')
  await picture(party, 'looks-ar')
  await party.locator('input[value=partly]').check()
  await party.locator('main textarea').fill('Eine Bank fehlt noch.')
  await party.locator('form[action*="/nachfrage/"] button').click()
  await party.goto(link)
  expect(await party.locator('form[action*="/nachfrage/"]').count()).toBe(0)
  await hers.goto(`${at}/vereinbarung`)
  await says(hers, 'hält teilweise')
  await says(hers, 'Eine Bank fehlt noch.')
  await picture(hers, 'agreement')
})

test('what the parties allow stands on the public page, in words of its own, until it is taken back', async () => {
  const page = await open()
  const at = await caseOf(page, 'Miriam Aydın')
  await page.goto(`${at}/vereinbarung`)
  await follow(page, 'Öffentlich zusagen, was alle lesen dürfen')
  await page.getByRole('radio', { name: /Bänke/ }).check()
  await page.getByLabel('Wer sagt etwas zu?').fill('Die Stadtbücherei')
  await page.getByLabel('Was wird zugesagt?').fill('Mehr Platz am Brunnen')
  await press(page, 'Öffentlich machen')
  await says(page, 'Bitte tragen Sie den Tag ein')
  await page.getByLabel('Wann haben die Parteien das erlaubt?').fill('gestern')
  await press(page, 'Öffentlich machen')
  await picture(page, 'publish')
  const resident = await open({ viewport: { width: 360, height: 800 } })
  await resident.goto('/lindenau')
  await follow(resident, 'Was zugesagt wurde')
  await says(resident, 'Mehr Platz am Brunnen')
  expect(await resident.content()).not.toContain('Bänke')
  await picture(resident, 'promised')
  await page.getByRole('button', { name: /Von der Seite nehmen/ }).click()
  await says(page, 'Öffentlich steht noch nichts.')
})
