import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Installation } from '#platform/crypto/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { silentLog } from '#platform/log/index.ts'
import { foundMunicipality, Tenants, type TenantTx } from '#platform/tenancy/index.ts'
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts'
import { smtpForTest, type SmtpForTest } from '#tests/support/smtp.ts'
import {
  batchState,
  forgetSettled,
  mailState,
  pauseBatch,
  Postman,
  resumeBatch,
  queueMail,
  smtpTransport,
  type Letters,
  type NewDelivery,
} from './index.ts'

let database: FreshDatabase
let tenants: Tenants
let smtp: SmtpForTest
let key: string
let town: number
let neighbour: number
let now = new Date('2026-11-23T09:00:00Z')

const inTown = <T>(work: (tx: TenantTx) => Promise<T>, municipality = town) =>
  tenants.inTenant({ municipality, who: { kind: 'program', name: 'test' } }, work)
const queue = (mail: Partial<NewDelivery> & { once: string }, municipality = town) =>
  inTown((tx) => queueMail(tx, { kind: 'test', thing: `to:${mail.once}`, ...mail }), municipality)
const rows = () => inTown((tx) => tx.db.selectFrom('mail.delivery').selectAll().execute())

/** The address is what follows `to:`; the letter says nothing else. */
const letters: Letters = {
  test: async (_tx, { thing }) => ({ subject: 'Neu', text: 'Es gibt Neues.', to: `${thing?.slice(3)}@example.org` }),
  gone: async () => undefined,
  broken: async () => Promise.reject(new Error('no such report')),
  person: async () => ({ subject: 'Neu', text: 'Es gibt Neues.' }),
  evil: async () => ({
    subject: 'Neu\r\nBcc: all@example.org\r\n\r\nhidden',
    text: 'Text',
    to: 'a@example.org\r\nRCPT TO:<b@example.org>',
  }),
  injected: async () => ({ subject: 'Neu\r\nBcc: all@example.org\u2028x', text: 'Text', to: 'a@example.org' }),
}

async function deliver(url = smtp.url): Promise<void> {
  const transport = smtpTransport(url, 'Besonnen <post@besonnen.example>')
  const postman = new Postman({ tenants, letters, transport, origin: 'http://localhost', log: silentLog })
  await postman.deliver()
  await postman.stop()
}

beforeAll(async () => {
  database = await freshDatabase()
  key = join(mkdtempSync(join(tmpdir(), 'mail-key-')), 'key')
  Installation.create(key)
  const installation = Installation.read(key, [])
  const owner = asRole(database.config, database.name, 'owner')
  town = await foundMunicipality(owner, installation, { slug: 'lindenau', name: 'Lindenau', kind: 'independent-city' })
  neighbour = await foundMunicipality(owner, installation, { slug: 'auental', name: 'Auental', kind: 'county' })
  tenants = new Tenants({ app: asRole(database.config, database.name, 'app'), installation, now: () => now })
  smtp = await smtpForTest()
})
beforeEach(async () => {
  for (const id of [town, neighbour]) await inTown((tx) => tx.db.deleteFrom('mail.delivery').execute(), id)
  smtp.caught.length = 0
  smtp.refuse = () => undefined
  smtp.onData = () => undefined
  now = new Date('2026-11-23T09:00:00Z')
})
afterAll(async () => {
  await tenants.close()
  await smtp.stop()
  await database.drop()
})

test('a mail leaves once, and afterwards the ledger knows neither time nor thing', async () => {
  expect(await queue({ once: 'anna' })).toBe(true)
  expect(await queue({ once: 'anna' })).toBe(false)
  await deliver()
  await deliver()
  expect(smtp.caught.map(({ to }) => to)).toEqual([['anna@example.org']])
  const [row] = await rows()
  expect(row).toMatchObject({
    state: 'accepted',
    settled_on: '2026-11-23',
    due_at: null,
    first_tried_at: null,
    thing: null,
  })
  expect(smtp.caught[0]!.mail).toMatchObject({ subject: 'Neu', messageId: `<${row!.id}@besonnen.example>` })
  expect(await queue({ once: 'anna' }), 'not even after it was sent').toBe(false)
})

test('alerts leave before notices, notices before bulk, across municipalities', async () => {
  await queue({ once: 'bulk1', priority: 'bulk' })
  await queue({ once: 'notice', priority: 'notice' }, neighbour)
  await queue({ once: 'bulk2', priority: 'bulk' })
  await queue({ once: 'alert', priority: 'alert' })
  await deliver()
  const order = smtp.caught.map(({ to }) => to[0]!.split('@')[0])
  // Two lanes: neighbours in rank may swap, but nothing urgent waits for bulk.
  expect(order.slice(0, 2).toSorted()).toEqual(['alert', 'notice'])
  expect(order.slice(2).toSorted()).toEqual(['bulk1', 'bulk2'])
  expect(smtp.caught.find(({ to }) => to[0] === 'bulk1@example.org')!.raw).toMatch(/^Precedence: bulk\r$/m)
})

test('a refusal of this recipient is final, anything else comes again with growing pauses until it is given up', async () => {
  smtp.refuse = (what, to) =>
    what === 'rcpt' ? (to.startsWith('unknown') ? 550 : to.startsWith('full') ? 452 : undefined) : undefined
  await queue({ once: 'unknown' })
  await queue({ once: 'full' })
  await deliver()
  const due: number[] = []
  for (let i = 0; i < 4; i++) {
    const row = (await rows()).find(({ state }) => state === 'deferred')!
    expect(row.reply).toBe(452)
    due.push(row.due_at!.getTime() - now.getTime())
    now = row.due_at!
    await deliver()
  }
  expect(due).toEqual([30_000, 60_000, 120_000, 240_000])
  expect(await inTown(mailState)).toMatchObject({ waiting: 0, failed: 1, replies: [550] })
  now = new Date('2026-11-27T09:00:00Z')
  await deliver()
  expect(await inTown(mailState)).toMatchObject({ waiting: 0, failed: 2, replies: [452, 550] })
})

test('a server that is away costs no mail', async () => {
  await queue({ once: 'anna' })
  await deliver(new URL('smtp://127.0.0.1:9'))
  expect((await rows())[0]).toMatchObject({ state: 'deferred', attempts: 1, reply: null })
  now = new Date(now.getTime() + 60_000)
  await deliver()
  expect(smtp.caught).toHaveLength(1)
})

test('nobody can write a header: neither through the subject nor through the address', async () => {
  await queue({ once: 'a', kind: 'evil' })
  await queue({ once: 'b', kind: 'injected' })
  await deliver()
  expect(smtp.caught).toHaveLength(1)
  const [{ mail, to }] = smtp.caught as [(typeof smtp.caught)[0]]
  expect(to).toEqual(['a@example.org'])
  expect(mail.bcc).toBeUndefined()
  expect(mail.subject).toBe('Neu Bcc: all@example.org x')
  expect((await rows()).find(({ kind }) => kind === 'evil')).toMatchObject({ state: 'refused', reply: null })
})

test('what is no longer needed is dropped; a letter that cannot be written waits and holds up nothing', async () => {
  await queue({ once: 'a', kind: 'broken' })
  await queue({ once: 'b', kind: 'gone' })
  await queue({ once: 'c' })
  await deliver()
  expect(Object.fromEntries((await rows()).map(({ kind, state }) => [kind, state]))).toEqual({
    broken: 'deferred',
    gone: 'suppressed',
    test: 'accepted',
  })
})

test('staff mail goes to the address of today; whoever has left gets none', async () => {
  const [here, left] = [crypto.randomUUID(), crypto.randomUUID()]
  await inTown(async (tx) => {
    await tx.db
      .insertInto('auth.person')
      .values([
        { id: here, name: 'Anna', mail: 'anna@stadt.example' },
        { id: left, name: 'Bernd', mail: 'bernd@stadt.example', left_on: '2026-11-22' },
      ])
      .execute()
    for (const person of [here, left]) await queueMail(tx, { kind: 'person', once: person, person })
  })
  await deliver()
  expect(smtp.caught.map(({ to }) => to)).toEqual([['anna@stadt.example']])
})

test('two senders at once never take the same mail', async () => {
  for (let i = 0; i < 20; i++) await queue({ once: `n${i}` })
  await Promise.all([deliver(), deliver(), deliver()])
  expect(smtp.caught).toHaveLength(20)
  expect(new Set(smtp.caught.map(({ to }) => to[0])).size).toBe(20)
})

test('a letter to many that is paused waits, is counted, and goes on when resumed', async () => {
  const batch = crypto.randomUUID()
  for (let i = 0; i < 3; i++) await queue({ once: `b${i}`, priority: 'bulk', batch })
  await inTown((tx) => pauseBatch(tx, batch))
  await deliver()
  expect(await inTown((tx) => batchState(tx, batch))).toEqual({ ready: 3 })
  await inTown((tx) => resumeBatch(tx, batch))
  await deliver()
  expect(await inTown((tx) => batchState(tx, batch))).toEqual({ accepted: 3 })
})

test('a server that is away takes no try from a letter to many', async () => {
  for (let i = 0; i < 100; i++) await queue({ once: `b${i}`, priority: 'bulk' })
  await deliver(new URL('smtp://127.0.0.1:9'))
  expect((await rows()).every(({ state, attempts }) => state === 'ready' && attempts === 0)).toBe(true)
  now = new Date(now.getTime() + 10_000)
  await deliver()
  // One domain takes sixty at once; the others have been told their time.
  expect(smtp.caught).toHaveLength(60)
  now = new Date(now.getTime() + 10_000)
  await deliver()
  expect(new Set(smtp.caught.map(({ to }) => to[0])).size).toBe(100)
})

test('settled mails are forgotten after a while, waiting ones never', async () => {
  await queue({ once: 'sent' })
  await deliver()
  await queue({ once: 'waits', at: new Date('2027-01-01') })
  await inTown((tx) => forgetSettled(tx, '2026-11-23'))
  expect(await rows()).toHaveLength(2)
  await inTown((tx) => forgetSettled(tx, '2026-11-24'))
  expect((await rows()).map(({ state }) => state)).toEqual(['ready'])
})

/** Runs a sender until it ends or is killed; resolves with the signal that ended it. */
function sender(dieAt: string, nth: number, later: number): { done: Promise<string | null>; kill: () => void } {
  const app = asRole(database.config, database.name, 'app')
  const orders = JSON.stringify({ app, key, smtp: smtp.url.href, later, dieAt, nth })
  const child = spawn(process.execPath, ['tests/support/mail-sender.ts', orders], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const done = new Promise<string | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal)))
  return { done, kill: () => child.kill('SIGKILL') }
}

test.each([
  ['notice', 2],
  ['bulk', 4],
] as const)(
  '%s, killed at any step: nobody is skipped, nobody gets it twice beyond the mails in flight',
  async (priority, lanes) => {
    now = new Date()
    const mails = 30
    for (let i = 0; i < mails; i++) await queue({ once: `n${i}`, priority })
    let later = 1000
    for (const step of ['writing', 'before', 'during', 'after']) {
      const { done, kill } = sender(step, 3, later)
      let count = 0
      smtp.onData = () => void (step === 'during' && (count += 1) === 3 && kill())
      expect(await done, step).toBe('SIGKILL')
      smtp.onData = () => undefined
      later += 240_000
    }
    const taken = smtp.caught.length
    expect(taken).toBeLessThan(mails)
    expect(await sender('never', 0, later).done).toBeNull()
    const ids = smtp.caught.map(({ mail }) => mail.messageId)
    expect(new Set(ids).size, 'nobody skipped').toBe(mails)
    // Four kills: at most the mails that were in flight, and recognisable by their Message-ID.
    expect(ids.length - mails).toBeLessThanOrEqual(4 * lanes)
    expect(ids.length - mails, 'the kill after a handover must show').toBeGreaterThan(0)
    expect((await rows()).every(({ state }) => state === 'accepted')).toBe(true)
  },
  120_000,
)
