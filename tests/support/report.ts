import type { Page } from 'playwright-core'

export const codeOn = async (page: Page): Promise<string> =>
  ((await page.locator('.code').textContent()) ?? '').replaceAll(/\D/g, '')

/** The public form from its first page to the code, as an anonymous resident; returns the eighteen digits. */
export async function reportAs(page: Page, observed: string, town = 'lindenau'): Promise<string> {
  await page.goto(`/${town}/melden`)
  await page.locator('#observed').fill(observed)
  await page.locator('form[action$="/melden"] button').click()
  await page.locator('input[name=area]').first().check()
  await page.locator('form[action$="/wo"] button').click()
  await page.locator('#anonymity-anonymous').check()
  await page.locator('button[value=send]').click()
  await page.waitForURL('**/melden/code')
  return codeOn(page)
}

/** Opens the mailbox with a code typed into its page. */
export async function openMailbox(page: Page, code: string, town = 'lindenau'): Promise<void> {
  await page.goto(`/${town}/rueckmeldung`)
  await page.locator('#code').fill(code)
  await page.locator('form[action$="/rueckmeldung"] button').click()
}
