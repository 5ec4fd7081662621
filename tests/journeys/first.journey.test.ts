import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'

const { open, base } = useBrowser()

async function report(observed: string): Promise<string> {
  const response = await fetch(`${base}/api/v1/lindenau/reports`, {
    method: 'POST',
    body: JSON.stringify({ observed, area: 'nordviertel', subject: 'noise' }),
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { code: string }).code
}

const mailbox = async (code: string) =>
  (await (await fetch(`${base}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${code}` } })).json()) as {
    messages: { text: string }[]
  }

test('an anonymous report becomes a case, is closed, and the answer lies in the mailbox: three pages', async () => {
  const code = await report('Abends fliegen Flaschen auf dem Hof, die Kinder trauen sich nicht mehr hinaus.')
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await page.getByRole('link', { name: 'Abends fliegen Flaschen' }).click()
  await page.getByRole('radio', { name: 'Fall eröffnen' }).check()
  await page.getByLabel('Worum geht es').fill('Flaschenwürfe auf dem Hof')
  await page.getByRole('button', { name: 'Entscheidung festhalten' }).click()
  await expect.poll(() => page.url()).toMatch(/\/faelle\/[0-9a-f-]{36}$/)
  await page.getByRole('link', { name: 'Fall abschließen' }).click()
  await page.getByRole('radio', { name: 'beruhigt' }).check()
  await page.getByLabel('Aufwand in Stunden').fill('1,5')
  await page.getByLabel('Abschließende Nachricht').fill('Wir waren am Abend dort. Es ist ruhiger geworden.')
  await page.getByRole('button', { name: 'Fall abschließen' }).click()
  await expect.poll(async () => (await page.textContent('body'))?.includes('abgeschlossen')).toBe(true)
  await expect
    .poll(async () => (await mailbox(code)).messages.map(({ text }) => text))
    .toEqual(['Wir waren am Abend dort. Es ist ruhiger geworden.'])
})
