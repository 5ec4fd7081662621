import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'
import { press, says, told } from '../support/pages.ts'

const { open, base } = useBrowser()

const report = (observed: string) => told('lindenau', { observed, area: 'rosenaue', subject: 'litter' })
async function messages(code: string): Promise<string[]> {
  const response = await fetch(`${base}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${code}` } })
  return ((await response.json()) as { messages: { text: string }[] }).messages.map(({ text }) => text)
}

test('two reports of one evening are merged, answered together and parted again', async () => {
  const first = await report('Am Ententeich lagen heute früh überall Scherben, nachts gab es dort ein lautes Fest.')
  const second = await report('Nachts lautes Fest am Ententeich, heute früh überall Scherben auf der Wiese.')
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await page.getByRole('link', { name: 'Nachts lautes Fest am Ententeich' }).click()
  await says(page, 'Vielleicht dieselbe Sache')
  await page.getByRole('link', { name: 'Texte vergleichen' }).click()
  await press(page, 'Meldungen zusammenführen')
  await says(page, 'Bitte nennen Sie den Grund.')
  await page.getByRole('radio', { name: 'wohl derselbe Vorfall' }).first().check()
  await page.getByLabel('Warum gehören sie zusammen?').fill('Gleiche Nacht, gleicher Ort')
  await press(page, 'Meldungen zusammenführen')
  await says(page, 'Geht zusammen weiter')

  await page.getByLabel('Ihre Nachricht').fill('Der Bauhof räumt heute auf.')
  await page.getByLabel('Die Nachricht in alle 2 Postfächer legen').check()
  await press(page, 'Nachricht ins Postfach legen')
  await says(page, 'Der Bauhof räumt heute auf.')
  expect([await messages(first), await messages(second)]).toEqual(Array(2).fill(['Der Bauhof räumt heute auf.']))

  await page.goto('/lindenau/eingang')
  await says(page, '2 zusammen')
  await page.locator('tr', { hasText: '2 zusammen' }).getByRole('link').first().click()
  await page.locator('.card', { hasText: 'Geht zusammen weiter' }).getByRole('link').click()
  await press(page, 'Wieder trennen')
  await page.goto('/lindenau/eingang')
  expect(await page.getByRole('link', { name: 'Ententeich' }).count()).toBe(2)
})

test('diffuse complaints become one case that lists them', async () => {
  await report('Wieder Sperrmüll am Wehr.')
  await report('Sperrmüll vor dem Bootshaus, niemand fühlt sich zuständig.')
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await page.getByRole('link', { name: 'Wieder Sperrmüll am Wehr.' }).click()
  await page.getByRole('link', { name: 'Mit anderen Meldungen zu einer Sache bündeln' }).click()
  expect(await page.getByLabel('Wieder Sperrmüll am Wehr.').isChecked()).toBe(true)
  await page.getByLabel('Sperrmüll vor dem Bootshaus').check()
  await page.getByLabel('Worum geht es?').fill('Sperrmüll am Ufer')
  await page.getByLabel('Was haben sie gemeinsam?').fill('Gleiche Ecke, gleiche Ursache')
  await press(page, 'Meldungen bündeln')
  await page.waitForURL(/\/faelle\/[0-9a-f-]{36}$/)
  await says(page, '2 Meldungen')
  await says(page, 'Sperrmüll vor dem Bootshaus')
})
