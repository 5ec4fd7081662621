import { createHash } from 'node:crypto'

export interface Mailbox {
  readonly name: string
  readonly address: string
}

/** An invitation as iTIP: one VEVENT with one attendee. Stands inside the mail and beside it as a file. */
export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  readonly content: string
}

/** A picture that travels inside the mail; the page names it as `cid:…`. */
export interface Picture {
  readonly cid: string
  readonly type: 'image/png' | 'image/jpeg'
  /** In lines of 76 characters. */
  readonly base64: string
}

export interface Letter {
  readonly subject: string
  readonly text: string
  /** The same as a page; the text goes along for those who read without. */
  readonly html?: string
  readonly pictures?: readonly Picture[]
  /** Made from the sender: the organiser must be the same, or calendar programs refuse later changes. */
  readonly calendar?: CalendarPart | ((from: Mailbox) => CalendarPart)
  /** Further header fields (List-Id …). Line breaks in them are taken out. */
  readonly headers?: Readonly<Record<string, string>>
  /** Id of the record that ends when its reader says so by mail: an address beside the one in List-Unsubscribe. */
  readonly leave?: string
}

export interface Envelope {
  readonly from: Mailbox
  readonly to: string
  readonly messageId: string
  readonly date: Date
  readonly headers: Readonly<Record<string, string>>
}

export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** RFC 2047: words of at most 75 characters that never cut a character in two. */
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (Buffer.byteLength(piece + character) > 42) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  words.push(piece)
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ')
}

const phrase = (name: string) =>
  /^[\w !#$%&'*+/=?^`{|}~-]*$/.test(name) && !name.includes('=?')
    ? name
    : /^[\x20-\x7e]*$/.test(name)
      ? `"${name.replaceAll(/["\\]/g, '\\$&')}"`
      : encodedWords(name)

const mailbox = ({ name, address }: Mailbox) => (name ? `${phrase(name)} <${address}>` : address)

/** Folds before blanks; a word longer than a line stays whole, since addresses must not be cut. */
function folded(name: string, value: string): string {
  if (name.length + value.length < 76) return `${name}: ${value}`
  let line = `${name}:`
  const lines: string[] = []
  for (const word of value.split(' ')) {
    if (line.length + word.length > 75 && line.trim() !== `${name}:`) {
      lines.push(line)
      line = ''
    }
    line += ` ${word}`
  }
  return [...lines, line].join('\r\n')
}

const plainLine = /^[\x20-\x3c\x3e-\x7e]{0,75}[\x21-\x3c\x3e-\x7e]$/
const digits = Buffer.from('0123456789ABCDEF')
const asIs = (byte: number) => (byte >= 32 && byte <= 126 && byte !== 61) || byte === 9

/** Written byte by byte into one buffer: put together from pieces, a line would hold hundreds of small strings. */
function quotedLine(line: string): string {
  const bytes = Buffer.from(line)
  const out = Buffer.allocUnsafe(bytes.length * 4 + 8)
  let [end, length] = [0, 0]
  for (const [at, byte] of bytes.entries()) {
    const whole = asIs(byte) && !(at === bytes.length - 1 && (byte === 32 || byte === 9))
    if (length + (whole ? 1 : 3) > 75) {
      end = out.writeUInt8(61, end)
      end = out.writeUInt16BE(0x0d0a, end)
      length = 0
    }
    if (whole) out[end++] = byte
    else {
      out[end++] = 61
      out[end++] = digits[byte >> 4]!
      out[end++] = digits[byte & 15]!
    }
    length += whole ? 1 : 3
  }
  return out.toString('latin1', 0, end)
}

/** Letters to many differ in one or two lines: all others are made once. */
const known = new Map<string, string>()
const knownMost = 1_000

/** A line of its own: a piece of a string keeps the whole letter it was cut from. */
const detached = (text: string) => Buffer.from(text).toString()

function quotedPrintable(text: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  return lines
    .map((line) => {
      if (line === '' || plainLine.test(line)) return line
      const found = known.get(line)
      if (found !== undefined) return found
      const made = quotedLine(line)
      if (known.size >= knownMost) known.clear()
      known.set(detached(line), made)
      return made
    })
    .join('\r\n')
}

const part = (type: string, text: string) =>
  `Content-Type: ${type}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}\r\n`

const several = (boundary: string, kind: string, parts: readonly string[]) =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}`).join('')}--${boundary}--\r\n`

const picturePart = ({ cid, type, base64 }: Picture) =>
  `Content-Type: ${type}\r\nContent-ID: <${cid}>\r\nContent-Disposition: inline\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`

/** Body with the fields that describe it: plain, with a page, with an invitation (outermost the file beside it). */
function bodyOf({ text, html, pictures = [], calendar: made }: Letter, from: Mailbox, boundary: string): string {
  const calendar = typeof made === 'function' ? made(from) : made
  const plain = part('text/plain; charset=utf-8', text)
  if (!html && !calendar) return plain
  const parts = [plain]
  if (html) {
    const page = part('text/html; charset=utf-8', html)
    const inside = [page, ...pictures.map(picturePart)]
    parts.push(pictures.length === 0 ? page : several(`${boundary}-r`, 'related', inside))
  }
  if (calendar) parts.push(part(`text/calendar; charset=utf-8; method=${calendar.method}`, calendar.content))
  const inner = several(`${boundary}-a`, 'alternative', parts)
  if (!calendar) return inner
  const file = Buffer.from(calendar.content).toString('base64').replaceAll(/.{76}/g, '$&\r\n')
  const beside = `Content-Type: application/ics; name="invite.ics"\r\nContent-Disposition: attachment; filename="invite.ics"\r\nContent-Transfer-Encoding: base64\r\n\r\n${file}\r\n`
  return several(`${boundary}-m`, 'mixed', [inner, beside])
}

const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const two = (value: number) => String(value).padStart(2, '0')

/** RFC 5322, in UTC. */
function dateField(at: Date): string {
  const [, , month] = at.toUTCString().split(' ')
  return `${day[at.getUTCDay()]}, ${two(at.getUTCDate())} ${month} ${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

/** A whole mail as it goes over the line, in ASCII with CRLF. Nothing in it can add a header field. */
export function compose(letter: Letter, { from, to, messageId, date, headers }: Envelope): string {
  const fields: Record<string, string> = {
    From: mailbox(from),
    To: to,
    Subject: encodedWords(oneLine(letter.subject)),
    'Message-ID': messageId,
    Date: dateField(date),
    'MIME-Version': '1.0',
    ...headers,
    ...letter.headers,
  }
  const lines = Object.entries(fields).map(([name, value]) => folded(name, oneLine(value)))
  const boundary = `=_${createHash('sha256').update(messageId).digest('hex').slice(0, 24)}`
  return `${lines.join('\r\n')}\r\n${bodyOf(letter, from, boundary)}`
}
