import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { application } from '#app/application.ts'
import { startSession } from '#platform/auth/index.ts'
import { makeRecovery } from '#platform/crypto/index.ts'
import { languages } from '#platform/i18n/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { setTownSign, type Who } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { closeForm, goPublic, saveOffice } from '../commands/settings.ts'
import { settingsOf } from '../queries/settings.ts'
import { noAbout, office } from './schema.ts'

const origin = 'http://localhost'
let towns: Towns
let server: Server
let base: string
let cookie: string
let who: Who

beforeAll(async () => {
  towns = await foundTowns()
  who = await towns.appoint('administrator')
  cookie = `b-lindenau=${(await towns.at((tx) => startSession(tx, who.kind === 'person' ? who.id : ''), program)).token}`
  const { tenants } = towns
  const app = application({
    tenants,
    log: silentLog,
    origin,
    sendsMail: false,
    trustedProxies: [],
    extraRoutes: [],
    first: { waiting: false },
  })
  server = await new Promise<Server>((resolve) => {
    const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(made as Server)) as Server
  })
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await towns.end()
})

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(base + path, { redirect: 'manual', ...init })
  return { status: response.status, headers: response.headers, html: await response.text() }
}
const page = (path: string) => ask(`/lindenau/verwaltung/${path}`, { headers: { cookie } })
const fieldsOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<input(?=[^>]* type="hidden")[^>]* name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  ) as Record<string, string>
async function send(path: string, values: Record<string, string>, file?: File) {
  const fields = { ...fieldsOf((await page(path)).html), ...values }
  const body = file ? new FormData() : new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  if (file && body instanceof FormData) body.set('picture', file)
  return ask(`/lindenau/verwaltung/${path}`, { method: 'POST', headers: { cookie, origin }, body })
}
const sign = async () => (await towns.tenants.municipalities()).find(({ slug }) => slug === 'lindenau')

const said = {
  name: 'Stadt Lindenau',
  kind: 'independent-city',
  land: 'NW',
  accent: 'plum',
  ...Object.fromEntries(Object.keys(noAbout).map((field) => [field, `Wort ${field}`])),
  phone: '02161 555-0',
  mail: 'stelle@lindenau.example',
}

test('one form fills imprint, privacy and accessibility in every language, the sign and the model; no gap is left', async () => {
  const before = await ask('/lindenau/impressum')
  expect(before.html).toContain('Diese Angabe fehlt noch')
  expect(await htmlFaults((await page('kommune')).html)).toEqual([])
  expect((await send('kommune', { ...said, mail: 'nirgends' })).html).toContain('Wort street')
  expect((await send('kommune', said)).status).toBe(303)
  expect(await sign()).toMatchObject({ accent: '#6d2f5b' })
  const { model } = await towns.at(modelInForce)
  expect(model.offices.find(({ id }) => id === model.readers.usual)).toMatchObject({ phone: '02161 555-0' })
  for (const { id } of languages) {
    const pages = await Promise.all(
      ['impressum', 'datenschutz', 'barrierefreiheit', 'leichte-sprache'].map((one) =>
        ask(`/lindenau/${one}?sprache=${id}`),
      ),
    )
    const all = pages.map(({ html }) => html).join('')
    for (const field of Object.keys(noAbout)) expect(all, `${id} ${field}`).toContain(said[field as keyof typeof said])
    expect(all).not.toContain('<em>')
    expect(all).toContain('/lindenau/farben/6d2f5b.css')
    for (const { html } of pages) expect(await htmlFaults(html)).toEqual([])
  }
  expect((await ask('/lindenau/farben/6d2f5b.css')).headers.get('content-type')).toContain('text/css')
  expect((await ask('/lindenau/farben/ff0000.css')).status).toBe(404)
})

test('two people at once: the second sees both texts, and nothing of the first is lost', async () => {
  const { version } = await towns.at(settingsOf)
  const data = office.parse({ ...said, street: 'Rathausplatz 1' })
  const by = { onto: version, by: 'Miriam', note: 'x' }
  await towns.at((tx) => saveOffice(tx, data, by), who)
  await expect(towns.at((tx) => saveOffice(tx, data, by), who)).rejects.toThrow('stale')
  const late = await send('kommune', { ...said, street: 'Marktplatz 7', _version: String(version) })
  expect(late.status).toBe(409)
  expect(late.html).toContain('Rathausplatz 1')
  expect(late.html).toContain('Marktplatz 7')
  expect((await towns.at(settingsOf)).about.street).toBe('Rathausplatz 1')
})

test('hours, closing days, areas and numbers make a new version of the model; faults stay at their field', async () => {
  const { model } = await towns.at(modelInForce)
  const areas = Object.fromEntries(model.areas.map(({ id, name }) => [`area-${id}`, name]))
  const form = { ...areas, newAreas: 'Am Hang', 'youth-office': '02161 555 200', 'hours-mon': '8-12', closed: '' }
  const wrong = await send('zeiten', { ...form, 'hours-tue': 'nachmittags', closed: 'irgendwann', 'youth-office': '' })
  expect(wrong.status).toBe(422)
  for (const field of ['hours-tue', 'closed', 'youth-office']) expect(wrong.html).toContain(`id="${field}-error"`)
  expect((await send('zeiten', { ...form, closed: '24.12.2026 bis 1.1.2027, Betriebsruhe' })).status).toBe(303)
  const now = (await towns.at(modelInForce)).model
  expect(now.hours).toEqual({
    weekly: { mon: [['08:00', '12:00']] },
    closed: [{ from: '2026-12-24', until: '2027-01-01', why: expect.objectContaining({ de: 'Betriebsruhe' }) }],
  })
  expect(now.areas.map(({ id }) => id)).toEqual([...model.areas.map(({ id }) => id), 'am-hang'])
  expect((await page('zeiten')).html).toContain('24.12.2026 bis 1.1.2027, Betriebsruhe')
})

test('a county with a youth office in each town may leave the common number empty; nothing else changes', async () => {
  const at = { municipality: towns.county, who: program }
  const session = await towns.tenants.inTenant(at, async (tx) => {
    const id = crypto.randomUUID()
    await tx.db.insertInto('auth.person').values({ id, name: 'Kreis', mail: null }).execute()
    const appointment = { id: crypto.randomUUID(), person_id: id, role: 'administrator', from_on: '2026-01-01' }
    await tx.db.insertInto('auth.appointment').values(appointment).execute()
    return startSession(tx, id)
  })
  const headers = { cookie: `b-auental=${session.token}`, origin }
  const { html } = await ask('/auental/verwaltung/zeiten', { headers })
  const inputs = [...html.matchAll(/<input(?=[^>]* name="([\w-]+)")(?=[^>]* value="([^"]*)")/g)]
  const closed = /<textarea id="closed"[^>]*>\n?([^<]*)</.exec(html)?.[1] ?? ''
  const form = { ...Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, value])), closed }
  const { model: before } = await towns.tenants.inTenant(at, modelInForce)
  const body = new URLSearchParams(form)
  expect(body.get('youth-office')).toBe('')
  expect((await ask('/auental/verwaltung/zeiten', { method: 'POST', headers, body })).status).toBe(303)
  expect((await towns.tenants.inTenant(at, modelInForce)).model).toEqual(before)
})

test('a coat of arms is made anew, stands on every page, and is served from here alone', async () => {
  const draw = sharp({ create: { width: 800, height: 1000, channels: 4, background: '#0b5563' } })
  const png = new File([new Uint8Array(await draw.png().toBuffer())], 'wappen.png', { type: 'image/png' })
  const svg = new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'wappen.png', { type: 'image/png' })
  expect((await send('wappen', {}, svg)).html).toContain('kein PNG und kein JPEG')
  expect((await sign())?.arms).toBeNull()
  expect((await send('wappen', {}, png)).status).toBe(303)
  const arms = `/lindenau/wappen/${(await sign())?.arms}.png`
  for (const path of ['/lindenau', '/lindenau/impressum']) expect((await ask(path)).html).toContain(`src="${arms}"`)
  expect((await page('kommune')).html).toContain(`src="${arms}"`)
  const served = await fetch(base + arms)
  expect(served.headers.get('content-type')).toBe('image/png')
  expect(served.headers.get('x-content-type-options')).toBe('nosniff')
  expect(served.headers.get('cache-control')).toContain('immutable')
  const { width, height } = await sharp(Buffer.from(await served.arrayBuffer())).metadata()
  expect([width, height]).toEqual([96, 120])
  expect((await ask(arms.replace('lindenau', 'auental'))).status).toBe(404)
  expect((await send('wappen', { do: 'remove' }, png)).status).toBe(303)
  expect((await ask(arms)).status).toBe(404)
})

test('closed, the page says so in words and nothing gets in but the probe; then the switch names what is missing', async () => {
  await towns.at(closeForm, who)
  const town = await ask('/lindenau')
  expect(town.html).toContain('110')
  expect(town.html).not.toContain('/lindenau/melden')
  for (const path of ['/lindenau/melden', '/lindenau/melden/wo', '/lindenau/rueckruf'])
    expect((await ask(path)).headers.get('location')).toBe('/lindenau')
  const report = { method: 'POST', body: JSON.stringify({ observed: 'Streit am Brunnen' }) }
  expect((await ask('/api/v1/lindenau/reports', report)).status).toBe(503)
  expect((await ask('/lindenau/rueckmeldung')).status).toBe(200)
  expect((await send('oeffentlich', { do: 'probe' })).status).toBe(303)
  expect((await towns.at(settingsOf)).probe_on).not.toBeNull()
  const rows = await towns.at((tx) => tx.db.selectFrom('intake.report').select('synthetic').execute(), program)
  expect(rows).toEqual([{ synthetic: true }])
  expect(await towns.at(goPublic, who)).toEqual(['assessment', 'council', 'recovery', 'substitute', 'roles'])
  const refused = await send('oeffentlich', { do: 'open' })
  expect(refused.status).toBe(422)
  expect(await htmlFaults(refused.html)).toEqual([])
  expect((await sign())?.opened_at).toBeNull()
  expect((await send('oeffentlich', { do: 'dates', assessment: '20.11.2026', council: '31.12.2026' })).html).toContain(
    'Dieser Tag liegt noch vor uns',
  )
  expect((await send('oeffentlich', { do: 'dates', assessment: '20.11.2026', council: 'gestern' })).status).toBe(303)
  expect(await towns.at(settingsOf)).toMatchObject({ assessment_on: '2026-11-20', council_on: '2026-11-22' })
})

test('what is said about the machines before this one stands in the text on anonymity, with its day', async () => {
  await towns.at((tx) => setTownSign(tx, { opened_at: tx.now }), program)
  expect((await ask('/lindenau/so-arbeiten-wir')).html).toContain('noch nicht bestätigt')
  expect((await send('oeffentlich', { do: 'proxy', logs: 'short', days: '' })).html).toContain('id="days-error"')
  expect((await send('oeffentlich', { do: 'proxy', logs: 'short', days: '14' })).status).toBe(303)
  const how = (await ask('/lindenau/so-arbeiten-wir')).html
  expect(how).toContain('gekürzt auf und löscht sie nach 14 Tagen (bestätigt am 23. November 2026)')
  expect((await page('oeffentlich')).html).toContain('Bestätigt am 23. November 2026 von administrator')
  await send('oeffentlich', { do: 'proxy', logs: 'unknown', days: '' })
  expect((await ask('/lindenau/so-arbeiten-wir')).html).toContain('noch nicht bestätigt')
})

test('two parts typed back prove the sheet; a slip is named by line and group, foreign parts are told', async () => {
  const { parts } = makeRecovery(towns.tenants.installation.secret())
  const [one, other] = parts.map((lines) => lines.join('\n')) as [string, string]
  const slip = one.replace(/^(\S+ \S+ )(.)/, (_, head, letter) => head + (letter === 'A' ? 'B' : 'A'))
  const { html } = await send('wiederherstellung', { one: slip, other: '' })
  expect(html).toContain('In Zeile 1 stimmt die 3. Gruppe nicht')
  expect(html).toContain('Bitte tippen Sie diesen Teil ab')
  expect((await send('wiederherstellung', { one, other: one })).html).toContain('zweimal derselbe Teil')
  const foreign = makeRecovery(Buffer.alloc(64, 7)).parts.map((lines) => lines.join('\n'))
  expect((await send('wiederherstellung', { one: foreign[0]!, other: foreign[1]! })).html).toContain('zu dieser Anlage')
  expect((await towns.at(settingsOf)).recovery_on).toBeNull()
  expect((await send('wiederherstellung', { one: one.toLowerCase(), other })).status).toBe(303)
  expect((await towns.at(settingsOf)).recovery_on).toBe('2026-11-23')
})

test('a municipality changes its own sign and no other', async () => {
  const county = async () => (await towns.tenants.municipalities()).find(({ slug }) => slug === 'auental')
  const before = await county()
  await towns.at((tx) => setTownSign(tx, { name: 'Umbenannt', opened_at: null }), program)
  expect(await county()).toEqual(before)
  expect(await sign()).toMatchObject({ name: 'Umbenannt', opened_at: null })
  await expect(
    towns.at((tx) => tx.db.updateTable('platform.municipality').set({ name: 'Nein' }).execute(), program),
  ).rejects.toThrow('permission denied')
})
