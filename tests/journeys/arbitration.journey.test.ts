import { expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'
import { follow, main, picture, press, reads, says } from '../support/pages.ts'

const { open } = useBrowser()

/** A fence dispute with shouting about "those people", at an arbitration officer of one of the county's towns. */
async function fence(javaScriptEnabled: boolean, question: string): Promise<void> {
  const heinz = await open({ javaScriptEnabled })
  await actAs(heinz, 'kreis-auental', 'Heinz Terbrüggen')
  await heinz.goto('/kreis-auental/eingang')
  await says(heinz, 'Ihre Einträge')
  expect(await heinz.getByRole('navigation').allTextContents()).not.toContain('Fälle')
  await follow(heinz, 'Fachlich fragen, ohne Namen')
  await heinz.getByLabel('Thema').selectOption({ label: 'Nachbarschaft: Haus, Hof, Treppenhaus' })
  await heinz.getByLabel('Was möchten Sie wissen?').fill(question)
  await heinz.getByRole('radio', { name: 'Ja', exact: true }).check()
  await picture(heinz, 'fence-ask')
  await press(heinz, 'Frage stellen')
  await says(heinz, 'Noch hat niemand geantwortet.')
  const at = new URL(heinz.url()).pathname

  const selim = await open({ javaScriptEnabled })
  await actAs(selim, 'kreis-auental', 'Selim Demir')
  await selim.goto('/kreis-auental/heute')
  await says(selim, 'Fachfrage einer Anlaufstelle beantworten')
  await selim.goto(at)
  await says(selim, question)
  expect(await main(selim)).not.toMatch(/Terbrüggen|Niederauen/u)
  await selim.getByLabel('Antwort').fill('Zuerst den Ton klären, dann den Zaun. Die Beschimpfung gehört ins Protokoll.')
  await picture(selim, 'fence-answer')
  await press(selim, 'Antwort geben')

  // No other contact point of the county comes near it.
  const petra = await open({ javaScriptEnabled })
  await actAs(petra, 'kreis-auental', 'Petra Lange')
  expect((await petra.goto(at))?.status()).toBe(404)

  await heinz.goto('/kreis-auental/heute')
  await says(heinz, 'Antwort auf Ihre Fachfrage lesen')
  await heinz.goto(at)
  await says(heinz, 'Zuerst den Ton klären')
  await press(heinz, 'Frage beenden')
  await says(heinz, 'Bitte wählen Sie, was aus der Sache wird.')
  await heinz.getByRole('radio', { name: 'Sie bleibt hier, als förmliches Verfahren' }).check()
  await press(heinz, 'Frage beenden')
  await says(heinz, 'Zurzeit ist keine Frage offen.')

  // The county keeps subject and month, and nothing else anywhere.
  await selim.goto('/kreis-auental/eingang/fachfragen')
  await says(selim, 'Davon ist nur gespeichert, was hier steht.')
  const line = selim.getByRole('row', { name: /förmliches Verfahren/u }).first()
  await expect.poll(() => line.textContent()).toContain('Nachbarschaft: Haus, Hof, Treppenhaus')
  await picture(selim, 'fence-ended')
  expect((await selim.goto(at))?.status()).toBe(404)
  const other = await open({ javaScriptEnabled })
  const pages = ['/heute', '/eingang', '/eingang/fachfragen', '/faelle', '/suche?worte=Zaun'].map(
    (path) => `/kreis-auental${path}`,
  )
  expect(await reads(other, 'kreis-auental', 'Katrin Vogel', pages)).not.toMatch(/Zaun zwischen|Ton klären|Terbrüggen/u)
}

test('an arbitration officer asks without naming anybody; it stays with him, the county keeps subject and month', () =>
  fence(true, 'Ein Zaun zwischen zwei Gärten; beim Termin wurde über „die da“ geschrien. Wie beginne ich?'))
test('the same without scripts', () =>
  fence(false, 'Ein Zaun zwischen zwei Höfen; beim Termin wurde über „solche Leute“ geschrien. Wie beginne ich?'))
