import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, faults, press, says } from '../support/pages.ts'

const { open } = useBrowser()

async function addParty(page: Page, label: string, how: string): Promise<void> {
  await page.getByLabel('Rolle oder Gruppe').fill(label)
  await page.getByRole('radio', { name: how, exact: true }).check()
  await page.getByRole('radio', { name: 'Gruppe', exact: true }).check()
  await press(page, 'Beteiligte festhalten')
  await says(page, label)
}

async function deepen(javaScriptEnabled: boolean, observed: string): Promise<{ page: Page; at: string }> {
  const page = await open({ javaScriptEnabled })
  const at = await caseFrom(page, observed)
  await page.getByRole('link', { name: 'Beteiligte', exact: true }).click()
  await addParty(page, 'Nachbarschaft links', 'Konfliktpartei')
  await addParty(page, 'Nachbarschaft rechts', 'Konfliktpartei')
  await page.goto(`${at}/einschaetzung`)
  await page.getByLabel('Was geschieht als Nächstes?').fill('Mit dem Schiedsamt sprechen')
  await page.getByText('Wie weit ist es eskaliert, je Seite?').click()
  await page.getByLabel('Stufe: Nachbarschaft links').selectOption('3')
  await press(page, 'Einschätzung festhalten')
  await says(page, 'Konfliktpartei, Stufe 3')
  await page.goto(`${at}/einschaetzung`)
  await page.getByText('Wie weit ist es eskaliert, je Seite?').click()
  await page.getByLabel('Stufe: Nachbarschaft links').selectOption('5')
  await press(page, 'Einschätzung festhalten')
  await page.goto(`${at}/einschaetzung/fassungen`)
  await says(page, 'Stufe bei „Nachbarschaft links“ 3 → 5')
  await page.goto(`${at}/landkarte`)
  await page.getByLabel('1. Von').selectOption({ label: 'Nachbarschaft links' })
  await page.getByLabel('1. Art der Beziehung').selectOption({ label: 'Spannung' })
  await page.getByLabel('1. Zu').selectOption({ label: 'Nachbarschaft rechts' })
  await press(page, 'Landkarte festhalten')
  await says(page, 'Zwischen Nachbarschaft links und Nachbarschaft rechts ist Spannung')
  return { page, at }
}

test('a conflict is thought through without scripts: parties, stages, versions, map', async () => {
  await deepen(false, 'Zaun und laute Worte')
})

test('on the canvas actors are moved and connected, by pointer and by keyboard; no page has a fault axe can find', async () => {
  const { page, at } = await deepen(true, 'Hecke und laute Worte')
  const actors = page.locator('svg.map .actor')
  await expect.poll(() => actors.first().getAttribute('role')).toBe('button')
  const [left, right] = [actors.nth(0), actors.nth(1)]
  const place = async (id: string | null) => page.locator(`input[name="at-${id}"]`).inputValue()
  const id = await left.getAttribute('data-actor')
  const before = await place(id)
  const path = page.locator('svg.map .relation path')
  const line = await path.getAttribute('d')
  await left.focus()
  await page.keyboard.press('ArrowDown')
  await says(page, 'ist verschoben')
  expect(await place(id)).not.toBe(before)
  expect(await path.getAttribute('d')).not.toBe(line)

  const box = (await left.boundingBox())!
  const keyboard = await place(id)
  await page.mouse.move(box.x + box.width / 2, box.y + 12)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 - 40, box.y + 40, { steps: 4 })
  await page.mouse.up()
  expect(await place(id)).not.toBe(keyboard)

  await left.focus()
  await page.keyboard.press('Enter')
  await says(page, 'ist gewählt')
  await right.focus()
  await page.keyboard.press('Enter')
  await says(page, 'Verbunden mit')
  await page.getByLabel('1. Art der Beziehung').selectOption({ label: 'einseitige Macht' })
  const placed = await place(id)
  await press(page, 'Landkarte festhalten')
  await says(page, 'hat Macht über')
  expect(await place(id)).toBe(placed)

  const narrow = await open({ viewport: { width: 360, height: 740 }, bypassCSP: true })
  await actAs(narrow, 'lindenau', 'Jonas Feldkamp')
  const found: string[] = []
  for (const step of [
    '',
    '/beteiligte',
    '/einschaetzung',
    '/einschaetzung/zweite',
    '/einschaetzung/fassungen',
    '/landkarte',
    '/landkarte/vergleich',
    '/zeitstrahl',
    '/arbeitsblatt',
  ]) {
    await narrow.goto(at + step)
    await narrow.evaluate('for (const one of document.querySelectorAll("details")) one.open = true')
    found.push(...(await faults(narrow)))
  }
  expect(found).toEqual([])
})

test('on a phone a map of six is placed anew: nothing scrolls sideways, and two taps connect', async () => {
  const page = await open({ viewport: { width: 360, height: 740 } })
  const at = await caseFrom(page, 'Streit um sechs Schaukeln')
  await page.goto(`${at}/beteiligte`)
  for (const label of ['Eltern', 'Kita', 'Bauhof', 'Turnverein', 'Jugendtreff', 'Mieterrat'])
    await addParty(page, label, 'Konfliktpartei')
  await page.goto(`${at}/landkarte`)
  await press(page, 'Landkarte festhalten')
  expect(await page.locator('svg.map:visible').count()).toBe(1)
  const beyond = `[...document.querySelectorAll('.map-frame')].map((one) => one.scrollWidth - one.clientWidth)`
  expect(await page.evaluate(beyond)).toEqual([0])
  const shapes = page.locator('svg.map.narrow .actor .shape')
  expect(await shapes.count()).toBe(6)
  await shapes.nth(0).click()
  await shapes.nth(1).click()
  await says(page, 'Verbunden mit')
})
