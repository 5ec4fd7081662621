import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { reportAs } from '../support/report.ts'

const { open } = useBrowser()
const matter = 'Streit um den Brunnen vor der Bücherei'

/** Every page somebody sees, however she got there. */
const seen = { pages: 0 }
function counting(page: Page): Page {
  page.on('load', () => (seen.pages += 1))
  return page
}
const press = async (page: Page, name: string) => {
  await page.getByRole('main').getByRole('button', { name, exact: true }).click()
  await page.waitForLoadState()
}
const follow = async (page: Page, name: string | RegExp) => {
  await page.getByRole('main').getByRole('link', { name }).first().click()
  await page.waitForLoadState()
}
const says = (page: Page, text: string) =>
  expect.poll(async () => (await page.textContent('main'))?.includes(text), { message: text }).toBe(true)

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
  await follow(page, 'Unparteilich oder befangen?')
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
