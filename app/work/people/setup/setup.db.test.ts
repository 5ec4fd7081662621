import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { application } from '#app/application.ts'
import { routes } from '#app/routes.ts'
import { checkPart, Installation, joinParts } from '#platform/crypto/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { silentLog } from '#platform/log/index.ts'
import { discardUnfinished, foundMunicipality, Tenants } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { FirstStart } from './first-start.ts'
import { setupRoutes, type SetupOptions } from './page.tsx'

const origin = 'http://localhost'
let database: FreshDatabase
let tenants: Tenants
let installation: Installation
let first: FirstStart
let link: string
let ask: (path: string, form?: Record<string, string>) => Promise<{ status: number; html: string }>
let found: SetupOptions['found']

beforeEach(async () => {
  database = await freshDatabase()
  const key = join(mkdtempSync(join(tmpdir(), 'setup-key-')), 'key')
  installation = Installation.create(key)
  tenants = new Tenants({ app: asRole(database.config, database.name, 'app'), installation })
  first = new FirstStart()
  const owner = asRole(database.config, database.name, 'owner')
  found = (wanted) => foundMunicipality(owner, installation, wanted)
  const setup = setupRoutes({
    first,
    tenants,
    installation,
    found: (wanted) => found(wanted),
    discard: () => discardUnfinished(owner),
  })
  const app = application({
    tenants,
    log: silentLog,
    origin,
    sendsMail: false,
    trustedProxies: [],
    extraRoutes: setup,
    first,
  })
  link = `/einrichten/${first.begin(Date.now())}`
  ask = async (path, form) => {
    const body = form && new URLSearchParams(form)
    const answer = await app.request(origin + path, form ? { method: 'POST', headers: { origin }, body } : {})
    return { status: answer.status, html: await answer.text() }
  }
})
afterEach(async () => {
  vi.useRealTimers()
  await tenants.close()
  await database.drop()
})

const answers = {
  name: 'Stadt Neuenfelde',
  slug: 'neuenfelde',
  kind: 'independent-city',
  model: 'klein-anfangen',
  firstName: 'Miriam Aydın',
  firstMail: 'miriam@neuenfelde.example',
  secondName: 'Dr. Ute Brandt',
  secondMail: 'ute@neuenfelde.example',
}
const tokenOn = (html: string) => /name="_token" value="([^"]+)"/.exec(html)?.[1] ?? ''
let token = ''
async function send(changed: Partial<typeof answers> = {}) {
  token = tokenOn((await ask(link)).html) || token
  return ask(link, { ...answers, ...changed, _token: token })
}

test('before set-up every other page answers 503, whoever asks; the health page works', async () => {
  const pages = routes.filter(({ method, path }) => method === 'GET' && path !== '/')
  expect(pages.length).toBeGreaterThan(30)
  for (const { path } of pages) {
    const { status, html } = await ask(path.replace(':town', 'neuenfelde').replaceAll(/:\w+/g, 'x'))
    expect(status, path).toBe(503)
    expect(html).not.toContain(link)
  }
  expect((await ask('/')).status).toBe(503)
  expect((await ask('/healthz')).status).toBe(200)
})

test('the link has 128 bits, ends after half an hour, and a guessed one gets nothing', async () => {
  expect(Buffer.from(link.split('/').at(-1) ?? '', 'base64url')).toHaveLength(16)
  token = tokenOn((await ask(link)).html)
  expect((await ask(`${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404)
  expect((await ask('/einrichten/x')).status).toBe(404)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 60_000 + 1000 })
  expect((await ask(link)).status).toBe(404)
  expect((await send()).status).toBe(404)
  expect(await tenants.municipalities()).toEqual([])
})

test('two people, a model in force, two invitations and three parts of which two give the key: once', async () => {
  const shown = await ask(link)
  expect(await htmlFaults(shown.html)).toEqual([])
  const done = await send()
  expect(done.status).toBe(200)
  expect(await htmlFaults(done.html)).toEqual([])
  const [town] = await tenants.municipalities()
  expect(town).toMatchObject({ slug: 'neuenfelde', name: 'Stadt Neuenfelde', opened_at: null })
  const who = { kind: 'program', name: 'test' } as const
  const model = await tenants.inTenant({ municipality: town!.id, who }, modelInForce)
  expect(model.model.body).toMatchObject({ name: 'Stadt Neuenfelde', kind: 'independent-city' })
  const invitations = [...done.html.matchAll(/href="(\/neuenfelde\/einladung\/[\w-]+)"/g)].map(([, to]) => to ?? '')
  expect(invitations).toHaveLength(2)
  for (const to of invitations) expect((await ask(to)).status).toBe(200)
  const parts = [...done.html.matchAll(/<pre[^>]*>([^<]+)<\/pre>/g)].map(([, text]) => checkPart(text!.split('\n')))
  expect(parts.map(({ ok }) => ok)).toEqual([true, true, true])
  const [one, , three] = parts as Extract<(typeof parts)[number], { ok: true }>[]
  expect(joinParts(one!, three!)).toEqual(installation.secret())
  expect((await ask(link)).status).toBe(404)
  expect((await send({ slug: 'anderswo' })).status).toBe(404)
  expect((await ask('/neuenfelde')).status).toBe(200)
})

test('sent twice at once it founds one municipality', async () => {
  const _token = tokenOn((await ask(link)).html)
  const both = await Promise.all(['eins', 'zwei'].map((slug) => ask(link, { ...answers, slug, _token })))
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404])
  expect(await tenants.municipalities()).toHaveLength(1)
})

test('faults are named with everything as typed; what failed half way is taken back and can be tried again', async () => {
  const wrong = await send({ slug: 'Ä', firstMail: 'nirgends' })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('Stadt Neuenfelde')
  expect((await send({ slug: 'handbuch' })).html).toContain('Diese Adresse ist vergeben')
  const real = found
  found = async (wanted) => {
    await real(wanted)
    throw new Error('the database went away')
  }
  expect((await send()).status).toBe(500)
  expect(await tenants.municipalities()).toEqual([])
  found = real
  expect((await send()).status).toBe(200)
})
