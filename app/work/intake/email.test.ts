import { expect, test } from 'vitest'
import { linesOfHtml, partQuoted, readEmail } from './email.ts'

const source = (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'))
const head = `From: =?UTF-8?Q?Frau_M=C3=BCller?= <mueller@example.invalid>
To: stelle@example.invalid
Subject: =?ISO-8859-1?Q?L=E4rm_im_Hof?=
Message-ID: <abc@example.invalid>
MIME-Version: 1.0
`

test('reads sender, subject and text in old encodings, names what hangs on it and parts what is quoted', async () => {
  const mail = await readEmail(
    source(`${head}Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=windows-1252
Content-Transfer-Encoding: quoted-printable

Guten Tag, im Hof ist es jede Nacht =84sehr laut=93.

Am 20.11.2026 um 10:00 schrieb Hausverwaltung <haus@example.invalid>:
> Frau Beispiel aus dem dritten Stock beschwert sich.
--b
Content-Type: application/pdf; name="Plan.pdf"
Content-Disposition: attachment; filename="Plan.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--b--
`),
  )
  expect(mail).toEqual({
    id: '<abc@example.invalid>',
    from: 'Frau Müller <mueller@example.invalid>',
    subject: 'Lärm im Hof',
    text: 'Guten Tag, im Hof ist es jede Nacht „sehr laut“.',
    quoted:
      'Am 20.11.2026 um 10:00 schrieb Hausverwaltung <haus@example.invalid>:\n> Frau Beispiel aus dem dritten Stock beschwert sich.',
    attachments: ['Plan.pdf'],
  })
})

test('a mail that is only HTML becomes lines, its quotation stays one', async () => {
  const mail = await readEmail(
    source(`${head}Content-Type: text/html; charset=utf-8

<style>p { color: red }</style><p>Es ist laut &ndash; jede Nacht.</p><blockquote><p>Alte Mail</p></blockquote><p>Gr&uuml;&szlig;e</p>
`),
  )
  expect(mail).toMatchObject({ text: 'Es ist laut – jede Nacht.\n\nGrüße', quoted: '> Alte Mail' })
  expect(linesOfHtml('a<script>alert(1)</script><br>b &lt;b&gt;')).toBe('a\nb <b>')
})

test.each([
  ['Hallo\n\n-----Ursprüngliche Nachricht-----\nVon: X', 'Hallo'],
  ['Hallo\n\nOn Monday, 3 Nov 2026 at 10:00, Office <a@b>\nwrote:\n> alt', 'Hallo'],
  ['Hallo\nVon: Amt\nGesendet: Montag\nBetreff: x', 'Hallo'],
  ['Am Montag schrieb mir niemand, das ist das Problem.', 'Am Montag schrieb mir niemand, das ist das Problem.'],
])('%j', (whole, text) => expect(partQuoted(whole).text).toBe(text))

test('without an id of its own the same mail is still the same; what is no mail is none', async () => {
  const plain = source('Subject: Hallo\n\nText')
  expect((await readEmail(plain))?.id).toBe((await readEmail(plain))?.id)
  expect(await readEmail(source(''))).toBeUndefined()
})
