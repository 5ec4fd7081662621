import { join } from 'node:path'
import { Client } from 'pg'
import { expect, inject, test } from 'vitest'
import { runningServer } from '#platform/db/embedded/index.ts'
import { startServer } from '../../bench/support/server.ts'
import { accept, codeOf, invite, says, signIn } from '../support/account.ts'
import { actAs, useBrowser } from '../support/browser.ts'
import { Provider } from '../support/provider.ts'

const { open } = useBrowser()

/** Lets the day of waiting pass; nothing else of the journey goes round the pages. */
async function letADayPass(): Promise<void> {
  const { superuser, ...at } = runningServer(join(inject('demoFolder'), 'demo/postgres'))
  const client = new Client({ ...at, user: superuser, database: 'besonnen' })
  await client.connect()
  await client.query("update people.recovery set ready_at = ready_at - interval '1 day' where ready_at is not null")
  await client.end()
}

test('whoever lost every way in is let in again by two who heard her number, after a day', async () => {
  const [page, hers] = [await open(), await open({ javaScriptEnabled: false })]
  const mail = 'vergessen@lindenau.invalid'
  const first = await accept(hers, await invite(page, 'Vera Gessen', mail, 'guide'))
  await hers.context().clearCookies()
  await hers.goto('/lindenau/anmelden')
  await hers.getByRole('link', { name: 'Sie kommen nicht mehr hinein?' }).click()
  await hers.getByLabel('E-Mail-Adresse').fill(mail)
  await hers.getByRole('button', { name: 'Um neuen Zugang bitten' }).click()
  const number = (await hers.locator('main strong').textContent()) ?? ''
  expect(number).toMatch(/^\d{3} \d{3}$/u)
  for (const name of ['Miriam Aydın', 'Jonas Feldkamp']) {
    await actAs(page, 'lindenau', name)
    await page.getByRole('link', { name: 'Vera Gessen braucht einen neuen Zugang' }).click()
    const card = page.locator('section, article, div.card', { hasText: 'Vera Gessen hat den Zugang verloren' }).last()
    await card.getByLabel('Nummer, die die Person Ihnen genannt hat').fill(number)
    await card.getByRole('button', { name: 'Ich habe mit der Person gesprochen' }).click()
    await says(page, 'Bestätigt von')
  }
  expect(await page.getByRole('button', { name: 'Link für den neuen Zugang zeigen' }).count()).toBe(0)
  await letADayPass()
  await page.reload()
  await page.getByRole('button', { name: 'Link für den neuen Zugang zeigen' }).click()
  const link = new URL((await page.locator('main p.ltr').textContent()) ?? '').pathname
  const second = await accept(hers, link)
  expect(second).not.toBe(first)
  await hers.getByRole('button', { name: 'Abmelden' }).click()
  await signIn(hers, mail, codeOf(first))
  await says(hers, 'stimmen nicht')
  await signIn(hers, mail, codeOf(second, 1))
  await hers.waitForURL('**/heute')
})

test('a role is given and ended on the page of a person, and leaving closes her access at once', async () => {
  const [page, hers] = [await open({ javaScriptEnabled: false }), await open({ javaScriptEnabled: false })]
  await accept(hers, await invite(page, 'Armin Schied', 'abschied@lindenau.invalid', 'guide'))
  expect((await hers.goto('/lindenau/faelle'))?.status()).toBe(403)
  await page.goto('/lindenau/verwaltung/personen')
  await page.getByRole('link', { name: 'Armin Schied' }).click()
  await page.getByLabel('Weitere Rolle').selectOption({ label: 'Mediator:in' })
  await page.getByRole('button', { name: 'Rolle geben' }).click()
  expect((await hers.goto('/lindenau/faelle'))?.status()).toBe(200)
  await page.getByRole('button', { name: 'Rolle „Mediator:in“ beenden' }).click()
  expect((await hers.goto('/lindenau/faelle'))?.status()).toBe(403)
  await page.getByLabel('Weitere Rolle').selectOption({ label: 'Konfliktbüro' })
  await page.getByRole('button', { name: 'Rolle geben' }).click()
  await says(page, 'Die Rolle „Konfliktbüro“ wartet auf eine zweite Person.')
  await page.getByRole('link', { name: 'Armin Schied scheidet aus' }).click()
  await says(page, 'Es ist nichts zu übergeben')
  await page.getByRole('button', { name: 'Zugang beenden' }).click()
  expect(await page.getByRole('link', { name: 'Armin Schied' }).count()).toBe(0)
  expect((await hers.goto('/lindenau/heute'))?.status()).toBe(401)
})

test('the sign-in service of the administration lets somebody in, without a role, and shuts her out again', async () => {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const provider = new Provider([`http://localhost:${port}/lindenau/anmelden/dienst/zurueck`])
  await provider.start()
  const env = {
    BESONNEN_URL: `http://localhost:${port}`,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  }
  const server = await startServer({ port, env })
  const page = await open({ baseURL: server.url, javaScriptEnabled: false })
  provider.claims = { sub: 'olga', name: 'Olga Dienst', groups: ['besonnen-lindenau'] }
  await page.goto('/lindenau/anmelden')
  await page.getByRole('link', { name: 'Über die Verwaltung anmelden' }).click()
  await page.waitForURL('**/lindenau/heute')
  await page.getByRole('link', { name: 'Olga Dienst' }).click()
  await says(page, 'Sie haben zurzeit keine Rolle')
  await says(page, 'Andere Wege gibt es für Sie nicht')
  expect((await page.goto('/lindenau/eingang'))?.status()).toBe(403)
  provider.claims = { sub: 'olga', name: 'Olga Dienst', groups: [] }
  const again = await open({ baseURL: server.url, javaScriptEnabled: false })
  await again.goto('/lindenau/anmelden')
  await again.getByRole('link', { name: 'Über die Verwaltung anmelden' }).click()
  await says(again, 'lässt Sie hier aber nicht zu')
  expect((await page.goto('/lindenau/heute'))?.status()).toBe(401)
  await server.stop()
  await provider.stop()
})
