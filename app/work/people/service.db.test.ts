import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rolesToday, SignInService, startSession } from '#platform/auth/index.ts'
import { Provider } from '#tests/support/provider.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

const way = '/lindenau/anmelden/dienst'
const provider = new Provider([`http://localhost${way}/zurueck`])
const groups = ['alle', 'besonnen-lindenau']
let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  await provider.start()
  towns = await foundTowns()
  app = programOver(towns, { signInService: service() })
})
afterAll(async () => {
  await towns.end()
  await provider.stop()
})
beforeEach(() => void (provider.forge = {}))

const service = (more: Partial<ConstructorParameters<typeof SignInService>[0]> = {}) =>
  new SignInService({
    issuer: new URL(provider.issuer),
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    claim: 'realm.groups',
    value: 'besonnen-{town}',
    ...more,
  })

const says = (sub: string, more: object = {}) => ({ sub, name: `Person ${sub}`, realm: { groups }, ...more })

/** Signs in there as whoever the claims say, and comes back. */
async function arrive(claims: object, visitor = new Visitor(towns, app)) {
  provider.claims = { ...claims }
  const back = provider.visit((await visitor.get(way)).to ?? '')
  return { visitor, back, status: (await visitor.get(back)).status }
}

const named = (name: string) =>
  towns.at((tx) => tx.db.selectFrom('auth.person').selectAll().where('name', '=', name).execute(), program)
const rolesOf = async (id: string) => (await towns.at((tx) => rolesToday(tx, id), program))?.roles

test('the service lets somebody in, once as the same person, and gives neither role nor case', async () => {
  const first = await arrive(says('a', { email: 'a@lindenau.invalid', email_verified: true }))
  expect(first.status).toBe(303)
  expect((await first.visitor.get('/lindenau/heute')).status).toBe(200)
  expect((await first.visitor.get('/lindenau/faelle')).status).toBe(403)
  expect((await arrive(says('a'))).status).toBe(303)
  const rows = await named('Person a')
  expect(rows).toMatchObject([{ mail: 'a@lindenau.invalid' }])
  expect(await rolesOf(rows[0]!.id)).toEqual([])
})

test('who lacks the claim, or has that of another municipality, is not let in and not written down', async () => {
  for (const realm of [undefined, {}, { groups: [] }, { groups: 'besonnen-auental' }, { groups: ['besonnen-{town}'] }])
    expect((await arrive(says('b', { realm }))).status).toBe(403)
  expect(await named('Person b')).toEqual([])
})

test('a claim that is gone ends session, roles and grants; its return brings none of them back', async () => {
  const { visitor } = await arrive(says('c'))
  const [person] = await named('Person c')
  const role = { id: crypto.randomUUID(), person_id: person!.id, role: 'handler', from_on: '2026-01-01' }
  await towns.at((tx) => tx.db.insertInto('auth.appointment').values(role).execute(), program)
  expect((await visitor.get('/lindenau/faelle')).status).toBe(200)
  expect((await arrive(says('c', { realm: {} }))).status).toBe(403)
  expect((await visitor.get('/lindenau/heute')).status).toBe(401)
  expect(await rolesOf(person!.id)).toBeUndefined()
  const again = await arrive(says('c'))
  expect((await again.visitor.get('/lindenau/heute')).status).toBe(200)
  expect((await again.visitor.get('/lindenau/faelle')).status).toBe(403)
  expect(await named('Person c')).toHaveLength(1)
})

test('no session outlives twelve hours, so that the claim is asked again on every working day', async () => {
  const before = towns.clock.now
  const { visitor } = await arrive(says('h'))
  towns.clock.now = new Date(before.getTime() + 11.9 * 3_600_000)
  expect((await visitor.get('/lindenau/heute')).status).toBe(200)
  towns.clock.now = new Date(before.getTime() + 12 * 3_600_000)
  expect((await visitor.get('/lindenau/heute')).status).toBe(401)
  towns.clock.now = before
})

test('an address counts only when the service vouches for it, and other ways in end with the link', async () => {
  const boss = (await towns.appoint('coordination')) as { id: string }
  const mail = 'leitung@lindenau.invalid'
  await towns.at((tx) => tx.db.updateTable('auth.person').set({ mail }).where('id', '=', boss.id).execute(), program)
  const before = new Visitor(towns, app)
  before.setCookie('b-lindenau', (await towns.at((tx) => startSession(tx, boss.id), program)).token)
  for (const email_verified of [false, undefined, 'true'])
    expect((await arrive(says(`d${email_verified}`, { email: mail, email_verified }))).status).toBe(303)
  expect(await named('Person dfalse')).toMatchObject([{ mail: null }])
  expect((await before.get('/lindenau/verwaltung/personen')).status).toBe(200)
  const { visitor } = await arrive(says('e', { email: 'LEITUNG@lindenau.invalid', email_verified: true }))
  expect((await visitor.get('/lindenau/verwaltung/personen')).status).toBe(200)
  expect((await before.get('/lindenau/heute')).status).toBe(401)
  expect((await visitor.post('/lindenau/heute/zugang/neu')).status).toBe(403)
  const other = await arrive(says('f', { email: mail, email_verified: true }))
  expect((await other.visitor.get('/lindenau/verwaltung/personen')).status).toBe(403)
})

const forgeries: Record<string, () => Provider['forge']> = {
  nonce: () => ({ claims: { nonce: 'x'.repeat(43) } }),
  audience: () => ({ claims: { aud: 'another' } }),
  issuer: () => ({ claims: { iss: 'http://127.0.0.1:1' } }),
  expired: () => ({ claims: { exp: Math.floor(Date.now() / 1000) - 600 } }),
  key: () => ({ key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }),
  unsigned: () => ({ header: { alg: 'none' } }),
}
test.each(Object.keys(forgeries))('a token with a wrong %s opens nothing', async (what) => {
  provider.forge = forgeries[what]!()
  expect((await arrive(says(`forged ${what}`))).status).toBe(502)
  expect(await named(`Person forged ${what}`)).toEqual([])
})

test('the way back is good once, for whoever began it, and for this state', async () => {
  const { visitor, back } = await arrive(says('g'))
  expect((await visitor.get(back)).status).toBe(502)
  const victim = new Visitor(towns, app)
  const [begun, foreign] = [new Visitor(towns, app), new Visitor(towns, app)]
  const there = provider.visit((await begun.get(way)).to ?? '')
  expect((await victim.get(there)).status).toBe(502)
  await foreign.get(way)
  expect((await foreign.get(there)).status).toBe(502)
  expect((await begun.get(`${way}/zurueck?error=access_denied`)).status).toBe(502)
})

test('without a service there is no such page, with one out of reach a calm one; both leave the other ways', async () => {
  const none = new Visitor(towns, programOver(towns))
  expect((await none.get(way)).status).toBe(404)
  expect((await none.get('/lindenau/anmelden')).text).not.toContain('Über die Verwaltung')
  const gone = new Visitor(
    towns,
    programOver(towns, { signInService: service({ issuer: new URL('http://127.0.0.1:1') }) }),
  )
  expect((await gone.get(way)).status).toBe(502)
  expect((await gone.get('/lindenau/anmelden')).text).toContain('Über die Verwaltung anmelden')
})
