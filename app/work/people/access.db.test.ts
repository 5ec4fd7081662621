import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { Authenticator, type Behaviour } from '#tests/support/authenticator.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
})
afterAll(() => towns.end())

const here = { origin: 'http://localhost' }
const page = '/lindenau/heute/zugang'
const later = (minutes: number) => void (towns.clock.now = new Date(towns.clock.now.getTime() + minutes * 60_000))
const unescaped = (html: string) => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
const asked = (html: string) => ({
  options: unescaped(/options="([^"]*)"/.exec(html)?.[1] ?? ''),
  sealed: /name="sealed" value="([^"]*)"/.exec(html)?.[1] ?? '',
})
const passkeysOn = (html: string) => [...html.matchAll(/passkeys\/([0-9a-f-]{36})/g)].map((found) => found[1]!)

async function signedIn(id?: string): Promise<{ id: string; visitor: Visitor }> {
  const person = id ?? ((await towns.appoint('handler')) as { id: string }).id
  const visitor = new Visitor(towns, app)
  visitor.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, person, 'Firefox, Linux'), program)).token)
  return { id: person, visitor }
}

async function add(visitor: Visitor, device: Authenticator, how: Behaviour = here, name = 'Diensthandy') {
  const { options, sealed } = asked((await visitor.get(page)).text)
  return visitor.post(`${page}/passkeys`, { name, sealed, answer: device.add(options, how) })
}

async function enter(device: Authenticator, how: Behaviour = here, visitor = new Visitor(towns, app)) {
  const { options, sealed } = asked((await visitor.get('/lindenau/anmelden')).text)
  const fields = { sealed, answer: device.enter(options, how) }
  return { fields, status: (await visitor.post('/lindenau/anmelden/passkey', fields)).status }
}

test('several passkeys per person open her access in place of password and code; a removed one does not', async () => {
  const { visitor } = await signedIn()
  const [phone, key] = [new Authenticator(), new Authenticator()]
  expect((await add(visitor, phone)).status).toBe(303)
  expect((await add(visitor, key, here, 'Schlüsselbund')).status).toBe(303)
  const entered = new Visitor(towns, app)
  expect((await enter(phone, here, entered)).status).toBe(303)
  expect((await entered.get('/lindenau/heute')).status).toBe(200)
  expect((await enter(key)).status).toBe(303)
  const shown = (await visitor.get(page)).text
  expect(shown).toContain('Schlüsselbund')
  for (const id of passkeysOn(shown).slice(0, 1)) await visitor.post(`${page}/passkeys/${id}`)
  expect([(await enter(phone)).status, (await enter(key)).status].toSorted()).toEqual([303, 422])
})

test('an answer counts once, for ten minutes, from this address and with finger or PIN', async () => {
  const { visitor } = await signedIn()
  const synced = new Authenticator({ counts: false })
  await add(visitor, synced)
  const { fields, status } = await enter(synced)
  expect(status).toBe(303)
  const device = new Authenticator()
  await add(visitor, device)
  await enter(device)
  const again = (more: Record<string, string>) => new Visitor(towns, app).post('/lindenau/anmelden/passkey', more)
  expect((await again(fields)).status).toBe(422)
  expect((await enter(device, { origin: 'http://localhost.example' })).status).toBe(422)
  expect((await enter(device, { ...here, verified: false })).status).toBe(422)
  const stranger = new Visitor(towns, app)
  const question = asked((await stranger.get('/lindenau/anmelden')).text)
  later(11)
  const late = { sealed: question.sealed, answer: device.enter(question.options, here) }
  expect((await again(late)).status).toBe(422)
  device.counter = 0
  expect((await enter(device)).status).toBe(422)
})

test('nonsense, an unknown device, and a device of somebody who left get the same page', async () => {
  const { id, visitor } = await signedIn()
  const device = new Authenticator()
  await add(visitor, device)
  expect((await enter(new Authenticator())).status).toBe(422)
  for (const answer of ['', '{', '{"id":1}', 'null'])
    expect((await visitor.post('/lindenau/anmelden/passkey', { sealed: 'x', answer })).status).toBe(422)
  await towns.at(
    (tx) => tx.db.updateTable('auth.person').set({ left_on: '2026-01-01' }).where('id', '=', id).execute(),
    program,
  )
  expect((await enter(device)).status).toBe(422)
})

test('a question put to one person adds no passkey to another, and a device is kept once', async () => {
  const [anna, bert] = [await signedIn(), await signedIn()]
  const device = new Authenticator()
  const { options, sealed } = asked((await anna.visitor.get(page)).text)
  const fields = { name: 'x', sealed, answer: device.add(options, here) }
  expect((await bert.visitor.post(`${page}/passkeys`, fields)).status).toBe(422)
  expect((await anna.visitor.post(`${page}/passkeys`, fields)).status).toBe(303)
  expect((await add(bert.visitor, device)).status).toBe(422)
  const [hers] = passkeysOn((await anna.visitor.get(page)).text)
  expect((await bert.visitor.post(`${page}/passkeys/${hers}`)).status).toBe(404)
})

test('one sees where one is signed in, ends one session or all others, and nobody else can', async () => {
  const { id, visitor } = await signedIn()
  const other = await signedIn(id)
  const third = await signedIn(id)
  const text = (await visitor.get(page)).text
  expect(text).toContain('an 3 Orten angemeldet')
  expect(text).toContain('Firefox, Linux, seit 23. November 2026, 14:')
  const [one, two] = [...text.matchAll(/sitzungen\/([0-9a-f-]{36})/g)].map((found) => found[1]!)
  const stranger = await signedIn()
  await stranger.visitor.post(`${page}/sitzungen/${one}`)
  expect((await visitor.get(page)).text).toContain('an 3 Orten')
  await visitor.post(`${page}/sitzungen/${two}`)
  const left = [await other.visitor.get(page), await third.visitor.get(page)].map(({ status }) => status)
  expect(left.toSorted()).toEqual([200, 401])
  await visitor.post(`${page}/sitzungen`)
  expect((await other.visitor.get(page)).status).toBe(401)
  expect((await third.visitor.get(page)).status).toBe(401)
  expect((await visitor.get(page)).text).toContain('an einem Ort angemeldet')
  expect((await stranger.visitor.get(page)).status).toBe(200)
})

test('a quarter of an hour after signing in no new way in is made', async () => {
  const { visitor } = await signedIn()
  const device = new Authenticator()
  const { options, sealed } = asked((await visitor.get(page)).text)
  later(16)
  expect((await visitor.get(page)).text).not.toContain('passkey-form')
  const fields = { name: 'x', sealed, answer: device.add(options, here) }
  for (const [part, more] of [
    ['passkeys', fields],
    ['codes', {}],
    ['neu', {}],
  ] as const)
    expect((await visitor.post(`${page}/${part}`, more)).status).toBe(403)
})
