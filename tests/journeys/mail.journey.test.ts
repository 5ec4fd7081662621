import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'

const { open, base } = useBrowser()

test('a report arrives: the office gets a mail that says nothing of it, and one’s own calendar shows the day', async () => {
  const response = await fetch(`${base}/api/v1/lindenau/reports`, {
    method: 'POST',
    body: JSON.stringify({ observed: 'Kanarienvogel im Treppenhaus, jeden Abend.', area: 'nordviertel' }),
  })
  expect(response.status).toBe(201)
  const { code } = (await response.json()) as { code: string }

  const page = await open()
  const mails = async () => {
    await page.goto('/dev/mail')
    return (await page.textContent('main')) ?? ''
  }
  await expect.poll(mails, { timeout: 20_000 }).toContain('aydin@lindenau.invalid')
  const text = await mails()
  expect(text).toContain('Es gibt etwas Neues')
  expect(text).toContain(`${base}/lindenau/heute`)
  expect(text).not.toMatch(/Kanarien|Treppenhaus|Nordviertel|nordviertel/)
  expect(text.replaceAll(/\D/g, '')).not.toContain(code)

  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.getByRole('link', { name: 'Mitteilungen und Kalender' }).click()
  await page.getByRole('radio', { name: 'Gesammelt am Morgen' }).check()
  await page.getByRole('button', { name: 'Festhalten' }).click()
  expect(await page.getByRole('radio', { name: 'Gesammelt am Morgen' }).isChecked()).toBe(true)
  await page.getByRole('button', { name: 'Kalenderadresse anlegen' }).click()
  const address = (await page.getByText('.ics').textContent()) ?? ''
  const feed = await (await fetch(address)).text()
  expect(feed).toContain('SUMMARY:Meldung bearbeiten')
  expect(feed).not.toMatch(/Kanarien|Treppenhaus|ordviertel/)
  await page.reload()
  expect(await page.textContent('main'), 'shown once only').not.toContain('.ics')
})
