import { expect, test } from 'vitest'
import { accept, codeOf, invite, says, signIn } from '../support/account.ts'
import { actAs, useBrowser } from '../support/browser.ts'

const { open } = useBrowser()
test('from an invitation over a second person to signing in, without scripts', async () => {
  const page = await open({ javaScriptEnabled: false })
  const mail = 'neu@lindenau.invalid'
  const link = await invite(page, 'Nele Neumann', mail, 'coordination')
  await says(page, 'Nele Neumann ist vorgeschlagen')
  const hers = await open({ javaScriptEnabled: false })
  const secret = await accept(hers, link)
  expect((await hers.goto('/lindenau/verwaltung/personen'))?.status()).toBe(403)
  await actAs(page, 'lindenau', 'Jonas Feldkamp')
  await page.goto('/lindenau/verwaltung/personen')
  await page.getByRole('button', { name: 'Bestellung freigeben' }).click()
  expect((await hers.goto('/lindenau/verwaltung/personen'))?.status()).toBe(200)

  await hers.getByRole('button', { name: 'Abmelden' }).click()
  await hers.waitForURL('**/anmelden')
  expect((await hers.goto('/lindenau/heute'))?.status()).toBe(401)
  await signIn(hers, mail, '000000')
  await says(hers, 'stimmen nicht')
  expect(await hers.getByLabel('Passwort').inputValue()).toBe('')
  const code = codeOf(secret, 1)
  await signIn(hers, mail, code)
  await hers.waitForURL('**/heute')
  const replay = await open({ javaScriptEnabled: false })
  await signIn(replay, mail, code)
  await says(replay, 'stimmen nicht')
})

test("a passkey of the device is set up on one's own page and opens the access from then on", async () => {
  const page = await open()
  const mail = 'passkey@lindenau.invalid'
  const link = await invite(page, 'Paula Schmitt', mail, 'guide')
  const hers = await open()
  const device = await hers.context().newCDPSession(hers)
  await device.send('WebAuthn.enable')
  const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await accept(hers, link)
  await hers.getByRole('link', { name: 'Paula Schmitt' }).click()
  await hers.getByLabel('Name des neuen Passkeys').fill('Diensthandy')
  await hers.getByRole('button', { name: 'Passkey einrichten' }).click()
  await says(hers, 'noch nicht benutzt')
  await hers.getByRole('button', { name: 'Abmelden' }).click()
  await hers.waitForURL('**/anmelden')
  await hers.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
  await hers.waitForURL('**/heute')
  await hers.goto('/lindenau/heute/zugang')
  await says(hers, 'zuletzt benutzt am')
  await hers.getByRole('button', { name: 'Passkey „Diensthandy“ entfernen' }).click()
  await says(hers, 'Name des neuen Passkeys')
  await hers.getByRole('button', { name: 'Abmelden' }).click()
  await hers.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
  await says(hers, 'Dieser Passkey passt zu keinem Zugang hier')
  await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await hers.getByRole('button', { name: 'Mit Passkey anmelden' }).click()
  await says(hers, 'Der Passkey wurde nicht benutzt')
})
