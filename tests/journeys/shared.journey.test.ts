import { describe, expect, test } from 'vitest'
import { useBrowser } from '../support/browser.ts'
import { openMailbox, reportAs } from '../support/report.ts'

const { open, base } = useBrowser()
const story = 'Im Treppenhaus wird jeden Abend gestritten.'

describe.each([{ script: true }, { script: false }])('on a shared computer, script $script', ({ script }) => {
  test('after Fertig, Back shows nothing, nor does a reopened tab; the history is neutral', async () => {
    const page = await open({ javaScriptEnabled: script })
    await page.goto('/auf-wiedersehen')
    const code = await reportAs(page, story)
    await openMailbox(page, code)
    await page.locator('#text').fill('Es ist wieder laut.')
    await page.locator('form[action$="/antwort"] button').click()
    const secrets = [story, code, code.match(/.{6}/g)?.join(' ') ?? '', 'Es ist wieder laut.']
    expect(await page.content()).toContain('Es ist wieder laut.')
    await page.getByRole('button', { name: 'Fertig' }).click()
    expect(page.url()).toBe(`${base}/auf-wiedersehen`)
    const history = await (await page.context().newCDPSession(page)).send('Page.getNavigationHistory')
    for (let back = 0; back < 5; back += 1) {
      await page.goBack()
      const [html, typed] = [
        await page.content(),
        await page
          .locator('textarea, input[type=text]')
          .evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value)),
      ]
      for (const secret of secrets) expect([html, ...typed].join('\n')).not.toContain(secret)
    }
    const tab = await page.context().newPage()
    for (const address of ['melden', 'melden/wo', 'melden/kontakt', 'melden/pruefen', 'melden/code', 'rueckmeldung']) {
      await tab.goto(`/lindenau/${address}`)
      for (const secret of secrets) expect(await tab.content()).not.toContain(secret)
    }
    expect(new Set(history.entries.map(({ title }) => title))).toEqual(
      new Set(['Auf Wiedersehen', 'Stadt Lindenau', '']),
    )
    expect((await page.context().cookies()).map((cookie) => cookie.name)).toEqual([])
  })

  test('leaving quickly destroys what was begun', async () => {
    const page = await open({ javaScriptEnabled: script })
    await page.goto('/lindenau/melden')
    await page.locator('#observed').fill(story)
    await page.locator('form[action$="/melden"] button').click()
    const cookies = await page.context().cookies()
    await page.getByRole('link', { name: 'Seite schnell verlassen' }).click()
    await page.waitForURL('**/auf-wiedersehen')
    // Even with the cookie back, nothing is there to be opened.
    await page.context().addCookies(cookies)
    await page.goto('/lindenau/melden')
    expect(await page.locator('#observed').inputValue()).toBe('')
  })
})

test('every page of report and mailbox forbids being kept', async () => {
  const page = await open()
  const code = await reportAs(page, story)
  await openMailbox(page, code)
  for (const address of ['melden', 'melden/code', 'melden/code/text', 'rueckmeldung', 'rueckruf']) {
    const response = await page.request.get(`/lindenau/${address}`)
    expect(response.headers()['cache-control'], address).toContain('no-store')
  }
})
