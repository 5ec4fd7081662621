import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { actAs, useBrowser } from '../support/browser.ts'
import { openMailbox, reportAs } from '../support/report.ts'

const { open, base } = useBrowser()
const folder = inject('demoFolder')
const address = '203.0.113.77'
const device = 'Kanarien-Telefon/7.7'
const story = 'Kanarienvogel im Treppenhaus'

/** Which of the words stand anywhere in the files, whatever the file. */
function found(words: readonly string[]): string[] {
  const files = globSync('**/*', { cwd: folder }).filter((file) =>
    statSync(join(folder, file), { throwIfNoEntry: false })?.isFile(),
  )
  expect(files.length).toBeGreaterThan(500)
  return files.flatMap((file) => {
    const content = readFileSync(join(folder, file))
    return words.filter((word) => content.includes(word)).map((word) => `${word} in ${file}`)
  })
}

test('a report and a visit to the mailbox leave no address, device, code or text in anything written', async () => {
  const page = await open({ userAgent: device, extraHTTPHeaders: { 'x-forwarded-for': address } })
  const code = await reportAs(page, `${story}.`)
  await openMailbox(page, code)
  await page.locator('#text').fill(`${story}, schon wieder.`)
  await page.locator('form[action$="/antwort"] button').click()
  await page.waitForURL('**?abgegeben')
  await page.goto('/lindenau/melden/wo/gibt-es-nicht')
  await page.request.get(`/lindenau/rueckmeldung?code=${code}`)
  const secrets = [address, device, code, code.match(/.{6}/g)?.join(' ') ?? '', story]
  expect(found(secrets)).toEqual([])
  // The search itself must be able to find: the demo's mark lies in the same folder.
  expect(found(['Dieser Ordner enthält nur erfundene Daten'])).toHaveLength(1)
})

test('unknown and closed codes get one and the same answer in the same time', async () => {
  const page = await open({ javaScriptEnabled: false })
  const code = await reportAs(page, 'Wird gleich geschlossen.')
  await openMailbox(page, code)
  await page.getByRole('link', { name: 'Postfach für immer schließen' }).click()
  await page.getByRole('button', { name: 'Ja, für immer schließen' }).click()
  const token = await page.locator('input[name=_token]').inputValue()
  const never = '000000000000000098'
  const times: Record<string, number[]> = { [code]: [], [never]: [] }
  const answers = new Set<string>()
  for (let round = 0; round < 12; round += 1) {
    for (const tried of [code, never]) {
      const begin = performance.now()
      const response = await fetch(`${base}/lindenau/rueckmeldung`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ _token: token, code: tried }),
      })
      const html = await response.text()
      times[tried]?.push(performance.now() - begin)
      answers.add(`${response.status} ${html.replaceAll(tried, '').replaceAll(/name="_token" value="[^"]+"/g, '')}`)
    }
  }
  expect(answers.size).toBe(1)
  const middle = (tried: string) => times[tried]?.toSorted((a, b) => a - b)[6] ?? 0
  expect(Math.abs(middle(code) - middle(never))).toBeLessThan(25)
  expect(Math.min(...Object.values(times).flat())).toBeGreaterThan(75)
})

/** A browser without pictures: follows nothing, keeps one cookie. */
async function visitor(address: string) {
  let cookie = ''
  const ask = async (path: string, form?: Record<string, string>) => {
    const response = await fetch(`${base}/lindenau/melden${path}`, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        'x-forwarded-for': address,
        cookie,
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      body: form && new URLSearchParams({ _token: token, ...form }),
    })
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return { status: response.status, to: response.headers.get('location') ?? '', html: await response.text() }
  }
  let token = ''
  token = /name="_token" value="([^"]+)"/.exec((await ask('')).html)?.[1] ?? ''
  return ask
}

test('in a flood the door slows, keeps the text, and refuses nobody', async () => {
  const handIn = async (text: string) => {
    const ask = await visitor('198.51.100.9')
    await ask('', { observed: text })
    await ask('/wo', { area: 'altstadt' })
    let answer = await ask('/kontakt', { anonymity: 'anonymous', do: 'send' })
    const waited = answer.status === 200
    if (waited) expect(answer.html).toContain('Gerade melden sich sehr viele')
    for (let tries = 0; answer.status === 200 && tries < 40; tries += 1) {
      await sleep(1_000)
      answer = await ask('/pruefen', {})
    }
    expect(answer.to).toMatch(/code$/)
    return { waited, code: /class="code"[^>]*>(.*?)<\/p>/.exec((await ask('/code')).html)?.[1] }
  }
  const texts = Array.from({ length: 24 }, (_, i) => `Der Marktplatz soll bleiben, wie er ist, sagt Nummer ${i}.`)
  const done = await Promise.all(texts.map(handIn))
  expect(new Set(done.map(({ code }) => code)).size).toBe(24)
  expect(done.filter(({ waited }) => waited).length).toBeGreaterThan(0)
  const staff = await open()
  await actAs(staff, 'lindenau', 'Miriam Aydın')
  await staff.goto('/lindenau/eingang')
  // Look-alikes are one line; unfolded, each can be read; one answer empties the pile.
  expect(await staff.getByRole('link', { name: 'Der Marktplatz soll bleiben' }).count()).toBe(1)
  await staff.getByRole('link', { name: '24 gleichlautend' }).click()
  expect(await staff.getByRole('link', { name: 'Der Marktplatz soll bleiben' }).count()).toBe(24)
  await staff.getByRole('link', { name: 'Alle zusammen beantworten' }).click()
  const all = staff.getByLabel('Für alle 24 gleichlautenden Meldungen auf dem Stapel')
  expect(await all.isChecked()).toBe(true)
  await staff.getByRole('radio', { name: 'Beraten und abschließen' }).check()
  await staff.getByLabel('Antwort an die meldende Person').fill('Am Montag entscheidet der Rat öffentlich.')
  await staff.getByRole('button', { name: 'Entscheidung festhalten' }).click()
  await staff.waitForURL('**/eingang')
  expect(await staff.getByRole('link', { name: 'Der Marktplatz soll bleiben' }).count()).toBe(0)
  for (const { code } of done) {
    const digits = (code ?? '').replaceAll(/<[^>]+>|\s/g, '')
    const box = await fetch(`${base}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${digits}` } })
    const { messages } = (await box.json()) as { messages: { text: string }[] }
    expect(messages.map(({ text }) => text)).toEqual(['Am Montag entscheidet der Rat öffentlich.'])
  }
})

test('the door for programs slows in a flood too, and refuses nobody', async () => {
  const hand = async (number: number) => {
    const started = performance.now()
    const response = await fetch(`${base}/api/v1/kreis-auental/reports`, {
      method: 'POST',
      headers: { 'x-forwarded-for': '198.51.100.77' },
      body: JSON.stringify({ observed: `Der Bahnhof bleibt zu dunkel, schreibt Nummer ${number}.` }),
    })
    return { status: response.status, seconds: (performance.now() - started) / 1000 }
  }
  const answers = await Promise.all(Array.from({ length: 22 }, (_, i) => hand(i)))
  expect(answers.map(({ status }) => status)).toEqual(Array(22).fill(201))
  expect(Math.max(...answers.map(({ seconds }) => seconds))).toBeGreaterThan(2)
  expect(Math.min(...answers.map(({ seconds }) => seconds))).toBeLessThan(2)
})
