import { Secret, TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { actAs } from './browser.ts'

const password = 'ein Satz mit vielen Wörtern'
export const says = (page: Page, text: string) =>
  expect.poll(async () => (await page.textContent('main'))?.includes(text), { message: text }).toBe(true)

/** The code an app shows `ahead` half minutes from now; the next one is taken too, for clocks that are late. */
export const codeOf = (secret: string, ahead = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 })

export async function invite(page: Page, name: string, mail: string, ...roles: string[]): Promise<string> {
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/verwaltung/personen')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-Mail-Adresse').fill(mail)
  for (const role of roles) await page.locator(`input[name=roles][value=${role}]`).check()
  await page.getByRole('button', { name: 'Person einladen' }).click()
  const link = page.locator('main p.ltr')
  return new URL((await link.textContent()) ?? '').pathname
}

/** Follows an invitation; answers the secret of the second factor. */
export async function accept(page: Page, link: string): Promise<string> {
  await page.goto(link)
  const secret = ((await page.locator('p.ltr').textContent()) ?? '').replaceAll(' ', '')
  await page.getByLabel('Passwort').fill(password)
  await page.getByLabel('Code, den die App jetzt anzeigt').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Zugang einrichten' }).click()
  await page.waitForURL('**/heute')
  return secret
}

export async function signIn(page: Page, mail: string, code: string): Promise<void> {
  await page.goto('/lindenau/anmelden')
  await page.getByLabel('E-Mail-Adresse').fill(mail)
  await page.getByLabel('Passwort').fill(password)
  await page.getByLabel('Sechsstelliger Code').fill(code)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
}
