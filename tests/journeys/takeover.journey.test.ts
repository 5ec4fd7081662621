import { join } from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'

const { open } = useBrowser()
const data = join(import.meta.dirname, '../support/data/takeover')
const save = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).click()
const text = async (page: Page) => (await page.textContent('main'))?.replaceAll(/\s+/g, ' ') ?? ''
const says = (page: Page, words: string) => expect.poll(() => text(page), { message: words }).toContain(words)
/** Work that is done by itself: looked at again until it says so. */
const becomes = (page: Page, words: string) =>
  expect
    .poll(
      async () => {
        await page.reload()
        return text(page)
      },
      { message: words, timeout: 30_000, interval: 500 },
    )
    .toContain(words)

test('a messy register is looked at, corrected by hand, taken over and taken back', async () => {
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/eingang')
  await page.getByRole('link', { name: 'Register oder Liste übernehmen' }).click()
  await save(page, 'Tabelle ansehen')
  await says(page, 'Bitte wählen Sie eine Datei.')
  const old = { name: 'register.xls', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from([0xd0, 0xcf, 0, 0, 1]) }
  await page.getByLabel('Tabelle').setInputFiles(old)
  await save(page, 'Tabelle ansehen')
  await says(page, 'Bitte speichern Sie sie als .xlsx oder CSV')
  await page.getByLabel('Eigenes Register').check()
  await page.getByLabel('Tabelle').setInputFiles(join(data, 'unordentlich.csv'))
  await save(page, 'Tabelle ansehen')

  // Proposed by the headings; what cannot be read says its line and how to mend it.
  await says(page, 'Noch ist nichts übernommen.')
  expect(await page.getByLabel('Eingegangen am').locator('option:checked').textContent()).toBe('C: Eingang')
  await says(page, 'Zeilen mit Fehlern')
  await says(page, '31.02.2025')
  await says(page, 'Bitte schreiben Sie ihn so: 03.12.2025.')
  await page.getByLabel('Anliegen', { exact: true }).selectOption({ label: 'steht nirgends' })
  await page.getByLabel('Ergänzung zum Anliegen').selectOption({ label: 'steht nirgends' })
  await save(page, 'So übernehmen')
  await says(page, 'Bitte wählen Sie die Spalte, in der das Anliegen steht.')
  await page.getByLabel('Anliegen', { exact: true }).selectOption({ label: 'D: Anliegen' })
  await page.getByText('Leere Zellen auffüllen').click()
  await page.getByRole('checkbox', { name: 'Gebiet' }).check()
  await page.getByLabel('An welchem Schritt beginnen laufende Fälle?').selectOption({ label: 'In Bearbeitung' })
  await save(page, 'So übernehmen')
  await becomes(page, 'Die Übernahme ist fertig.')
  await says(page, '3 Fälle, 2 Zahlen für die Statistik, 0 Meldungen')
  await says(page, '6 Zeilen wurden nicht übernommen')
  const address = page.url()

  await page.goto('/lindenau/faelle')
  await page.getByRole('link', { name: 'Streit um den Grillplatz' }).click()
  await says(page, 'Aus dem bisherigen Register übernommen: 2/25')

  // The register goes out the same way it came in.
  await page.goto('/lindenau/faelle/register')
  const download = page.waitForEvent('download')
  await save(page, 'Register ausgeben')
  const [sheet] = await readXlsxFile(await (await download).path())
  const grill = sheet!.data.find((cells) => cells.includes('Streit um den Grillplatz'))
  expect(grill?.[1]).toEqual(new Date('2025-02-10'))
  expect(grill?.[7]).toEqual(new Date('2026-12-01'))

  await page.goto(address)
  await save(page, 'Übernahme zurücknehmen')
  await becomes(page, 'Von ihr ist nichts mehr da.')
  await page.goto('/lindenau/faelle')
  expect(await page.getByRole('link', { name: 'Streit um den Grillplatz' }).count()).toBe(0)
  await page.goto('/lindenau/suche?worte=Grillplatz')
  expect(await page.getByRole('link', { name: 'Streit um den Grillplatz' }).count()).toBe(0)
})

test('a mail becomes an entry, once; a card’s code opens its mailbox', async () => {
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const token = await (async () => {
    await page.goto('/lindenau/eingang/codekarten')
    return page.locator('main input[name=_token]').inputValue()
  })()
  const sheet = await page.request.post('/lindenau/eingang/codekarten', { form: { _token: token, count: '9' } })
  expect(sheet.status()).toBe(200)
  expect((await sheet.body()).subarray(0, 5).toString()).toBe('%PDF-')

  const mail = {
    name: 'meldung.eml',
    mimeType: 'message/rfc822',
    buffer: Buffer.from(
      'From: Frau Beispiel <frau@example.invalid>\r\nSubject: Hecke\r\nMessage-ID: <journey@example.invalid>\r\n\r\nDie Hecke am Spielplatz ist weg.\r\n\r\nAm 1.11.2026 um 10:00 schrieb Amt <amt@example.invalid>:\r\n> Alte Nachricht\r\n',
    ),
  }
  const read = async () => {
    await page.goto('/lindenau/eingang/neu')
    await page.getByRole('link', { name: 'E-Mail einlesen' }).click()
    await page.getByLabel('E-Mail als Datei').setInputFiles(mail)
    await save(page, 'E-Mail einlesen')
  }
  await read()
  expect(await page.getByLabel('Was wurde beobachtet?').inputValue()).toBe(
    'Betreff: Hecke\n\nDie Hecke am Spielplatz ist weg.',
  )
  expect(await page.getByText('Alte Nachricht').isVisible()).toBe(false)
  expect(await page.getByLabel('Wie ist die Person erreichbar?').inputValue()).toContain('frau@example.invalid')
  await page.getByText('Für jemand anderen, oder mit Codekarte').click()
  await page.getByLabel('Hat die Person eine Codekarte?').fill('123')
  await save(page, 'Eintrag speichern')
  await says(page, 'Diese Karte kann nicht verwendet werden.')
  await page.getByLabel('Hat die Person eine Codekarte?').fill('')
  await save(page, 'Eintrag speichern')
  await says(page, 'Der Eintrag ist gespeichert')
  await read()
  await says(page, 'Diese E-Mail ist schon eingetragen.')
})
