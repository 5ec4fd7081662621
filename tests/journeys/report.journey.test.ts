import { describe, expect, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'
import { codeOn, openMailbox, reportAs } from '../support/report.ts'

const { open, base } = useBrowser()
const phone = { viewport: { width: 360, height: 740 } }

describe.each([
  { script: true, language: 'de', says: 'Ihre Meldung ist angekommen' },
  { script: false, language: 'de', says: 'Ihre Meldung ist angekommen' },
  { script: false, language: 'ar', says: 'وصل بلاغك' },
])('on a phone, script $script, in $language', ({ script, language, says }) => {
  test('three pages lead from the start to the code', async () => {
    const page = await open({ ...phone, javaScriptEnabled: script })
    let pages = 0
    page.on('request', (request) => (pages += Number(request.isNavigationRequest() && request.method() === 'POST')))
    await page.goto(`/lindenau/melden?sprache=${language}`)
    expect(await reportAs(page, 'Im Hof fliegen abends Flaschen.')).toMatch(/^\d{18}$/)
    expect(pages).toBe(3)
    expect(await page.locator('h1').textContent()).toContain(says)
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
  })
})

test('handed in twice at once, it is one report and the same code', async () => {
  const page = await open()
  await page.goto('/lindenau/melden')
  await page.locator('#observed').fill('Zweimal abgeschickt, einmal gemeint.')
  await page.locator('form[action$="/melden"] button').click()
  await page.locator('#area-hafen').check()
  await page.locator('form[action$="/wo"] button').click()
  const token = await page.locator('form[action$="/kontakt"] input[name=_token]').inputValue()
  const send = () =>
    page.request.post('/lindenau/melden/kontakt', { form: { _token: token, anonymity: 'anonymous', do: 'send' } })
  const [first, second] = await Promise.all([send(), send()])
  const codes = [await first.text(), await second.text()].map((html) => /class="code"[^>]*>(.*?)<\/p>/.exec(html)?.[1])
  expect(codes[0]).toMatch(/\d{6}/)
  expect(codes[1]).toBe(codes[0])
  const staff = await open()
  await actAs(staff, 'lindenau', 'Miriam Aydın')
  await staff.goto('/lindenau/eingang')
  expect(await staff.getByRole('link', { name: 'Zweimal abgeschickt' }).count()).toBe(1)
})

test('faults name the field, everything typed stays, and anonymous with contact data is refused', async () => {
  const page = await open({ ...phone, javaScriptEnabled: false })
  await page.goto('/lindenau/melden')
  await page.locator('form[action$="/melden"] button').click()
  expect(await page.title()).toMatch(/^Fehler/)
  await page.getByRole('link', { name: 'Bitte schreiben Sie, was passiert ist' }).click()
  expect(page.url()).toContain('#observed')
  await page.locator('#observed').fill('\nEine Zeile\n\nund noch eine')
  await page.locator('details summary').click()
  await page.locator('#since-day').fill('٣١')
  await page.locator('#since-month').fill('2')
  await page.locator('#since-year').fill('2026')
  await page.locator('form[action$="/melden"] button').click()
  expect(await page.locator('#since-error').textContent()).toContain('Diesen Tag gibt es nicht')
  expect(await page.locator('#observed').inputValue()).toContain('Eine Zeile\n\nund noch eine')
  await page.locator('#since-day').fill('٣')
  await page.locator('form[action$="/melden"] button').click()
  await page.locator('#area-unknown').check()
  await page.locator('form[action$="/wo"] button').click()
  await page.locator('#anonymity-anonymous').check()
  await page.locator('#contact').fill('0176 555')
  await page.locator('button[value=send]').click()
  expect(await page.locator('#contact-error').textContent()).toContain('Sie möchten anonym bleiben')
  expect(await page.locator('#contact').inputValue()).toBe('0176 555')
  await page.locator('#contact').fill('')
  await page.locator('button[value=look]').click()
  expect(await page.locator('dl').textContent()).toContain('3. Februar 2026')
  await page.locator('form[action$="/pruefen"] button').click()
  expect(await codeOn(page)).toMatch(/^\d{18}$/)
})

test('the code can be typed back with other digits, saved as text, and opens the mailbox both ways', async () => {
  const page = await open({ ...phone, javaScriptEnabled: false })
  const code = await reportAs(page, 'Streit um den Bouleplatz.')
  await page.locator('details summary').click()
  await page.locator('#typed').fill(code.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? ''))
  await page.locator('form[action$="/code"] button').click()
  expect(await page.locator('.notice.done').textContent()).toContain('so stimmt der Code')
  const saved = await page.request.get('/lindenau/melden/code/text')
  expect((await saved.text()).replaceAll(/\D/g, '').startsWith(code)).toBe(true)
  expect(saved.headers()['content-disposition']).toContain('attachment')

  await openMailbox(page, `${code.slice(0, 17)}${(Number(code[17]) + 1) % 10}`)
  expect(await page.locator('#code-error').textContent()).toContain('Ziffer vertauscht')
  await openMailbox(page, code)
  await page.locator('#text').fill('Es ist wieder laut.')
  await page.locator('form[action$="/antwort"] button').click()
  expect(await page.locator('.notice.done').textContent()).toContain('Ihre Antwort liegt jetzt bei uns')
  expect(await page.getByText('Es ist wieder laut.').count()).toBe(1)
})

test('ongoing danger shows the numbers at once, on the page itself and on the next ones', async () => {
  const page = await open({ javaScriptEnabled: false })
  await page.goto('/lindenau/melden')
  const police = page.getByRole('link', { name: '110', exact: true })
  expect(await police.isVisible()).toBe(false)
  await page.locator('#danger-yes').check()
  expect(await police.isVisible()).toBe(true)
  await page.locator('#observed').fill('Sie prügeln sich gerade.')
  await page.locator('form[action$="/melden"] button').click()
  expect(await police.first().isVisible()).toBe(true)
})

test('in the county another office is offered and the choice reaches the staff', async () => {
  const page = await open({ ...phone, javaScriptEnabled: false })
  await page.goto('/kreis-auental')
  expect(await page.locator('main').textContent()).toContain('Diese Stelle liest Ihre Meldung')
  await page.goto('/kreis-auental/melden')
  await page.locator('#observed').fill('Streit im Mehrgenerationenhaus.')
  await page.locator('form[action$="/melden"] button').click()
  await page.locator('#area-steinwehr').check()
  await page.locator('form[action$="/wo"] button').click()
  await page.locator('details summary').last().click()
  await page.locator('#office-town-steinwehr').check()
  await page.locator('#anonymity-anonymous').check()
  await page.locator('button[value=send]').click()
  expect(await codeOn(page)).toMatch(/^\d{18}$/)
  const staff = await open()
  await actAs(staff, 'kreis-auental', 'Katrin Vogel')
  await staff.goto('/kreis-auental/eingang')
  await staff.getByRole('link', { name: 'Streit im Mehrgenerationenhaus' }).click()
  expect(await staff.locator('dl').textContent()).toContain('Gewünschte Stelle')
})

test('the second door needs a number only, takes Arabic digits, and is one report when sent twice', async () => {
  const page = await open({ ...phone, javaScriptEnabled: false })
  await page.goto('/lindenau/rueckruf?sprache=ar')
  await page.locator('form[action$="/rueckruf"] button').click()
  expect(await page.locator('#number-error').isVisible()).toBe(true)
  await page.locator('#number').fill('٠١٧٦ ٩٩٨٨٧٧')
  const fields = { _token: '', _once: '', number: '', language: 'ar', time: 'morning' }
  for (const name of ['_token', '_once', 'number'] as const)
    fields[name] = await page.locator(`form[action$="/rueckruf"] input[name=${name}]`).inputValue()
  await page.request.post('/lindenau/rueckruf', { form: fields })
  await page.locator('form[action$="/rueckruf"] button').click()
  expect(page.url()).toContain('fertig')
  expect(await codeOn(page)).toMatch(/^\d{18}$/)
  const staff = await open()
  await actAs(staff, 'lindenau', 'Miriam Aydın')
  await staff.goto('/lindenau/eingang')
  const entries = staff.getByRole('link', { name: 'Bitte um Rückruf' })
  expect(await entries.count()).toBe(1)
  await entries.click()
  const text = await staff.locator('main').textContent()
  expect(text).toContain('0176 998877')
  expect(text).toContain('Uhrzeit: vormittags')
})

test('a form from an old phone with Origin: null and no fetch metadata is taken, one from elsewhere is not', async () => {
  const first = await fetch(`${base}/lindenau/melden`)
  const token = /name="_token" value="([^"]+)"/.exec(await first.text())?.[1] ?? ''
  const send = (headers: Record<string, string>, sent = token) =>
    fetch(`${base}/lindenau/melden`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams({ _token: sent, observed: 'Vom alten Telefon.' }),
    })
  expect((await send({ origin: 'null' })).status).toBe(303)
  const late = await send({ origin: 'null' }, 'made up')
  expect(late.status).toBe(409)
  expect(await late.text()).toContain('Vom alten Telefon.')
  expect((await send({ origin: 'https://elsewhere.example' })).status).toBe(403)
})
