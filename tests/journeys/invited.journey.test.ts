import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { languages, type Language } from '#platform/i18n/index.ts'
import { actAs, useBrowser } from '../support/browser.ts'
import { faults } from '../support/pages.ts'
import { startDemo, type DemoServer } from '../support/demo-server.ts'

/* Every page of gatherings, newsletter and network, found from the list of routes and reached by links of the demo. */
const { open } = useBrowser()
let demo: DemoServer
let base: string
const seat = '/landeskoordination'
const ours = /^\/(netzwerk|:town\/(veranstaltungen|newsletter|verwaltung\/(videodienste|mailprobe)))/

/** What is no page (files, feeds, the mail's own page), and what only a running gathering or a video service shows: conference.journey, services.db. */
const elsewhere = [
  '/netzwerk/newsletter',
  '/netzwerk/veranstaltungen',
  '/:town/veranstaltungen/kalender.ics',
  '/:town/veranstaltungen/anmeldung/:token/teilnehmen',
  '/:town/veranstaltungen/rueckmeldung/:token',
  '/:town/veranstaltungen/verwalten/:gathering/einlassliste',
  '/:town/veranstaltungen/verwalten/:gathering/raum',
  '/:town/veranstaltungen/verwalten/:gathering/unterlagen/:file',
  '/:town/veranstaltungen/:gathering/dokumentation',
  '/:town/veranstaltungen/:gathering/unterlagen/:file',
  '/:town/newsletter/bilder/:picture',
  '/:town/newsletter/feed.atom',
  '/:town/newsletter/entwuerfe/:issue/ansicht',
  '/:town/newsletter/entwuerfe/:issue/text',
]
const all = routes.filter(({ method, path }) => method === 'GET' && ours.test(path))
const patterns = routes
  .filter(({ method }) => method === 'GET')
  .toSorted((a, b) => Number(a.path.startsWith('/:')) - Number(b.path.startsWith('/:')))
  .map((route) => ({ route, test: new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/]+')}$`) }))
const routeOf = (path: string) => patterns.find((one) => one.test.test(path))?.route

let visitor: Page
let staff: Page
/** One address for each route. */
const found = new Map<string, string>()

beforeAll(async () => {
  demo = await startDemo({ stories: true })
  base = demo.url
  const own = { baseURL: base, bypassCSP: true }
  ;[visitor, staff] = [await open(own), await open(own)]
  await actAs(staff, 'lindenau', 'Miriam Aydın')
  await actAs(staff, 'landeskoordination', 'Hannah Brückner')
})
afterAll(() => demo.stop())

/** Where the way begins: the fields of work, and what only comes into being by a deed. */
async function seeds(): Promise<string[]> {
  await staff.goto(`${seat}/newsletter/verwalten`)
  await staff.getByRole('button', { name: 'Ausgabe beginnen' }).click()
  await staff.waitForURL('**/entwuerfe/*')
  const draft = new URL(staff.url()).pathname
  await staff.goto(`${seat}/newsletter/verwalten/einwilligungen`)
  await staff.locator('#address').fill('kreishaus.auental@beispiel.invalid')
  await staff.locator('main form button').first().click()
  await staff.waitForLoadState()
  const consents = await hrefs(staff)
  await visitor.goto('/netzwerk/veranstaltungen')
  await visitor
    .getByRole('link', { name: 'Abschlusskonferenz' })
    .or(visitor.getByRole('link', { name: 'Mehr dazu' }))
    .first()
    .click()
  const conference = new URL(visitor.url()).pathname
  await visitor.goto(`${conference}/anmelden`)
  await visitor.locator('#name').fill('Frau Axt')
  await visitor.locator('#mail').fill('axt@example.org')
  await visitor.locator('#q0').fill('Hohenfels')
  await visitor.locator('form[action$="/anmelden"] button').click()
  await visitor.goto(`${seat}/newsletter`)
  await visitor.locator('#address').fill('axt@example.org')
  await visitor.getByRole('button', { name: 'Newsletter bestellen' }).click()
  const fields = ['/veranstaltungen', '/newsletter', '/veranstaltungen/verwalten', '/veranstaltungen/verwalten/neu']
  const settings = ['/verwaltung/videodienste', '/verwaltung/mailprobe', '/newsletter/verwalten']
  const towns = [...fields, ...settings].flatMap((path) => [seat + path, `/lindenau${path}`])
  const steps = ['', '/pruefen', '/bild', '/versand'].map((step) => draft + step)
  return ['/netzwerk', `${conference}/angemeldet`, ...steps, ...consents, ...towns]
}

/** Links that only a mail carries. */
async function fromMails(): Promise<string[]> {
  const wanted = ['anmeldung', 'newsletter/bestaetigen', 'newsletter/einstellungen', 'newsletter/abmelden']
  const links = async () => {
    await visitor.goto('/dev/mail')
    const text = (await visitor.textContent('main')) ?? ''
    return wanted.map((part) => new RegExp(`${base}(/\\w+/(?:veranstaltungen/)?${part}/[\\w-]+)`).exec(text)?.[1] ?? '')
  }
  await expect.poll(links, { timeout: 20_000 }).not.toContain('')
  return links()
}

const hrefs = (page: Page) =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('a[href]')].map((a) => new URL(a.href)).filter((u) => u.origin === location.origin).map((u) => u.pathname)`,
  )

/** Goes on from page to page, until no route of ours is new. */
async function follow(start: string): Promise<void> {
  const waiting = [start]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = routeOf(path)
    if (!route || !ours.test(route.path) || found.has(route.path) || elsewhere.includes(route.path)) continue
    const page = route.access.kind === 'open' ? visitor : staff
    const answer = await page.goto(path)
    if (answer?.status() !== 200 || new URL(page.url()).pathname !== path) continue
    found.set(route.path, path)
    waiting.push(...(await hrefs(page)))
  }
}

test('every route is reached by the links of the demo or named as no page', async () => {
  for (const start of [...(await seeds()), ...(await fromMails())]) await follow(start)
  const missing = all.map(({ path }) => path).filter((path) => !found.has(path) && !elsewhere.includes(path))
  expect(missing).toEqual([])
  expect(found.size).toBeGreaterThan(30)
})

test.each([360, 1280])('axe finds nothing on any of them at %i px, and none is too wide', async (width) => {
  const wrong: string[] = []
  for (const page of [visitor, staff]) await page.setViewportSize({ width, height: 800 })
  for (const path of found.values()) {
    const page = routeOf(path)?.access.kind === 'open' ? visitor : staff
    await page.goto(path)
    await page.evaluate('document.querySelectorAll("details").forEach((one) => (one.open = true))')
    wrong.push(...(await faults(page, path)))
  }
  expect(wrong).toEqual([])
})

const forVisitors = () => [...found].filter(([route]) => all.find(({ path }) => path === route)?.access.kind === 'open')

test('each public page comes over the line with at most 40 KB without its letters', async () => {
  const sizes = `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter(({ name }) => !name.includes('.woff2')).reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`
  const heavy: string[] = []
  for (const [, path] of forVisitors()) {
    await visitor.goto(path, { waitUntil: 'load' })
    const bytes = await visitor.evaluate<number>(sizes)
    expect(bytes, path).toBeGreaterThan(3_000)
    if (bytes > 40 * 1024) heavy.push(`${path}: ${bytes}`)
  }
  expect(heavy).toEqual([])
})

const words = (slice: string, language: Language): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../app/work/${slice}/locales/public.${language}.json`), 'utf8'))
/** Sentences only German has: whoever reads another language shall meet none of them. */
const german = ['gatherings', 'newsletter', 'network'].flatMap((slice) =>
  Object.values(words(slice, 'de')).filter((text) => text.length > 12 && !text.includes('{')),
)

async function inLanguage(path: string, language: Language): Promise<string[]> {
  const html = await (await fetch(`${base}${path}?sprache=${language}`)).text()
  const lang = /<html lang="(\w+)"/.exec(html)?.[1]
  const own = new Set(['gatherings', 'newsletter', 'network'].flatMap((slice) => Object.values(words(slice, language))))
  const left = german.filter((text) => !own.has(text) && html.includes(text))
  const wanted = languages.find(({ id }) => id === language)?.id === 'leicht' ? 'de' : language
  return [...(lang === wanted ? [] : [`${path} ${language}: lang=${lang}`]), ...left.map((text) => `${path}: ${text}`)]
}

test('the pages are English too; those of a citizens’ dialogue speak every language we ship', async () => {
  const wrong: string[] = []
  expect(german.length).toBeGreaterThan(40)
  for (const [, path] of forVisitors()) wrong.push(...(await inLanguage(path, 'en')))
  await visitor.goto('/lindenau/veranstaltungen')
  const dialogue = (await hrefs(visitor)).find((path) => path.includes('buergerdialog'))!
  for (const { id } of languages.filter((one) => one.id !== 'de' && one.id !== 'leicht'))
    for (const path of ['/lindenau/veranstaltungen', dialogue, `${dialogue}/anmelden`])
      wrong.push(...(await inLanguage(path, id)))
  expect(wrong).toEqual([])
})

/** The pages somebody sees on the way, counted from the field of work itself; the same page again is one. */
function counted(page: Page): string[] {
  const seen: string[] = []
  page.on('framenavigated', (frame) => {
    const { pathname } = new URL(frame.url())
    if (frame === page.mainFrame() && !seen.includes(pathname)) seen.push(pathname)
  })
  return seen
}

test('a gathering online and announced takes three pages, an issue of the newsletter four with the second person’s', async () => {
  const pages = counted(staff)
  await staff.goto(`${seat}/veranstaltungen/verwalten`)
  await staff.getByRole('link', { name: 'Veranstaltung planen' }).click()
  await staff.getByRole('button', { name: 'Entwurf anlegen' }).click()
  for (const name of ['title', 'summary', 'day', 'from', 'until', 'deadline', 'room'])
    expect(await staff.locator(`#${name}-error`).count(), `${name} is named at once`).toBe(1)
  const fields = {
    title: 'Drei Seiten',
    summary: 'Kurz.',
    day: '3.12.2027',
    from: '10',
    until: '12',
    deadline: '1.12.2027',
  }
  for (const [name, value] of Object.entries(fields)) await staff.locator(`#${name}`).fill(value)
  await staff.locator('#room').fill('https://video.example/drei')
  await staff.getByRole('button', { name: 'Entwurf anlegen' }).click()
  await staff.getByRole('button', { name: 'Jetzt ankündigen' }).click()
  expect(await staff.textContent('main')).toContain('/landeskoordination/veranstaltungen/drei-seiten')
  expect(pages).toHaveLength(3)

  pages.length = 0
  await staff.goto(`${seat}/newsletter/verwalten`)
  await staff.getByRole('button', { name: 'Ausgabe beginnen' }).click()
  await staff.locator('#subject').fill('Vier Seiten')
  await staff.getByLabel('Neues aus dem Netzwerk').check()
  await staff.getByRole('button', { name: 'Absatz hinzufügen' }).click()
  await staff.locator('#b0-text').fill('Guten Tag.')
  await staff.getByRole('button', { name: 'Ansehen und prüfen' }).click()
  await staff.getByRole('button', { name: 'Um Freigabe bitten' }).click()
  const asked = new URL(staff.url()).pathname
  const second = await open({ baseURL: base })
  await actAs(second, 'landeskoordination', 'Deniz Arslan')
  const hers = counted(second)
  await second.goto(asked)
  await second.getByRole('button', { name: 'Ausgabe freigeben' }).click()
  expect(await second.textContent('main')).toMatch(/wird verschickt|verschickt an/)
  expect(new Set([...pages, ...hers]).size).toBeLessThanOrEqual(4)
})
