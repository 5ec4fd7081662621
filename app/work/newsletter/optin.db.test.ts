import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { htmlFaults } from '#tests/support/html.ts'
import { openPress, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'
import { eraseDue } from './commands/erase.ts'
import { brokenProof, counts, proofOf, subscriberByAddress } from './queries.ts'

/* Double opt-in as the courts ask for it (outreach-protocols 2.6), through the pages and a real mail server. */
let press: Press
beforeAll(async () => void (press = await openPress()))
afterAll(() => press.end())
beforeEach(() => void (press.smtp.caught.length = 0))

const page = '/lindenau/newsletter'
const ask = (address: string, more: Record<string, string | string[]> = {}) =>
  press.send(page, { address, language: 'de', ...more })
const linkIn = (text = '') => /https:\/\/lindenau\.example(\/lindenau\/newsletter\/\S+)/.exec(text)?.[1] ?? ''
const stored = (address: string) => press.towns.at((tx) => subscriberByAddress(tx, address), program)
const proof = async (address: string) => {
  const row = await stored(address)
  return press.towns.at((tx) => proofOf(tx, row!.id), program)
}

test('one field, one mail without advertising, one button: then it is proven word for word', async () => {
  const form = await press.get(page)
  expect(form.text).not.toMatch(/ checked/)
  const asked = await ask('leyla@example.org', { topics: press.topics[0] })
  expect(asked.status).toBe(303)
  await press.deliver()
  expect(press.smtp.caught.map(({ to }) => to)).toEqual([['leyla@example.org']])
  const [{ mail, raw }] = press.smtp.caught as [(typeof press.smtp.caught)[0]]
  expect(mail.text?.match(/https?:\/\/\S+/g)).toHaveLength(2)
  expect(mail.html).toBeUndefined()
  expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(raw).not.toMatch(/^List-/m)
  const link = linkIn(mail.text)
  for (let i = 0; i < 3; i++) expect((await press.get(link)).text).toContain('Bestellung bestätigen')
  expect((await stored('leyla@example.org'))!.state, 'opening changes nothing').toBe('requested')
  expect(await (await press.send(link, {})).text()).toContain('Ihre Bestellung ist bestätigt')
  expect(await (await press.send(link, {})).text(), 'twice is once').toContain('Ihre Bestellung ist bestätigt')
  const row = (await stored('leyla@example.org'))!
  expect(row).toMatchObject({ state: 'confirmed', topics: [press.topics[0]] })
  expect(row.address.includes('leyla')).toBe(false)
  const entries = await proof('Leyla@Example.org ')
  expect(entries.map(({ step }) => step)).toEqual(['requested', 'mailed', 'confirmed'])
  expect(entries[0]!.wording).toContain(
    'Mit „Newsletter bestellen“ willigen Sie ein, dass wir (Lindenau) Ihnen den Newsletter',
  )
  expect(entries[0]!.wording).toContain('bleibt nur der Nachweis Ihrer Einwilligung')
  expect(entries[0]!.detail).toMatchObject({ address: 'leyla@example.org', page: `https://lindenau.example${page}` })
  expect(entries[1]!.detail).toMatchObject({ message: mail.messageId!.slice(1, 37), reply: 250, state: 'accepted' })
  expect(JSON.stringify(entries)).not.toContain(link.split('/').at(-1))
})

test('known and unknown addresses get the same answer; whoever has it already is told by mail, and only she', async () => {
  await press.subscribed('a@example.org')
  press.smtp.caught.length = 0
  const answers = [await ask('a@example.org'), await ask('b@example.org')]
  expect(answers.map(({ status, headers }) => [status, headers.get('location')])).toEqual([
    [303, `${page}?bestellt`],
    [303, `${page}?bestellt`],
  ])
  await press.deliver()
  const subjects = Object.fromEntries(press.smtp.caught.map(({ to, mail }) => [to[0], mail.subject]))
  expect(subjects).toEqual({
    'a@example.org': 'Sie haben den Newsletter schon',
    'b@example.org': 'Bitte bestätigen Sie Ihre Bestellung',
  })
})

test('at most three mails a day to one address, however it is spelt', async () => {
  for (const address of [
    'viel@example.org',
    'Viel@example.org',
    'VIEL@EXAMPLE.ORG',
    'viel@example.org',
    ' viel@example.org',
  ])
    expect((await ask(address)).status).toBe(303)
  await press.deliver()
  expect(press.smtp.caught).toHaveLength(3)
  expect((await proof('viel@example.org')).filter(({ step }) => step === 'requested')).toHaveLength(3)
  press.towns.clock.now = new Date(press.towns.clock.now.getTime() + 86_400_000)
  await ask('viel@example.org')
  await press.deliver()
  expect(press.smtp.caught).toHaveLength(4)
})

test('a late link offers a new one, an older one is worth nothing, a forged one neither', async () => {
  await ask('spaet@example.org')
  await press.deliver()
  const old = linkIn(press.smtp.caught[0]!.mail.text)
  press.towns.clock.now = new Date(press.towns.clock.now.getTime() + 73 * 3600_000)
  expect((await press.get(old)).text).toContain('Neuen Verweis schicken')
  expect(await (await press.send(old, {})).text()).toContain('Dieser Verweis ist abgelaufen')
  expect((await stored('spaet@example.org'))!.state).toBe('requested')
  expect((await press.send(old, { again: 'yes' })).status).toBe(303)
  await press.deliver()
  const fresh = linkIn(press.smtp.caught.at(-1)!.mail.text)
  expect(fresh).not.toBe(old)
  expect((await press.get(old)).text).toContain('Diesen Verweis kennen wir nicht')
  const forged = fresh.slice(0, -1) + (fresh.endsWith('A') ? 'B' : 'A')
  expect(await (await press.send(forged, {})).text()).not.toContain('ist bestätigt')
  expect(await (await press.send(fresh, {})).text()).toContain('ist bestätigt')
})

test('only the address is needed, in any language; what is no address is said so', async () => {
  expect((await ask('', {})).status).toBe(422)
  const wrong = await ask('keine adresse')
  expect(await wrong.text()).toContain('Bitte geben Sie eine E-Mail-Adresse an')
  expect((await ask('a@example.org\r\nBcc: alle@example.org')).status).toBe(422)
  const turkish = await press.send(`${page}?sprache=tr`, { address: 'deniz@example.org', language: 'tr' })
  expect(turkish.status).toBe(303)
  await press.deliver()
  expect(press.smtp.caught[0]!.mail.subject).toBe('Lütfen aboneliğinizi onaylayın')
  expect((await proof('deniz@example.org'))[0]!.wording).toContain('Reklamsız')
})

test('one click ends it: by both kinds of form, without cookies, without redirect, twice; a page ends nothing', async () => {
  const path = async (address: string) => `${page}/abmelden/${await press.subscribed(address)}`
  const [one, two, three] = [
    await path('eins@example.org'),
    await path('zwei@example.org'),
    await path('drei@example.org'),
  ]
  const shown = (await press.get(one)).text
  expect(shown).toContain('Newsletter beenden')
  expect(await htmlFaults(shown)).toEqual([])
  expect((await stored('eins@example.org'))!.state, 'a scanner opened it').toBe('confirmed')
  const multipart = new FormData()
  multipart.set('List-Unsubscribe', 'One-Click')
  for (const body of [
    new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  ]) {
    const answer = await press.post(one, {
      body,
      headers: { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' },
    })
    expect([answer.status, await answer.text(), answer.headers.get('set-cookie')]).toEqual([200, '', null])
  }
  expect((await press.post(two, { body: multipart })).status).toBe(200)
  expect((await stored('eins@example.org'))!.state).toBe('withdrawn')
  expect((await stored('zwei@example.org'))!.state).toBe('withdrawn')
  const unknown = await press.post(`${page}/abmelden/${'A'.repeat(43)}`, {
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect([unknown.status, await unknown.text()]).toEqual([200, ''])
  expect((await press.post(three, { body: new URLSearchParams({ x: 'y' }) })).status).toBe(400)
  expect((await press.post(three, { body: '{}' })).status).toBe(400)
  expect((await press.post(`${three}/beenden`, { body: new URLSearchParams() })).status, 'without the page').not.toBe(
    200,
  )
  expect((await stored('drei@example.org'))!.state).toBe('confirmed')
  expect(await (await press.send(`${three}/beenden`, {})).text()).toContain('Der Newsletter ist beendet')
  expect((await proof('drei@example.org')).at(-1)).toMatchObject({ step: 'withdrawn', detail: { channel: 'link' } })
  expect((await proof('eins@example.org')).filter(({ step }) => step === 'withdrawn')).toHaveLength(1)
})

test('her own page: topics and language change, and it is written down', async () => {
  const own = `${page}/einstellungen/${await press.subscribed('eigen@example.org')}`
  expect((await press.get(own)).status).toBe(200)
  expect((await press.send(own, { language: 'en', topics: [] })).status).toBe(422)
  expect((await press.send(own, { language: 'en', topics: [press.topics[1], crypto.randomUUID()] })).status).toBe(303)
  expect(await stored('eigen@example.org')).toMatchObject({ language: 'en', topics: [press.topics[1]] })
  expect((await proof('eigen@example.org')).at(-1)!.step).toBe('changed')
  expect((await press.get(`${own.slice(0, -2)}xx`)).status).toBe(404)
})

test('unconfirmed goes after seven days, proof after its time; the chain stays whole', async () => {
  await ask('nie@example.org')
  const gone = `${page}/abmelden/${await press.subscribed('gegangen@example.org')}`
  await press.post(gone, { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  const { id, key_id } = (await stored('gegangen@example.org'))!
  await ask('gegangen@example.org')
  const day = 86_400_000
  press.towns.clock.now = new Date(press.towns.clock.now.getTime() + 6 * day)
  await press.towns.at(eraseDue, program)
  expect(await stored('nie@example.org')).toBeDefined()
  press.towns.clock.now = new Date(press.towns.clock.now.getTime() + 2 * day)
  await press.towns.at(eraseDue, program)
  expect(await stored('nie@example.org')).toBeUndefined()
  expect(await stored('gegangen@example.org'), 'asked again and never confirmed').toMatchObject({ state: 'withdrawn' })
  press.towns.clock.now = new Date('2029-12-31T12:00:00Z')
  await press.towns.at(eraseDue, program)
  expect(await stored('gegangen@example.org')).toMatchObject({ erase_on: '2030-01-01' })
  press.towns.clock.now = new Date('2030-01-01T12:00:00Z')
  await press.towns.at(eraseDue, program)
  expect(await stored('gegangen@example.org')).toBeUndefined()
  const rest = await press.towns.at((tx) => proofOf(tx, id), program)
  expect(rest.length).toBeGreaterThan(3)
  expect(rest.every(({ detail }) => detail === undefined)).toBe(true)
  const key = await press.towns.at(
    (tx) => tx.db.selectFrom('platform.record_key').select('destroy_on').where('id', '=', key_id).executeTakeFirst(),
    program,
  )
  expect(key?.destroy_on).toBe('2030-01-01')
  expect(await press.towns.at(brokenProof, program)).toBeUndefined()
  expect((await press.towns.at(counts, program)).confirmed).toBeGreaterThan(0)
})

test('nothing in the ledger of consents can be changed or taken away', async () => {
  const tried = (work: Parameters<Press['towns']['at']>[0]) => press.towns.at(work, program)
  await expect(tried((tx) => tx.db.deleteFrom('newsletter.proof').execute())).rejects.toThrow('permission denied')
  await expect(tried((tx) => tx.db.updateTable('newsletter.proof').set({ step: 'changed' }).execute())).rejects.toThrow(
    'permission denied',
  )
  const detail = Buffer.from('x') as never
  await expect(tried((tx) => tx.db.updateTable('newsletter.proof').set({ detail }).execute())).rejects.toThrow(
    'blanked, not changed',
  )
})
