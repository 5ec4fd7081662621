import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { batchState, signerOf } from '#platform/mail/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { openPress, origin, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'
import {
  askRelease,
  beginIssue,
  fillSome,
  minuteRound,
  pause,
  release,
  resume,
  saveDraft,
  stop,
  takeBack,
} from './commands/issue.ts'
import { counts, subscriberByAddress } from './queries.ts'
import { issueById, published } from './queries/issues.ts'
import { draft } from './schema.ts'

let press: Press
let author: Who
let second: Who
beforeAll(async () => {
  press = await openPress()
  author = await press.towns.appoint('coordination')
  second = await press.towns.appoint('coordination')
})
afterAll(() => press.end())

const blocks = [
  { kind: 'heading', level: '2', text: 'Der Platz <vor> dem Rathaus' },
  {
    kind: 'paragraph',
    text: 'Seit Mai sprechen wir & hören zu.\nMehr steht auf der [Seite der Stadt](https://stadt.example/platz?a=1&b=2).',
  },
  { kind: 'list', text: '- Montag: Sprechstunde\n- Freitag: [Rundgang](https://stadt.example/rundgang)' },
  { kind: 'divider' },
  {
    kind: 'teaser',
    title: 'Abschlusskonferenz',
    when: 'Donnerstag, 3. Dezember 2026, online',
    href: 'https://lindenau.example/lindenau/veranstaltungen/1',
  },
]

/** An issue written, asked for and released; everybody it is for stands in the ledger. */
async function send(subject: string, topic = press.topics[0]): Promise<string> {
  const { towns } = press
  const id = await towns.at((tx) => beginIssue(tx), author)
  await towns.at((tx) => saveDraft(tx, id, 1, draft.parse({ subject, topics: topic, blocks })), author)
  expect(await towns.at((tx) => askRelease(tx, id, null), author)).toBeUndefined()
  expect(await towns.at((tx) => release(tx, id), second)).toBeUndefined()
  while (await towns.at((tx) => fillSome(tx, id), program));
  return id
}
const caught = (subject: string) => press.smtp.caught.filter(({ mail }) => mail.subject === subject)
const state = async (id: string) => (await press.towns.at((tx) => issueById(tx, id), program))!.state

test('an issue needs two people, no barrier, a topic and a time that is not over', async () => {
  const { towns } = press
  const id = await towns.at((tx) => beginIssue(tx), author)
  expect(await towns.at((tx) => askRelease(tx, id, null), author)).toBe('topics')
  const vague = [{ kind: 'paragraph', text: 'Mehr steht [hier](https://stadt.example).' }]
  await towns.at(
    (tx) => saveDraft(tx, id, 1, draft.parse({ subject: 'Eins', topics: press.topics[0], blocks: vague })),
    author,
  )
  expect(await towns.at((tx) => askRelease(tx, id, null), author)).toBe('barriers')
  await expect(towns.at((tx) => saveDraft(tx, id, 1, draft.parse({ subject: '', blocks })), author)).rejects.toThrow(
    'stale',
  )
  await towns.at(
    (tx) => saveDraft(tx, id, 2, draft.parse({ subject: 'Eins', topics: press.topics[0], blocks })),
    author,
  )
  expect(await towns.at((tx) => askRelease(tx, id, new Date('2020-01-01')), author)).toBe('past')
  const at = new Date(towns.clock.now.getTime() + 3600_000)
  expect(await towns.at((tx) => askRelease(tx, id, at), author)).toBeUndefined()
  expect(await towns.at((tx) => release(tx, id), author)).toBe('self')
  expect(await towns.at((tx) => release(tx, id), second)).toBeUndefined()
  await towns.at(minuteRound, program)
  expect(await state(id)).toBe('scheduled')
  await expect(
    towns.at((tx) => saveDraft(tx, id, 3, draft.parse({ subject: 'Zwei', blocks })), author),
  ).rejects.toThrow('not allowed')
  await towns.at((tx) => takeBack(tx, id), author)
  expect(await state(id)).toBe('draft')
  await towns.at((tx) => askRelease(tx, id, at), author)
  await towns.at((tx) => release(tx, id), second)
  towns.clock.now = new Date(at.getTime() + 60_000)
  await towns.at(minuteRound, program)
  expect(await state(id)).toBe('sending')
  await towns.at((tx) => fillSome(tx, id), program)
  await towns.at(minuteRound, program)
  expect(await state(id), 'nobody has subscribed yet').toBe('sent')
})

test('everybody of the topic gets it once; withdrawn and unconfirmed get none; nothing is fetched from anywhere', async () => {
  const leave = `/lindenau/newsletter/abmelden/${await press.subscribed('weg@example.org')}`
  await press.subscribed('anna@example.org')
  await press.send('/lindenau/newsletter', { address: 'andere@example.org', language: 'en', topics: press.topics[1] })
  await press.send('/lindenau/newsletter', { address: 'offen@example.org', language: 'de' })
  const id = await send('Neues im Herbst')
  await press.post(leave, { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  while (await press.towns.at((tx) => fillSome(tx, id), program));
  await press.deliver()
  await press.deliver()
  expect(caught('Neues im Herbst').map(({ to }) => to[0])).toEqual(['anna@example.org'])
  expect(await press.towns.at((tx) => batchState(tx, id), program)).toEqual({ accepted: 1, suppressed: 1 })
  await press.towns.at(minuteRound, program)
  expect(await state(id)).toBe('sent')
  expect((await press.towns.at(published, program))[0]).toMatchObject({ subject: 'Neues im Herbst', number: 2 })
})

test('every rendered mail: no picture, no foreign style, no address but those that were written and our own', async () => {
  expect(press.smtp.caught.length).toBeGreaterThan(3)
  const written = new Set([
    'https://stadt.example/platz?a=1&b=2',
    'https://stadt.example/rundgang',
    'https://lindenau.example/lindenau/veranstaltungen/1',
  ])
  for (const { mail } of press.smtp.caught) {
    const html = mail.html ?? ''
    expect(html).not.toMatch(/<(img|link|script|iframe|object|embed|video|audio|source|form|base|svg|picture)\b/i)
    expect(html).not.toMatch(/\b(src|srcset|background|poster|data)\s*=|url\(|@import|expression\(/i)
    const addresses = [
      ...`${html.replaceAll('&amp;', '&')}\n${mail.text}`.matchAll(/(?:https?:)?\/\/[^\s"'<>)]+/g),
    ].map(([found]) => found)
    expect(addresses.filter((one) => !written.has(one) && !one.startsWith(`${origin}/lindenau/`))).toEqual([])
    for (const one of addresses.filter((found) => !written.has(found)))
      expect(new URL(one).search, 'nothing is counted').toBe('')
  }
})

test('the headers a mailbox provider asks for, under a signature that covers them; other mails have none of them', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signer = signerOf('lindenau.example', 'b1', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
  await send('Unterschrieben')
  await press.send('/lindenau/newsletter', { address: 'neu@example.org', language: 'de' })
  await press.deliver({ signer })
  const [issue] = caught('Unterschrieben') as [(typeof press.smtp.caught)[0]]
  const headers = Object.fromEntries(issue.mail.headers.map(({ key, value }) => [key, value]))
  expect(headers['list-unsubscribe']).toMatch(
    /^<https:\/\/lindenau\.example\/lindenau\/newsletter\/abmelden\/[\w-]{43}>$/,
  )
  expect(headers).toMatchObject({
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    'list-id': '<newsletter.lindenau.lindenau.example>',
    'list-post': 'NO',
    precedence: 'bulk',
    'auto-submitted': 'auto-generated',
  })
  expect(issue.raw.match(/^List-Unsubscribe:/gm)).toHaveLength(1)
  const path = new URL(headers['list-unsubscribe']!.slice(1, -1)).pathname
  expect(issue.mail.text).toContain(`${origin}${path}`)
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
  const { results } = await dkimVerify(Buffer.from(issue.raw), { resolver: async () => [[record]] })
  expect(results[0]).toMatchObject({
    signingDomain: 'lindenau.example',
    status: { result: 'pass', aligned: 'lindenau.example' },
  })
  expect(/h=([^;]+);/.exec(issue.raw)![1]).toMatch(/list-unsubscribe:\s*list-unsubscribe-post/)
  const others = press.smtp.caught.filter(({ mail }) => /bestätigen/.test(mail.subject ?? ''))
  expect(others.length).toBeGreaterThan(0)
  for (const { raw } of others) expect(raw).not.toMatch(/^(List-|Precedence)/m)
  expect((await press.post(path, { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })).status).toBe(200)
  expect((await press.towns.at((tx) => subscriberByAddress(tx, 'anna@example.org'), program))!.state).toBe('withdrawn')
})

test('paused nobody gets it, resumed everybody; stopped it is over and out of the archive', async () => {
  await press.subscribed('berta@example.org')
  const id = await send('Mit Pause')
  await press.towns.at((tx) => pause(tx, id), author)
  await press.deliver()
  expect(caught('Mit Pause')).toEqual([])
  await press.towns.at((tx) => resume(tx, id), author)
  await press.deliver()
  expect(caught('Mit Pause')).toHaveLength(1)
  const other = await send('Abgebrochen')
  await press.towns.at((tx) => stop(tx, other), author)
  await press.deliver()
  expect(caught('Abgebrochen')).toEqual([])
  expect((await press.towns.at(published, program)).map(({ subject }) => subject)).not.toContain('Abgebrochen')
})

test('a mailbox that is gone ends the subscription; a full one or a refusal of the sender does not', async () => {
  const all = ['gone', 'full', 'policy', 'well']
  for (const name of all) await press.subscribed(`${name}@example.org`)
  const reply: Record<string, [number, string]> = {
    gone: [550, '5.1.1 nobody here'],
    full: [552, '5.2.2 full'],
    policy: [550, '5.7.1 5.1.1 not from you'],
  }
  press.smtp.answer = (to) => reply[to.split('@')[0]!]
  await send('Wer liest')
  await press.deliver()
  press.smtp.answer = () => undefined
  const states = await Promise.all(
    all.map(
      async (name) => (await press.towns.at((tx) => subscriberByAddress(tx, `${name}@example.org`), program))!.state,
    ),
  )
  expect(states).toEqual(['withdrawn', 'confirmed', 'confirmed', 'confirmed'])
  expect((await press.towns.at(counts, program)).confirmed).toBe(4)
})
