import { afterAll, beforeAll, expect, test } from 'vitest'
import { subscriptions } from '#app/subscriptions.ts'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { emptyBox } from '#platform/mail/index.ts'
import type { Who } from '#platform/tenancy/index.ts'
import { conference, guest, organiser, postAll } from '#tests/support/gathering.ts'
import { imapForTest, type ImapForTest } from '#tests/support/imap.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { announce, changeGathering, planGathering } from './commands/plan.ts'
import { registerAll } from './commands/register.ts'
import { participants } from './queries.ts'

let towns: Towns
let box: ImapForTest
let staff: Who
let id: string
beforeAll(async () => {
  towns = await foundTowns(new Date('2026-11-20T09:00:00Z'))
  box = await imapForTest()
  staff = organiser(await towns.appoint('coordination'))
  id = await towns.at((tx) => planGathering(tx, conference), staff)
  await towns.at((tx) => announce(tx, id), staff)
  const all = [1, 2].map((n) => ({ one: guest(n), receivedAt: towns.clock.now }))
  await towns.at((tx) => registerAll(tx, id, all), program)
})
afterAll(async () => {
  await box.stop()
  await towns.end()
})

/** The name of a guest's appointment, out of her own mail. */
async function uids(): Promise<string[]> {
  const mails = (await postAll(towns.tenants)).toSorted((a, b) => a.to.localeCompare(b.to))
  return mails.map(({ calendar }) => {
    const made = typeof calendar === 'function' ? calendar({ name: 'Stadt', address: 'post@stadt.example' }) : undefined
    return /^UID:(\S+)/m.exec(made?.content ?? '')![1]!
  })
}

interface Reply {
  uid: string
  answer?: string
  at?: string
  sequence?: number
}
/** As Outlook sends it: to the organiser's own address, the answer as one part among others. */
const put = ({ uid, answer = 'DECLINED', at = '20261120T100000Z', sequence = 0 }: Reply) =>
  box.put(`From: Gast <gast1@example.org>
To: post@stadt.example
Subject: Abgelehnt: Abschlusskonferenz
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

Ich komme nicht.
--x
Content-Type: text/calendar; charset=utf-8; method=REPLY

BEGIN:VCALENDAR
METHOD:REPLY
VERSION:2.0
BEGIN:VEVENT
ATTENDEE;PARTSTAT=${answer};CN="Gast, eins":mailto:jemand.anders@example.org
UID:${uid}
SEQUENCE:${sequence}
DTSTAMP:${at}
END:VEVENT
END:VCALENDAR
--x--
`)

async function read(): Promise<string[]> {
  await emptyBox({ url: box.url, secret: Buffer.alloc(32), tenants: towns.tenants, log: silentLog })
  const courier = new Courier(towns.tenants, subscriptions, silentLog)
  await courier.deliver()
  await courier.stop()
  const all = await towns.at((tx) => participants(tx, id), staff)
  return all.map(({ name, state, declined }) => `${name} ${state}${declined ? ' declined' : ''}`)
}

test('a date declined in the calendar is shown to the organiser, and nobody loses a place by it', async () => {
  const [first, second] = (await uids()) as [string, string]
  expect(first).not.toBe(second)
  put({ uid: first })
  expect(await read()).toEqual(['Gast 1 confirmed declined', 'Gast 2 confirmed'])
  expect(box.mails.size, 'read mails are gone').toBe(0)

  put({ uid: first, answer: 'ACCEPTED', at: '20261120T093000Z' })
  expect(await read(), 'an older answer that comes late').toEqual(['Gast 1 confirmed declined', 'Gast 2 confirmed'])
  put({ uid: first, answer: 'ACCEPTED', at: '20261120T110000Z' })
  expect(await read()).toEqual(['Gast 1 confirmed', 'Gast 2 confirmed'])

  for (const uid of [second.replace(/.{4}@/, '0000@'), second.replace(/^\w+/, 'zz'), 'x@besonnen']) put({ uid })
  expect(await read(), 'forged').toEqual(['Gast 1 confirmed', 'Gast 2 confirmed'])

  await towns.at((tx) => changeGathering(tx, id, { ...conference, from: '11:00' }), staff)
  put({ uid: second, sequence: 0 })
  expect(await read(), 'about a date that has changed').toEqual(['Gast 1 confirmed', 'Gast 2 confirmed'])
  put({ uid: second, sequence: 1 })
  expect(await read()).toEqual(['Gast 1 confirmed', 'Gast 2 confirmed declined'])
})
