import { generateKeyPairSync } from 'node:crypto'
import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { compose } from './compose.ts'
import { signerOf, signMail } from './dkim.ts'
import { checkProbe, probeMark } from './probe.ts'

const date = new Date('2026-11-23T09:05:07Z')
const pair = (modulusLength = 2048) => generateKeyPairSync('rsa', { modulusLength })
const pemOf = ({ privateKey }: ReturnType<typeof pair>) => privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const recordOf = ({ publicKey }: ReturnType<typeof pair>) =>
  `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`
const key = pair()

/** What the DNS knows; every other name does not exist. */
const dns = (records: Record<string, string>) => async (name: string) => {
  if (records[name] === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' })
  return [[records[name]]]
}
const known = dns({ 'b1._domainkey.lindenau.example': recordOf(key) })

const listed = {
  'List-Id': '<newsletter.lindenau.example>',
  'List-Unsubscribe': '<https://lindenau.example/newsletter/abmelden/probe>',
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  [probeMark]: 'yes',
}
const probe = compose(
  { subject: 'Probe', text: 'Diese Mail ist eine Probe.', html: '<p>Probe</p>', headers: listed },
  {
    from: { name: 'Stadt', address: 'post@lindenau.example' },
    to: 'it@lindenau.example',
    messageId: '<1@lindenau.example>',
    date,
    headers: {},
  },
)
const own = (domain = 'lindenau.example') => signMail(probe, signerOf(domain, 'b1', pemOf(key)), date)

/** As a relay signs that was told which fields; nodemailer's own signer stands for it. */
async function byRelay(fields: string | undefined, privateKey = pemOf(key)): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const dkim = { domainName: 'lindenau.example', keySelector: 'b1', privateKey, headerFieldNames: fields }
  const { message } = await transport.sendMail({
    from: 'post@lindenau.example',
    to: 'it@lindenau.example',
    subject: 'Probe',
    text: 'Diese Mail ist eine Probe.',
    headers: listed,
    dkim,
  })
  return message as Buffer
}
const faults = async (raw: string | Buffer, resolve = known) => (await checkProbe(Buffer.from(raw), resolve)).faults
const all = 'from:to:subject:date:message-id:mime-version:content-type:list-id:list-unsubscribe:list-unsubscribe-post'

test('signed by us, or by a relay that was told all fields, there is nothing to mend', async () => {
  expect(await checkProbe(Buffer.from(own()), known)).toEqual({
    domain: 'lindenau.example',
    selector: 'b1',
    faults: [],
    open: [],
  })
  expect(await faults(await byRelay(all))).toEqual([])
})

test('a relay that leaves out the way to unsubscribe is told so, by name, as nodemailer and OpenDKIM do unasked', async () => {
  expect(await checkProbe(await byRelay(undefined), known)).toMatchObject({
    faults: ['unsubscribe'],
    open: ['list-unsubscribe-post'],
  })
  expect(
    await checkProbe(await byRelay(all.replace(':list-unsubscribe:list-unsubscribe-post', '')), known),
  ).toMatchObject({
    open: ['list-unsubscribe', 'list-unsubscribe-post'],
  })
  expect(await faults(await byRelay(all.replace('subject:', '')))).toEqual(['fields'])
})

test.each([
  ['unsigned', probe, known],
  ['taken-out', own().replace(/^List-Unsubscribe-Post:.*\r\n/m, ''), known],
  ['other', own().replace(/^X-Besonnen-Probe:.*\r\n/m, ''), known],
  ['other', 'Diese Mail ist eine Probe.', known],
  ['other', '\0\xff'.repeat(10_000), known],
  ['changed', own().replace('eine Probe.', 'eine Probe. -- geprüft'), known],
  ['key', own(), dns({})],
  ['key', own(), dns({ 'b1._domainkey.lindenau.example': 'v=DKIM1; p=' })],
  ['changed', own(), dns({ 'b1._domainkey.lindenau.example': recordOf(pair()) })],
  ['dns', own(), () => Promise.reject(Object.assign(new Error(''), { code: 'ETIMEOUT' }))],
  ['stranger', own('relay.example'), dns({ 'b1._domainkey.relay.example': recordOf(key) })],
] as const)('%s is found', async (fault, raw, resolve) => {
  expect(await faults(raw, resolve as typeof known)).toEqual([fault])
})

test('a short key is advice; of two signatures the better one counts', async () => {
  const short = pair(1024)
  const record = dns({ 'b1._domainkey.lindenau.example': recordOf(short) })
  expect(await faults(await byRelay(all, pemOf(short)), record)).toEqual(['short-key'])
  const relays = own('relay.example')
  expect(await faults(relays.slice(0, relays.indexOf('From:')) + own())).toEqual([])
})
