import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { compose, type Letter } from './compose.ts'
import { signerOf, signMail } from './dkim.ts'
import { Throttle } from './throttle.ts'
import { readReturnPath, returnPath } from './verp.ts'

const date = new Date('2026-11-23T09:05:07Z')
const envelope = {
  from: { name: 'Stadt Lindenau – Büro „Miteinander“', address: 'post@lindenau.example' },
  to: 'leserin@example.org',
  messageId: '<1@lindenau.example>',
  date,
  headers: { 'Auto-Submitted': 'auto-generated' },
}
const listed = {
  'List-Unsubscribe': '<https://lindenau.example/lindenau/newsletter/abmelden/abc>, <mailto:abmelden@lindenau.example>',
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  'List-Id': 'Newsletter <newsletter.lindenau.example>',
}
const letter: Letter = {
  subject: 'Grüße aus Lindenau: der Platz vor dem Rathaus, die neue Sprechstunde und vieles andere mehr',
  text: 'Guten Tag,\n\nes gibt Neues. Füße, „Anführung“, = Gleich, Blank am Ende \n.\nÄÖÜ'.padEnd(
    400,
    ' und noch mehr Text',
  ),
  html: '<!doctype html><html lang="de"><body><p>Grüße, 50 % = Hälfte</p></body></html>',
  headers: listed,
}
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`

const verify = async (mail: string) => {
  const { results } = await dkimVerify(Buffer.from(mail, 'latin1'), {
    resolver: async (name: string) => {
      expect(name).toBe('b1._domainkey.lindenau.example')
      return [[record]]
    },
  })
  return results[0]
}

test('another library reads the mail as it was meant', async () => {
  const mail = compose(letter, envelope)
  // oxlint-disable-next-line no-control-regex
  expect(mail).toMatch(/^[\x00-\x7f]*$/)
  expect(mail.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  expect(
    Math.max(
      ...mail
        .split('\r\n')
        .filter((line) => !line.includes('://'))
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(78)
  const read = await PostalMime.parse(mail)
  expect(read).toMatchObject({ subject: letter.subject, messageId: envelope.messageId })
  expect(read.from).toMatchObject(envelope.from)
  expect(read.date).toBe(date.toISOString())
  expect(read.text?.trimEnd()).toBe(letter.text.trimEnd())
  expect(read.html?.trim()).toBe(letter.html)
  const headers = Object.fromEntries(read.headers.map(({ key, value }) => [key, value]))
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  expect(headers['list-unsubscribe']?.replaceAll(/\s+/g, ' ')).toBe(listed['List-Unsubscribe'])
})

test('an invitation stands inside the mail, last, and beside it as a file', async () => {
  const content = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR'
  const mail = compose(
    { subject: 'Einladung', text: 'Text', html: '<p>Text</p>', calendar: { method: 'REQUEST', content } },
    envelope,
  )
  expect(mail).toMatch(/^Content-Type: multipart\/mixed;/m)
  const types = [...mail.matchAll(/^Content-Type: ([^;\r]+)/gm)].map(([, type]) => type)
  expect(types).toEqual([
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'text/calendar',
    'application/ics',
  ])
  expect(mail).toContain('Content-Type: text/calendar; charset=utf-8; method=REQUEST\r\n')
  // The mail reader gives calendars with line feeds of its own, so the file is read by hand.
  const file = /filename="invite\.ics"[^]*?\r\n\r\n([\w+/=\r\n]+?)\r\n--/.exec(mail)?.[1]
  expect(Buffer.from(file ?? '', 'base64').toString()).toBe(content)
  expect((await PostalMime.parse(mail)).attachments.map(({ disposition }) => disposition)).toContain('attachment')
})

test('whatever stands in subject, name or text: one mail, the same fields, nothing lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      async (subject, name, text) => {
        const mail = compose(
          { subject, text, headers: { 'List-Id': name } },
          { ...envelope, from: { name: '', address: 'a@b.example' } },
        )
        const head = mail.slice(0, mail.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/)
        expect(head.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
          'From',
          'To',
          'Subject',
          'Message-ID',
          'Date',
          'MIME-Version',
          'Auto-Submitted',
          'List-Id',
          'Content-Type',
          'Content-Transfer-Encoding',
        ])
        const body = Buffer.from(
          mail
            .slice(mail.indexOf('\r\n\r\n') + 4)
            .replaceAll('=\r\n', '')
            .replaceAll(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
          'latin1',
        )
        expect(body.toString().replace(/\r\n$/, '')).toBe(text.toWellFormed().replaceAll(/\r\n|\r|\n/g, '\r\n'))
      },
    ),
    { numRuns: 60 },
  )
})

test('the signature holds for a library that did not write it, and covers what unsubscribing rests on', async () => {
  const signed = signMail(compose(letter, envelope), signerOf('lindenau.example', 'b1', pem), date)
  const result = await verify(signed)
  expect(result?.status.result).toBe('pass')
  const fields = result?.signingHeaders?.keys.toLowerCase().split(/[:,\s]+/) ?? []
  expect(fields).toEqual(
    expect.arrayContaining([
      'list-unsubscribe',
      'list-unsubscribe-post',
      'list-id',
      'subject',
      'date',
      'message-id',
      'to',
    ]),
  )
  const tag = /h=([^;]+);/.exec(signed)![1]!.replaceAll(/\s/g, '').split(':')
  expect(tag.filter((name) => name === 'from')).toHaveLength(2)
  expect(signed).toContain('d=lindenau.example')
  expect(signed).not.toMatch(/; ?l=\d/)
})

test.each([
  ['another body', (mail: string) => mail.replace('Es gibt', 'Es gab').replace('es gibt', 'es gab')],
  ['another subject', (mail: string) => mail.replace(/^Subject: .*$/m, 'Subject: x')],
  [
    'unsubscribing led elsewhere',
    (mail: string) => mail.replace('lindenau.example/lindenau/newsletter', 'evil.example/x'),
  ],
  ['one click taken away', (mail: string) => mail.replace(/^List-Unsubscribe-Post: .*\r\n/m, '')],
  ['a second sender', (mail: string) => mail.replace(/^From: /m, 'From: chef@lindenau.example\r\nFrom: ')],
])('%s breaks the signature', async (_what, change) => {
  const signed = signMail(compose(letter, envelope), signerOf('lindenau.example', 'b1', pem), date)
  expect(change(signed)).not.toBe(signed)
  expect((await verify(change(signed)))?.status.result).not.toBe('pass')
})

test('a short key is refused with a sentence', () => {
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
  }) as string
  expect(() => signerOf('a.example', 's', short)).toThrow('2048')
})

test('a return path tells its mail, in capitals too, and nobody can make one', () => {
  const secret = Buffer.alloc(32, 1)
  const returning = { municipality: 17, mail: crypto.randomUUID() }
  const path = returnPath('bounce@lindenau.example', secret, returning)
  expect(path.split('@')[0]!.length).toBeLessThanOrEqual(64)
  expect(readReturnPath(secret, path)).toEqual(returning)
  expect(readReturnPath(secret, path.toUpperCase())).toEqual(returning)
  expect(readReturnPath(Buffer.alloc(32, 2), path)).toBeUndefined()
  expect(readReturnPath(secret, 'bounce@lindenau.example')).toBeUndefined()
})

test('a domain gets its burst, then its pace, and everybody who waits comes once more', () => {
  const throttle = new Throttle({ perMinute: 60, burst: 5 })
  const queue = Array.from({ length: 100 }, (_, id) => ({ id, at: 0 }))
  const gone: number[] = []
  let asked = 0
  while (queue.length > 0) {
    queue.sort((a, b) => a.at - b.at || a.id - b.id)
    const one = queue.shift()!
    asked += 1
    const wait = throttle.wait('example.org', one.at)
    if (wait === 0) gone.push(one.at)
    else queue.push({ id: one.id, at: one.at + wait })
  }
  expect(gone.filter((at) => at === 0)).toHaveLength(5)
  expect(gone.at(-1)).toBeLessThanOrEqual(100_000)
  for (const [index, at] of gone.entries()) if (index >= 10) expect(at - gone[index - 5]!).toBeGreaterThanOrEqual(4_999)
  expect(asked).toBeLessThanOrEqual(220)
  expect(throttle.wait('other.example', 0)).toBe(0)
})
