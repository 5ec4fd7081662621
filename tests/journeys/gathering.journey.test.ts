import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { languages } from '#platform/i18n/index.ts'
import { actAs, useBrowser } from '../support/browser.ts'
import { faults } from '../support/pages.ts'

const { open, base } = useBrowser()
const inDays = (days: number) => {
  const at = new Date(Date.now() + days * 86_400_000)
  return new Intl.DateTimeFormat('de-DE', { dateStyle: 'short', timeZone: 'Europe/Berlin' }).format(at)
}

/** The text of the newest mail to this address with this beginning of its subject. */
async function mailTo(page: Page, address: string, subject: string): Promise<string> {
  const found = async () => {
    await page.goto('/dev/mail')
    const mails = await page.locator('li').allTextContents()
    return mails.find((text) => text.includes(`an ${address}`) && text.trim().startsWith(subject)) ?? ''
  }
  await expect.poll(found, { timeout: 20_000 }).not.toBe('')
  return found()
}

const linkIn = (mail: string, part: string) =>
  new RegExp(`${base}(/lindenau/veranstaltungen/${part}/\\S+)`).exec(mail)?.[1] ?? ''

async function plan(
  page: Page,
  title: string,
  more: Record<string, string> = {},
  kind = 'conference',
): Promise<string> {
  await page.goto('/lindenau/veranstaltungen/verwalten/neu')
  await page.locator('#kind').selectOption(kind)
  const fields = {
    title,
    summary: 'Was wir gelernt haben.',
    day: inDays(20),
    from: '10',
    until: '15:30',
    deadline: inDays(14),
    ...more,
  }
  for (const [name, value] of Object.entries(fields)) await page.locator(`#${name}`).fill(value)
  await page.locator('#room').fill('https://video.example/raum?pwd=geheim')
  await page.getByRole('button', { name: 'Entwurf anlegen' }).click()
  return page.url()
}

test('online and announced in two pages; from registration to withdrawal without script', async () => {
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await plan(page, 'Konferenz der Reise', { places: '1' })
  await page.getByRole('button', { name: 'Jetzt ankündigen' }).click()
  const address = (await page.getByText('/lindenau/veranstaltungen/konferenz-der-reise').textContent()) ?? ''

  const visitor = await open({ javaScriptEnabled: false })
  const response = await visitor.goto(address)
  expect(await visitor.textContent('main')).toContain('bis einschließlich')
  expect(await visitor.content()).not.toContain('video.example')
  expect((await response!.body()).byteLength).toBeLessThan(40_000)
  await visitor.getByRole('link', { name: 'Zur Anmeldung' }).click()
  await visitor.getByRole('button', { name: 'Anmelden' }).click()
  expect(await visitor.title()).toMatch(/^Fehler: /)
  await visitor.locator('#name').fill('Ada Öz')
  await visitor.locator('#mail').fill('ada@example.org')
  await visitor.locator('#need').fill('Gebärdensprache')
  await visitor.getByRole('button', { name: 'Anmelden' }).click()
  expect(await visitor.textContent('h1')).toContain('Danke')

  const mails = await open()
  const confirmed = await mailTo(mails, 'ada@example.org', 'Ihr Platz')
  expect(confirmed).toContain('Was Sie für Ihre Teilnahme brauchen')
  const own = linkIn(confirmed, 'anmeldung')
  await visitor.goto(own)
  expect(await visitor.textContent('main')).toContain('Sie haben einen Platz.')

  // Somebody else waits and is asked as soon as the place is free; opening links changes nothing.
  const second = await open({ javaScriptEnabled: false })
  await second.goto(`${address}/anmelden`)
  expect(await second.textContent('main')).toContain('Warteliste')
  await second.locator('#name').fill('Ben Kurt')
  await second.locator('#mail').fill('ben@example.org')
  await second.locator('form[action$="/anmelden"] button').click()
  const waiting = linkIn(await mailTo(mails, 'ben@example.org', 'Warteliste'), 'anmeldung')
  for (const path of [own, waiting, own]) await second.goto(path)
  expect(await second.textContent('main')).toContain('Sie haben einen Platz.')
  await visitor.goto(own)
  await visitor.getByRole('button', { name: 'Anmeldung zurückziehen' }).click()
  expect(await visitor.textContent('main')).toContain('zurückgezogen')
  await mailTo(mails, 'ada@example.org', 'Zurückgezogen')
  await mailTo(mails, 'ben@example.org', 'Ein Platz ist frei')
  await second.goto(waiting)
  await second.getByRole('button', { name: 'Platz nehmen' }).click()
  expect(await second.textContent('main')).toContain('Sie haben einen Platz.')

  // The organiser sees who comes; a forged link is a page that is not there.
  await page.getByRole('link', { name: 'Angemeldete und Warteliste' }).click()
  expect(await page.textContent('main')).toContain('Ben Kurt')
  expect((await visitor.goto(`/lindenau/veranstaltungen/anmeldung/${'x'.repeat(43)}`))!.status()).toBe(404)
})

test('places cannot fall below those given; a deadline in the past is named at its field', async () => {
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await plan(page, 'Zu frühe Frist', { deadline: 'gestern' })
  expect(await page.locator('#deadline-error').textContent()).toContain('Dieser Anmeldeschluss ist vorbei')
  await page.locator('#deadline').fill(inDays(3))
  await page.locator('#places').fill('2')
  await page.getByRole('button', { name: 'Entwurf anlegen' }).click()
  await page.getByRole('button', { name: 'Jetzt ankündigen' }).click()
  const visitor = await open()
  for (const n of [1, 2]) {
    await visitor.goto('/lindenau/veranstaltungen/zu-fruehe-frist/anmelden')
    await visitor.locator('#name').fill(`Gast ${n}`)
    await visitor.locator('#mail').fill(`gast${n}@example.org`)
    await visitor.locator('form[action$="/anmelden"] button').click()
  }
  await page.goto(`${page.url()}/angaben`)
  await page.locator('#places').fill('1')
  await page.getByRole('button', { name: 'Änderung speichern' }).click()
  expect(await page.locator('#places-error').textContent()).toContain('2 Plätze sind schon vergeben')
})

test('the calendar of open gatherings is read by an independent parser and gives nothing away', async () => {
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await plan(page, 'Für den Kalender')
  await page.getByRole('button', { name: 'Jetzt ankündigen' }).click()
  const text = await (await fetch(`${base}/lindenau/veranstaltungen/kalender.ics`)).text()
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  expect(events.map((event) => event.getFirstPropertyValue('summary'))).toContain('Für den Kalender')
  expect(text).not.toMatch(/video\.example|ATTENDEE/)
})

const phone = { viewport: { width: 360, height: 740 }, bypassCSP: true }

test('a citizens’ dialogue speaks all languages, and axe finds nothing on any of its pages', async () => {
  const page = await open(phone)
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const manage = await plan(page, 'Dialog im Norden', {}, 'citizens-dialogue')
  await page.goto(`${manage}/fragen`)
  await page.locator('#questions').fill('Mittagessen: vegetarisch; vegan*\nMit dem Bus? (ja/nein)\nAmt')
  await page.locator('#groups').fill('aus dem Viertel\nvon anderswo')
  await page.getByRole('button', { name: 'Änderungen festhalten' }).click()
  await page.getByRole('button', { name: 'Jetzt ankündigen' }).click()
  const found: string[] = []
  const address = '/lindenau/veranstaltungen/dialog-im-norden'
  for (const { id } of languages) {
    const visitor = await open(phone)
    await visitor.goto(`/lindenau/veranstaltungen?sprache=${id}`)
    found.push(...(await faults(visitor, `${id} list`)))
    await visitor.goto(address)
    found.push(...(await faults(visitor, `${id} page`)))
    await visitor.goto(`${address}/anmelden`)
    await visitor.locator('form[action$="/anmelden"] button').click()
    found.push(...(await faults(visitor, `${id} form with faults`)))
    await visitor.locator('#name').fill('Ada')
    await visitor.locator('#mail').fill(`${id}@example.org`)
    await visitor.getByLabel('vegan', { exact: true }).check()
    await visitor.locator('form[action$="/anmelden"] button').click()
    found.push(...(await faults(visitor, `${id} thanks`)))
  }
  const mails = await open()
  const own = linkIn(await mailTo(mails, 'ar@example.org', 'مكانكم'), 'anmeldung')
  const guest = await open(phone)
  await guest.goto(`${own}?sprache=ar`)
  found.push(...(await faults(guest, 'own')))
  for (const part of [
    '',
    '/angaben',
    '/programm',
    '/fragen',
    '/termine',
    '/teilnehmende',
    '/einlass',
    '/bedarfe',
    '/mails',
    '/rueckmeldungen',
    '/ergebnisse',
    '/unterlagen',
  ]) {
    await page.goto(`${manage}${part}`)
    found.push(...(await faults(page, `staff ${part}`)))
  }
  await page.goto('/lindenau/verwaltung/videodienste')
  found.push(...(await faults(page, 'services')))
  expect(found).toEqual([])
}, 300_000)
