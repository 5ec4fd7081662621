import { TOTP, Secret } from 'otpauth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '#platform/auth/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver, Visitor } from '#tests/support/web.ts'

let towns: Towns
let app: ReturnType<typeof programOver>
beforeAll(async () => {
  towns = await foundTowns()
  app = programOver(towns)
})
afterAll(() => towns.end())

const password = 'ein Satz mit vielen Wörtern'
const later = (seconds: number) => void (towns.clock.now = new Date(towns.clock.now.getTime() + seconds * 1000))
const codeFor = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: towns.clock.now.getTime() })
const field = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
const secretOn = (html: string) => /<p class="ltr">([A-Z2-7 ]+)<\/p>/.exec(html)?.[1]?.replaceAll(' ', '') ?? ''
const inviteTo = (mail: string) =>
  towns.at(async (tx) => {
    const id = crypto.randomUUID()
    await tx.db.insertInto('auth.person').values({ id, name: 'Anna', mail }).execute()
    return invite(tx, id)
  }, program)

/** Sets an access up as an invited person does. Half a minute later its code may be used for signing in. */
async function admitted(mail: string): Promise<{ secret: string; visitor: Visitor; token: string }> {
  const token = await inviteTo(mail)
  const visitor = new Visitor(towns, app)
  const page = await visitor.get(`/lindenau/einladung/${token}`)
  const secret = secretOn(page.text)
  const done = await visitor.post(`/lindenau/einladung/${token}`, {
    password,
    code: codeFor(secret),
    factor: field(page.text, 'factor'),
  })
  expect([done.status, done.to]).toEqual([303, '/lindenau/heute'])
  return { secret, visitor, token }
}

const signIn = (fields: Record<string, string>, visitor = new Visitor(towns, app)) =>
  visitor.post('/lindenau/anmelden', { password, ...fields })

test('an invitation works once and for a week, and not before the app shows the right code', async () => {
  const token = await inviteTo('woche@lindenau.invalid')
  const visitor = new Visitor(towns, app)
  const page = await visitor.get(`/lindenau/einladung/${token}`)
  const fields = { password, factor: field(page.text, 'factor') }
  const wrong = await visitor.post(`/lindenau/einladung/${token}`, { ...fields, code: '000000' })
  expect(wrong.status).toBe(422)
  expect(secretOn(wrong.text)).toBe(secretOn(page.text))
  expect(wrong.text).not.toContain(password)
  const short = await visitor.post(`/lindenau/einladung/${token}`, {
    ...fields,
    password: 'kurz',
    code: codeFor(secretOn(page.text)),
  })
  expect(short.status).toBe(422)
  later(7 * 86_400)
  expect((await visitor.get(`/lindenau/einladung/${token}`)).status).toBe(404)
  const used = await admitted('einmal@lindenau.invalid')
  expect((await visitor.get(`/lindenau/einladung/${used.token}`)).status).toBe(404)
  expect((await used.visitor.get('/lindenau/heute')).status).toBe(200)
  expect((await used.visitor.post('/lindenau/abmelden')).to).toBe('/lindenau/anmelden')
  expect((await used.visitor.get('/lindenau/heute')).status).toBe(401)
})

test('a secret made for one invitation is worth nothing with another', async () => {
  const [mine, other] = [await inviteTo('eins@lindenau.invalid'), await inviteTo('zwei@lindenau.invalid')]
  const visitor = new Visitor(towns, app)
  const page = await visitor.get(`/lindenau/einladung/${mine}`)
  const fields = { password, factor: field(page.text, 'factor'), code: codeFor(secretOn(page.text)) }
  expect((await visitor.post(`/lindenau/einladung/${other}`, fields)).status).toBe(422)
})

test('password and code together open; a code works once, and the one of the set-up was already used', async () => {
  const mail = 'anna@lindenau.invalid'
  const { secret } = await admitted(mail)
  expect((await signIn({ mail, code: codeFor(secret) })).status).toBe(422)
  later(60)
  const wrong = await signIn({ mail, code: '000000' })
  expect(wrong.status).toBe(422)
  expect((await signIn({ mail, code: codeFor(secret), password: 'etwas anderes' })).status).toBe(422)
  const visitor = new Visitor(towns, app)
  expect((await signIn({ mail: 'ANNA@lindenau.invalid', code: codeFor(secret) }, visitor)).status).toBe(303)
  expect((await visitor.get('/lindenau/heute')).status).toBe(200)
  expect((await signIn({ mail, code: codeFor(secret) })).status).toBe(422)
  later(30)
  expect((await signIn({ mail, code: codeFor(secret) })).status).toBe(303)
})

test('an unknown address, a wrong password and somebody who left get the same words', async () => {
  const mail = 'fort@lindenau.invalid'
  const { secret } = await admitted(mail)
  later(60)
  await towns.at(
    (tx) => tx.db.updateTable('auth.person').set({ left_on: '2026-01-01' }).where('mail', '=', mail).execute(),
    program,
  )
  const said = async (fields: Record<string, string>) =>
    (await signIn(fields)).text.replaceAll(/(value|options)="[^"]*"/g, '')
  const unknown = await said({ mail: 'niemand@lindenau.invalid', code: '123456' })
  expect(unknown).toContain('stimmen nicht')
  expect(await said({ mail, code: codeFor(secret) })).toBe(unknown)
})

test('guessing is slowed down for an address, whoever tries, and even the right code must wait', async () => {
  const mail = 'geduld@lindenau.invalid'
  const { secret } = await admitted(mail)
  later(60)
  for (let n = 0; n < 5; n++) expect((await signIn({ mail, code: '000000' })).text).toContain('stimmen nicht')
  const held = await signIn({ mail, code: codeFor(secret) })
  expect(held.text).toContain('Bitte warten Sie 15 Sekunden')
  later(16)
  expect((await signIn({ mail, code: codeFor(secret) })).status).toBe(303)
})

test('each recovery code stands in for the app once, only with the password, and lies in the database as a hash', async () => {
  const mail = 'ersatz@lindenau.invalid'
  const { visitor } = await admitted(mail)
  const made = (await visitor.post('/lindenau/heute/zugang/codes')).text
  const codes = [...made.matchAll(/<code>([^<]+)<\/code>/g)].map((found) => found[1]!)
  expect(new Set(codes).size).toBe(8)
  const stored = await towns.at((tx) => tx.db.selectFrom('auth.recovery_code').selectAll().execute(), program)
  expect(stored).toHaveLength(8)
  expect((await visitor.get('/lindenau/heute/zugang')).text).not.toContain(codes[0])
  expect((await signIn({ mail, code: codes[0]!, password: 'etwas anderes' })).status).toBe(422)
  expect((await signIn({ mail, code: ` ${codes[0]!.toLowerCase().replace('-', '')} ` })).status).toBe(303)
  expect((await signIn({ mail, code: codes[0]! })).status).toBe(422)
  expect((await visitor.get('/lindenau/heute/zugang')).text).toContain('noch 7 Ersatzcodes')
  await visitor.post('/lindenau/heute/zugang/codes')
  expect((await signIn({ mail, code: codes[1]! })).status).toBe(422)
})

test('password and app are set up anew together; every other session ends, the old code is worth nothing', async () => {
  const mail = 'wechsel@lindenau.invalid'
  const { visitor, secret } = await admitted(mail)
  later(60)
  const other = new Visitor(towns, app)
  await signIn({ mail, code: codeFor(secret) }, other)
  const link = (await visitor.post('/lindenau/heute/zugang/neu')).to ?? ''
  const page = await visitor.get(link)
  const fresh = secretOn(page.text)
  const fields = { password: 'ein ganz anderer Satz', code: codeFor(fresh), factor: field(page.text, 'factor') }
  expect((await visitor.post(link, fields)).status).toBe(303)
  expect((await visitor.get('/lindenau/heute')).status).toBe(200)
  expect((await other.get('/lindenau/heute')).status).toBe(401)
  later(60)
  expect((await signIn({ mail, code: codeFor(secret) })).status).toBe(422)
  expect((await signIn({ mail, code: codeFor(secret), password: 'ein ganz anderer Satz' })).status).toBe(422)
  expect((await signIn({ mail, code: codeFor(fresh), password: 'ein ganz anderer Satz' })).status).toBe(303)
})
