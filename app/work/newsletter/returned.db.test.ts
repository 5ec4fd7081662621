import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '#platform/log/index.ts'
import { batchState, emptyBox } from '#platform/mail/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { imapForTest, type ImapForTest } from '#tests/support/imap.ts'
import { openPress, type Press } from '#tests/support/newsletter.ts'
import { report } from '#tests/support/returned.ts'
import { program } from '#tests/support/town.ts'
import { askRelease, beginIssue, fillSome, release, saveDraft } from './commands/issue.ts'
import { proofOf, subscriberByAddress } from './queries.ts'
import { draft } from './schema.ts'

let press: Press
let box: ImapForTest
let author: Who
let second: Who
const secret = Buffer.alloc(32, 7)
const bounces = { box: 'bounce@lindenau.example', secret }
beforeAll(async () => {
  ;[press, box] = [await openPress(), await imapForTest()]
  author = await press.towns.appoint('coordination')
  second = await press.towns.appoint('coordination')
})
afterAll(async () => {
  await box.stop()
  await press.end()
})

const stateOf = async (address: string) => (await press.towns.at((tx) => subscriberByAddress(tx, address), program))!
const empty = () => emptyBox({ url: box.url, secret, tenants: press.towns.tenants, log: silentLog })

async function sendIssue(subject: string): Promise<string> {
  const { towns, topics } = press
  const blocks = [{ kind: 'paragraph', text: 'Guten Tag.' }]
  const id = await towns.at((tx) => beginIssue(tx), author)
  await towns.at((tx) => saveDraft(tx, id, 1, draft.parse({ subject, topics: topics[0], blocks })), author)
  await towns.at((tx) => askRelease(tx, id, null), author)
  await towns.at((tx) => release(tx, id), second)
  await towns.at((tx) => fillSome(tx, id), program)
  await press.deliver({ bounces })
  return id
}

test('each mail has a return path of its own; what comes back to it counts, whatever the report names', async () => {
  const names = ['gone', 'full', 'late', 'angry', 'quiet']
  for (const name of names) await press.subscribed(`${name}@example.org`)
  const issue = await sendIssue('Zurück')
  const caught = press.smtp.caught.filter(({ mail }) => mail.subject === 'Zurück')
  const pathOf = (name: string) => caught.find(({ to }) => to[0] === `${name}@example.org`)!.from
  expect(new Set(caught.map(({ from }) => from)).size).toBe(names.length)
  expect(pathOf('gone')).toMatch(/^bounce\+[0-9a-z-]+@lindenau\.example$/)
  expect(caught[0]!.mail.from!.address, 'the domain of the envelope is the sender’s').toMatch(/@lindenau\.example$/)
  box.put(report(pathOf('gone'), [{ action: 'failed', status: '5.1.1' }]))
  box.put(report(pathOf('full'), [{ action: 'failed', status: '5.2.2' }]))
  box.put(report(pathOf('late'), [{ action: 'delayed', status: '4.4.7' }]))
  box.put(
    `Delivered-To: ${pathOf('angry')}\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n\n--x\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n--x--\n`,
  )
  box.put(report(pathOf('quiet').replace(/.{4}@/, '0000@'), [{ action: 'failed', status: '5.1.1' }]))
  box.put(report('bounce@lindenau.example', [{ action: 'failed', status: '5.1.1' }]))
  expect(await empty()).toBe(6)
  expect(box.mails.size, 'the box is empty').toBe(0)
  await press.deliver()
  expect(
    Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, (await stateOf(`${name}@example.org`)).state])),
    ),
  ).toEqual({
    gone: 'withdrawn',
    full: 'confirmed',
    late: 'confirmed',
    angry: 'withdrawn',
    quiet: 'confirmed',
  })
  expect((await stateOf('late@example.org')).bounces).toBe(1)
  const { id } = await stateOf('gone@example.org')
  const last = (await press.towns.at((tx) => proofOf(tx, id), program)).at(-1)
  expect(last).toMatchObject({ step: 'withdrawn', detail: { channel: 'returned', status: '5.1.1' } })
  expect(await press.towns.at((tx) => batchState(tx, issue), program)).toEqual({ accepted: 3, bounced: 2 })
  box.put(report(pathOf('gone'), [{ action: 'failed', status: '5.1.1' }]))
  await empty()
  await press.deliver()
  expect(
    (await press.towns.at((tx) => proofOf(tx, id), program)).filter(({ step }) => step === 'withdrawn'),
  ).toHaveLength(1)
})

test('whoever was ended by a returned mail may ask again, and is suppressed no longer once she has confirmed', async () => {
  const suppressed = async () =>
    (await press.towns.at((tx) => tx.db.selectFrom('newsletter.suppression').selectAll().execute(), program)).length
  const before = await suppressed()
  expect(before).toBe(2)
  await press.subscribed('gone@example.org')
  expect((await stateOf('gone@example.org')).state).toBe('confirmed')
  expect(await suppressed()).toBe(1)
})

test('five passing failures in a row end it', async () => {
  for (let n = 0; n < 5; n++) {
    await sendIssue(`Nummer ${n}`)
    const mail = press.smtp.caught.find(
      ({ to, mail: { subject } }) => subject === `Nummer ${n}` && to[0] === 'quiet@example.org',
    )!
    expect((await stateOf('quiet@example.org')).state).toBe('confirmed')
    box.put(report(mail.from, [{ action: 'failed', status: '4.4.1' }]))
    await empty()
    await press.deliver()
  }
  expect((await stateOf('quiet@example.org')).state).toBe('withdrawn')
})

test('whoever writes to the address beside the page has left; a machine’s answer there and a forged one change nothing', async () => {
  for (const name of ['writer', 'absent', 'forged']) await press.subscribed(`${name}@example.org`)
  await sendIssue('Per Mail')
  const headerOf = (name: string) => {
    const { mail } = press.smtp.caught.find(
      ({ to, mail: { subject } }) => subject === 'Per Mail' && to[0] === `${name}@example.org`,
    )!
    return mail.headers.find(({ key }) => key === 'list-unsubscribe')!.value
  }
  const [, leave = ''] = /^<https:\/\/[^>]+>, <mailto:([^?>]+)\?subject=unsubscribe>$/.exec(headerOf('writer')) ?? []
  expect(leave).toMatch(/^bounce\+[0-9a-z-]+@lindenau\.example$/)
  const addressOf = (name: string) => /<mailto:([^?>]+)/.exec(headerOf(name))![1]!
  box.put(`From: Wer <other@example.org>\nDelivered-To: ${leave}\nSubject: unsubscribe\n\n`)
  box.put(`From: a@b.example\nDelivered-To: ${addressOf('absent')}\nAuto-Submitted: auto-replied\nSubject: Weg\n\n`)
  box.put(`From: a@b.example\nDelivered-To: ${addressOf('forged').replace(/.{4}@/, '0000@')}\nSubject: x\n\n`)
  await empty()
  await press.deliver()
  const states = ['writer', 'absent', 'forged'].map(async (name) => (await stateOf(`${name}@example.org`)).state)
  expect(await Promise.all(states)).toEqual(['withdrawn', 'confirmed', 'confirmed'])
  const { id } = await stateOf('writer@example.org')
  expect((await press.towns.at((tx) => proofOf(tx, id), program)).at(-1)).toMatchObject({ detail: { channel: 'mail' } })
})
