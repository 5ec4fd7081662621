import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSession } from '#platform/auth/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { boxReads, emptyBox, lastProbe, signerOf } from '#platform/mail/index.ts'
import { htmlFaults } from '#tests/support/html.ts'
import { imapForTest, type ImapForTest } from '#tests/support/imap.ts'
import { openPress, type Press } from '#tests/support/newsletter.ts'
import { program } from '#tests/support/town.ts'

const page = '/lindenau/verwaltung/mailprobe'
const secret = Buffer.alloc(32, 7)
const bounces = { box: 'bounce@lindenau.example', secret }
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const signer = signerOf('lindenau.example', 'b1', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string)
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
let press: Press
let box: ImapForTest
let cookie: string
beforeAll(async () => {
  ;[press, box] = [await openPress(), await imapForTest()]
  boxReads(true)
  const { towns } = press
  const admin = await towns.appoint('administrator')
  const id = admin.kind === 'person' ? admin.id : ''
  await towns.at(
    (tx) => tx.db.updateTable('auth.person').set({ mail: 'it@lindenau.example' }).where('id', '=', id).execute(),
    program,
  )
  const { token } = await towns.at((tx) => startSession(tx, id), program)
  cookie = `__Host-b-lindenau=${token}`
})
afterAll(async () => {
  boxReads(false)
  await box.stop()
  await press.end()
})

/** The two mails of one probe: the administrator's, and that of the box. */
async function sent(options: Parameters<Press['deliver']>[0]) {
  const before = press.smtp.caught.length
  expect((await press.send(page, { do: 'send' }, cookie)).status).toBe(303)
  await press.deliver(options)
  const caught = press.smtp.caught.slice(before)
  const [own, boxed] = [
    caught.find(({ to }) => to[0] === 'it@lindenau.example')!,
    caught.find(({ to }) => to[0]?.startsWith('bounce+'))!,
  ]
  expect(caught).toHaveLength(2)
  return { own, boxed }
}
const read = () =>
  emptyBox({ url: box.url, secret, tenants: press.towns.tenants, log: silentLog, resolve: async () => [[record]] })
const shown = async () => (await press.get(page, cookie)).text
const paste = async (source: string) => (await press.send(page, { do: 'check', source }, cookie)).text()

test('the probe in the box is checked by itself, told in sentences, and ends nobody’s newsletter', async () => {
  expect(await htmlFaults(await shown())).toEqual([])
  const { boxed } = await sent({ bounces, signer })
  expect(boxed.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  box.put(boxed.raw.replace(/^List-Unsubscribe-Post:.*\r\n/m, ''))
  box.put(boxed.raw)
  expect(await read()).toBe(2)
  expect(await shown(), 'the first that arrived counts').toContain('unterwegs verschwunden')
  const { boxed: again } = await sent({ bounces, signer })
  box.put(boxed.raw)
  await read()
  expect((await press.towns.at(lastProbe, program))?.found, 'an old probe says nothing of the new one').toBeNull()
  box.put(again.raw.replace(/\+[^@]+@/g, (path) => path.replace(/.{4}@/, '0000@')))
  await read()
  expect((await press.towns.at(lastProbe, program))?.found, 'nor does a forged one').toBeNull()
  box.put(again.raw)
  await read()
  expect(await shown()).toContain('Es ist nichts zu tun.')
  const leave = /^List-Unsubscribe: <https:\/\/lindenau\.example([^>]+)>/m.exec(again.raw)![1]!
  const clicked = await press.post(leave, { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) })
  expect(clicked.status).toBe(200)
})

test('what is pasted is checked and not kept; without a signature it is said who signs', async () => {
  const { own } = await sent({ bounces })
  const text = await paste(own.raw)
  expect(await htmlFaults(text)).toEqual([])
  expect(text).toContain('Die Mail ist nicht unterschrieben.')
  expect(await paste('Guten Tag, hier ist eine Probe.')).toContain('Das ist keine Probe-Mail')
  expect(await paste(' ')).toContain('Bitte fügen Sie den Quelltext')
  expect((await press.towns.at(lastProbe, program))?.found).toBeNull()
})
