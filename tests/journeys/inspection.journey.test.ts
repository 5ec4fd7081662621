import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'
import { caseFrom, faults, follow, onPhone, picture, press, reportIn, says, told } from '../support/pages.ts'

const { open } = useBrowser()
const as = onPhone(open)
async function note(page: Page, basis: string, asker: string): Promise<string> {
  await page.getByRole('radio', { name: basis }).check()
  await page.getByLabel('Wer fragt?').fill(asker)
  await page.getByLabel('Was soll eingesehen werden?').fill('Alles dazu')
  await press(page, 'Antrag festhalten')
  await page.waitForURL(/\/einsicht\/[0-9a-f-]{36}$/)
  return new URL(page.url()).pathname
}

test.each([true, false])(
  'a councillor asks for the file: extract, decision, release, letter; scripts: %s',
  async (javaScriptEnabled) => {
    const page = await open({ javaScriptEnabled, viewport: { width: 360, height: 800 } })
    const matter = `Hecke am Spielplatz Rosenhof${javaScriptEnabled ? '' : ' Nord'}`
    const path = await caseFrom(page, matter)
    await page.getByRole('link', { name: 'Antrag auf Einsicht aufnehmen' }).click()
    const request = await note(page, 'Ratsmitglied', 'Ratsmitglied Petra Kahl')
    await page.goto(path)
    await says(page, 'Ein Antrag auf Einsicht läuft.')
    await page.goto(request)
    await follow(page, 'Auszug vorbereiten')
    await says(page, matter)
    if (javaScriptEnabled) expect(await faults(page)).toEqual([])
    await press(page, 'Zur Entscheidung vorlegen')
    await says(page, 'Die Entscheidung trifft jemand anderes')
    await actAs(page, 'lindenau', 'Anke Brandt')
    await page.goto(request)
    await says(page, 'Fall eröffnet')
    expect(await page.textContent('main')).not.toContain(matter)
    await page.getByRole('radio', { name: 'Einsicht teilweise' }).check()
    await press(page, 'Entscheidung festhalten')
    await says(page, 'Bitte begründen Sie')
    await page.getByLabel('Begründung').fill('Schutz der Beteiligten')
    await press(page, 'Entscheidung festhalten')
    await actAs(page, 'lindenau', 'Miriam Aydın')
    await page.goto(request)
    await says(page, 'Freigeben muss eine andere Person')
    await actAs(page, 'lindenau', 'Jonas Feldkamp')
    await page.goto(request)
    if (javaScriptEnabled) expect(await faults(page)).toEqual([])
    await press(page, 'Antwort freigeben')
    await says(page, 'Beantwortet am')
    const letter = await page.request.get(`${request}/schreiben`)
    expect(letter.headers()['content-type']).toBe('application/pdf')
    await page.goto(path)
    expect(await page.textContent('main')).not.toContain('Ein Antrag auf Einsicht läuft.')
    await page.context().close()
  },
)

test('a party asks what is kept about her: found by name, others redacted, the law’s points in the letter', async () => {
  const page = await open()
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto('/lindenau/einsicht/neu')
  const request = await note(page, 'Auskunft über eigene Daten', 'Selma Korkmaz-Rieger')
  await follow(page, 'Fundstellen suchen')
  await press(page, 'Suchen')
  await says(page, 'Unter dieser Angabe steht nichts')
  expect(page.url()).not.toContain('Selma')
  const again = 'Lärm vom Kompost, Lindenschule'
  const contact = 'Selma Korkmaz-Rieger, 0160 1234599'
  await told('lindenau', { observed: again, area: 'nordviertel', anonymity: 'named', contact })
  await page.goto(`${request}/fundstellen`)
  await press(page, 'Suchen')
  await says(page, 'hat gemeldet')
  expect(await faults(page)).toEqual([])
  await page.getByRole('checkbox').first().check()
  await press(page, 'Zum Antrag nehmen')
  await follow(page, 'Auszug vorbereiten')
  await says(page, again)
  await press(page, 'Zur Entscheidung vorlegen')
  await says(page, 'Die zweite Suche fehlt noch.')
  await actAs(page, 'lindenau', 'Jonas Feldkamp')
  await page.goto(`${request}/fundstellen`)
  await press(page, 'Suchen')
  await says(page, 'hat gemeldet')
  await actAs(page, 'lindenau', 'Dr. Ruth Ahrens')
  await page.goto('/lindenau/heute')
  const title = `in Vertretung nach einer Person suchen`
  await page
    .getByRole('link', { name: new RegExp(title) })
    .and(page.locator(`[href="${request}/vertretung"]`))
    .click()
  await press(page, 'Suchen')
  await says(page, 'Unter dieser Angabe steht nichts')
  expect(await faults(page)).toEqual([])
  const held = 'Kompost neben der Lindenschule brennt'
  await told('lindenau', { observed: held, area: 'nordviertel', anonymity: 'named', contact, notVisibleTo: ['Amt'] })
  await press(page, 'Suchen')
  await says(page, 'Bitte lesen Sie zuerst die Meldungen')
  await follow(page, 'Fundstelle 1: eine Meldung')
  await says(page, held)
  await page.goto(`${request}/vertretung`)
  await press(page, 'Suchen')
  await says(page, 'Worüber geben Sie Auskunft?')
  expect(await faults(page)).toEqual([])
  await press(page, 'Ohne eigene Antwort abschließen')
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await page.goto(request)
  await says(page, 'Alle Suchen sind gemacht.')
  await follow(page, 'Auszug vorbereiten')
  await press(page, 'Zur Entscheidung vorlegen')
  await says(page, 'liegt zur Entscheidung vor')
  await actAs(page, 'lindenau', 'Anke Brandt')
  await page.goto(request)
  await page.getByRole('radio', { name: 'Einsicht wie vorgeschlagen' }).check()
  await press(page, 'Entscheidung festhalten')
  const letter = await page.request.get(`${request}/schreiben?als=docx`)
  const parts = unzipSync(new Uint8Array(await letter.body()))
  const text = new TextDecoder().decode(parts['word/document.xml'])
  expect(text).toContain('Landesbeauftragte')
  expect(text).not.toContain('0160')
  expect(text).not.toContain(again)
  await page.context().close()
})

test('a request begins from a report, too', async () => {
  const page = await open()
  const observed = 'Laub auf dem Radweg am Kanal'
  await told('lindenau', { observed, area: 'nordviertel', subject: 'litter' })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  await reportIn(page, 'lindenau', observed)
  await page.getByRole('link', { name: 'Antrag auf Einsicht aufnehmen' }).click()
  await note(page, 'Gericht', 'Amtsgericht Lindenau')
  await follow(page, 'Auszug vorbereiten')
  await says(page, observed)
  await page.context().close()
})

test('a case is handed to the file that leads', async () => {
  const page = await open()
  const path = await caseFrom(page, 'Poller vor der Markthalle')
  await page.goto(`${path}/schreiben`)
  await page.getByLabel('In welcher Sprache?').selectOption('tr')
  await page.getByLabel('Auf welchem Weg?').selectOption('post')
  await page.getByLabel('An welchem Tag?').fill('übermorgen')
  await press(page, 'Ausgabe vermerken')
  await says(page, 'Er darf nicht in der Zukunft liegen.')
  expect(await page.getByLabel('In welcher Sprache?').inputValue()).toBe('tr')
  await page.getByLabel('An welchem Tag?').fill('heute')
  await press(page, 'Ausgabe vermerken')
  await says(page, 'mit der Post verschickt, Türkisch')
  expect(await faults(page)).toEqual([])
  await page.goto(path)
  await page.getByRole('link', { name: 'Fall zur Akte geben' }).click()
  await page.getByLabel('Aktenzeichen').fill('32.1-4/2026')
  await press(page, 'Aktenzeichen festhalten')
  expect(await faults(page)).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Akte ausgeben')])
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())))
  expect(JSON.parse(new TextDecoder().decode(files['akte.json']))).toMatchObject({
    aktenzeichen: '32.1-4/2026',
    dokumente: expect.arrayContaining([expect.objectContaining({ titel: 'Görüşmeye davet' })]),
  })
  await page.context().close()
})

test('the substitute answers for what only she reads: her own extract, one she asks decides and releases; nothing shows', async () => {
  const asker = 'Oskar Lindqvist-Behrens'
  const held = 'Im Konfliktbüro wird über Gießkannen gelacht'
  await told('lindenau', {
    observed: held,
    area: 'nordviertel',
    anonymity: 'named',
    contact: `${asker}, 0160 1234511`,
    notVisibleTo: ['conflict-office'],
  })
  const miriam = await as('Miriam Aydın', '/lindenau/einsicht/neu', false)
  const request = await note(miriam, 'Auskunft über eigene Daten', asker)

  const ruth = await as('Dr. Ruth Ahrens', '/lindenau/eingang', false)
  await ruth.getByRole('link', { name: held }).click()
  await says(ruth, held)
  await ruth.goto(`${request}/vertretung`)
  await press(ruth, 'Suchen')
  await says(ruth, 'Eine Fundstelle')
  await picture(ruth, 'part-search')
  await press(ruth, 'Eigene Antwort beginnen')
  const part = new URL(ruth.url()).pathname
  expect(part).not.toBe(request)
  await says(ruth, 'Die Koordination erfährt nichts davon')
  await picture(ruth, 'part-begun')
  await follow(ruth, 'Auszug vorbereiten')
  await press(ruth, 'Zur Entscheidung vorlegen')
  await says(ruth, 'Bitte wählen Sie, wer mit Ihnen entscheidet.')
  expect(await ruth.textContent('main')).not.toContain('Miriam Aydın')
  await picture(ruth, 'part-extract')
  await ruth.getByRole('radio', { name: 'Henrik Sommer' }).check()
  await press(ruth, 'Zur Entscheidung vorlegen')
  await says(ruth, 'Darüber entscheidet: Henrik Sommer.')
  await picture(ruth, 'part-laid')

  const henrik = await as('Henrik Sommer', '/lindenau/heute', false)
  await henrik.locator(`[href="${part}"]`).click()
  await says(henrik, 'Nordviertel')
  expect(await henrik.textContent('main')).not.toContain(held)
  await picture(henrik, 'part-decide')
  await henrik.getByRole('radio', { name: 'Einsicht teilweise' }).check()
  await henrik.getByLabel('Begründung').fill('Schutz der Beteiligten')
  await press(henrik, 'Entscheidung festhalten')
  await press(henrik, 'Antwort freigeben')
  await says(henrik, 'Beantwortet am')
  const letter = await henrik.request.get(`${part}/schreiben`)
  expect(letter.headers()['content-type']).toBe('application/pdf')

  await miriam.goto(request)
  await says(miriam, 'Dr. Ruth Ahrens in Vertretung')
  expect((await miriam.request.get(part)).status()).toBe(404)
  for (const page of ['einsicht', 'heute', 'kalender']) {
    await miriam.goto(`/lindenau/${page}`)
    expect(await miriam.content()).not.toContain(part)
  }
  for (const page of [ruth, henrik, miriam]) await page.context().close()
})
