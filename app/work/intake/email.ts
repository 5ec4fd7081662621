import { createHash } from 'node:crypto'
import patterns from './locales/mail.json' with { type: 'json' }

export interface ReadEmail {
  /** The message's own id, or a hash of it where it has none: the same mail is taken once. */
  readonly id: string
  readonly from: string
  readonly subject: string
  /** What its writer wrote. */
  readonly text: string
  /** What she quoted of earlier mails; often nobody else's business. */
  readonly quoted: string
  /** Names of what hung on it; the files themselves are not kept. */
  readonly attachments: readonly string[]
}

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  euro: '€',
  ndash: '–',
  mdash: '—',
  bdquo: '„',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
}

function entity(whole: string, name: string): string {
  const number = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name)
  if (!number) return entities[name] ?? whole
  const point = number[1] ? Number.parseInt(number[1], 16) : Number(number[2])
  return point > 0 && point < 0x11_00_00 ? String.fromCodePoint(point) : ''
}

/** A mail that only comes as HTML, as lines; what it quotes is marked the way plain mails mark it. */
export function linesOfHtml(html: string): string {
  let depth = 0
  return html
    .replaceAll(/<(style|script|head)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<br\s*\/?>|<\/(?:p|div|li|tr|h\d)>|<\/?blockquote[^>]*>/gi, (tag) =>
      /^<blockquote/i.test(tag) ? '\n\uE000' : /^<\/blockquote/i.test(tag) ? '\n\uE001' : '\n',
    )
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, entity)
    .split('\n')
    .map((line) => {
      depth += line.split('\uE000').length - 1 - (line.split('\uE001').length - 1)
      const text = line.replaceAll(/[\uE000\uE001]/g, '').trim()
      return depth > 0 && text ? `> ${text}` : text
    })
    .join('\n')
}

const begins = patterns.begins.map((source) => new RegExp(source, 'i'))

/** Parts what somebody wrote from what she quoted: from the first line on that begins a quotation, or marked with >. */
export function partQuoted(whole: string): { text: string; quoted: string } {
  const lines = whole.replaceAll('\r\n', '\n').split('\n')
  // Programs break the opening line of a quotation in two: both together are looked at.
  const at = lines.findIndex((line, i) =>
    begins.some((begin) => begin.test(line.trim()) || begin.test(`${line.trim()} ${lines[i + 1]?.trim() ?? ''}`)),
  )
  const own = at < 0 ? lines : lines.slice(0, at)
  const marked = (line: string) => line.startsWith('>')
  const tidy = (part: readonly string[]) =>
    part
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim()
  return {
    text: tidy(own.filter((line) => !marked(line))),
    quoted: tidy([...own.filter(marked), ...(at < 0 ? [] : lines.slice(at))]),
  }
}

/** Reads a mail as programs save it (.eml) or as somebody pasted its source. Undefined when it has no text of any kind. */
export async function readEmail(source: Uint8Array): Promise<ReadEmail | undefined> {
  const { default: PostalMime } = await import('postal-mime')
  const mail = await PostalMime.parse(source, { maxNestingDepth: 20 }).catch(() => undefined)
  const whole = mail?.text?.trim() ? mail.text : linesOfHtml(mail?.html ?? '')
  if (!mail || (!whole.trim() && !mail.subject)) return undefined
  const { name = '', address = '' } = mail.from ?? {}
  return {
    id: mail.messageId?.trim() || createHash('sha256').update(source).digest('hex'),
    from: [name, address && name ? `<${address}>` : address].filter(Boolean).join(' '),
    subject: mail.subject?.trim() ?? '',
    ...partQuoted(whole),
    attachments: mail.attachments.flatMap(({ filename, disposition }) =>
      filename && disposition !== 'inline' ? [filename] : [],
    ),
  }
}
