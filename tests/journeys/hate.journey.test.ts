import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { actAs, useBrowser } from '../support/browser.ts'
import { main, picture, press, reads, reportIn, says, told } from '../support/pages.ts'
import { openMailbox } from '../support/report.ts'

const { open, base } = useBrowser()

async function covered(page: Page, at: string, what: string): Promise<void> {
  await page.goto(at)
  await page.getByText('Text verdecken', { exact: true }).first().click()
  await page.getByRole('radio', { name: what, exact: true }).check()
  await press(page, 'Text verdecken')
  await says(page, 'Niemand muss das allein lesen')
}

/** A report that is itself hate speech, with a threat against the office in it. */
async function hate(javaScriptEnabled: boolean, word: string): Promise<void> {
  const observed = `Dieses ${word} soll verschwinden, sonst brennt euer Büro.`
  const code = await told('lindenau', { observed, area: 'weststadt', subject: 'politics' })
  const page = await open({ javaScriptEnabled })
  await actAs(page, 'lindenau', 'Miriam Aydın')
  const at = await reportIn(page, 'lindenau', `Dieses ${word}`)

  // A person folds it: whoever comes later reads a warning first, and no list shows a word of it.
  await covered(page, at, 'Eine Drohung')
  await picture(page, 'hate-covered')
  expect(await page.locator('main details:not([open])', { hasText: word }).count()).toBe(1)
  const other = await open({ javaScriptEnabled })
  const lists = ['/heute', '/eingang', `/suche?worte=${word}`, '/eingang/buendeln'].map((path) => `/lindenau${path}`)
  const seen = await reads(other, 'lindenau', 'Jonas Feldkamp', lists)
  expect(seen).not.toContain(`Dieses ${word}`)
  expect(seen).toContain('Verdeckter Text: eine Drohung')
  await other.goto(at)
  await other.getByText('Text lesen. Er enthält: eine Drohung').click()
  await says(other, observed)

  // The threat is meant for people: at once, with what was handed to whom.
  await page.getByRole('radio', { name: 'Sofort handeln', exact: true }).check()
  await press(page, 'Entscheidung festhalten')
  await page.goto(`${at}/sofort`)
  await page.getByLabel('An wen?').selectOption({ label: 'Polizei' })
  await page.getByLabel('Was haben Sie übergeben?').fill('Wortlaut und Zeit der Meldung')
  await page.getByRole('radio').first().check()
  await press(page, 'Übergabe festhalten')
  await says(page, 'Übergeben an Polizei')
  await picture(page, 'hate-urgent')

  // The wording goes to the police by law, and stays; then it is blackened for everybody else.
  await page.goto(`${at}/verweisung`)
  await page.getByLabel('An welche Stelle?').selectOption({ label: 'Polizei' })
  await page.getByLabel('Wozu?').fill('Anzeige wegen Bedrohung')
  await page.getByRole('radio', { name: /gesetz/iu }).check()
  await page.getByLabel('Vorschrift, oder wann').fill('§ 241 StGB')
  await press(page, 'Brief ansehen')
  await press(page, 'Brief bereitlegen')
  await page.goto(`${at}/aufbewahrung`)
  await page.getByRole('textbox').last().fill('Die Polizei braucht den Wortlaut noch')
  await press(page, 'Löschung aussetzen')
  await page.goto(`${at}/pruefen`)
  await page.locator('#quote-0').fill(word)
  await press(page, 'Prüfung festhalten')
  await page.goto(`${at}/verweisung`)
  await page.getByLabel('Warum kein Fall daraus wird').selectOption({ label: 'Beleidigung oder Hetze' })
  await press(page, 'Übergabe festhalten')
  await says(page, 'Diese Meldung ist übergeben.')
  const letter = await (await page.request.get(`${at}/verweisung/text`)).text()
  expect(letter).toContain(observed)
  await page.goto(at)
  expect(await main(page)).not.toContain(word)

  // Whoever wrote it reads a calm answer, and what a mail said tells nothing.
  const writer = await open({ javaScriptEnabled, viewport: { width: 360, height: 740 } })
  await openMailbox(writer, code)
  await says(writer, 'Wenn Sie ein Anliegen haben, schreiben Sie uns bitte, was geschehen ist')
  await picture(writer, 'hate-answer')
  const mails = await (await fetch(`${base}/dev/mail`)).text()
  expect(mails).not.toContain(word)
}

test('hate speech as a report: folded by a person, in no list, to the police with its wording, answered calmly', () =>
  hate(true, 'Lumpenpack'))
test('the same without scripts', () => hate(false, 'Gesindelpack'))
