import type { Attachment, Email } from 'postal-mime'
import { readReply, type CalendarReply } from '../calendar/index.ts'

/** What a mail in the box for returned mails says; `ignored` where it says nothing we may act on. */
export type Returned =
  | { readonly kind: 'failed' | 'delayed'; readonly to: readonly string[]; readonly status: string | null }
  | { readonly kind: 'complaint'; readonly to: readonly string[] }
  /** A calendar program's answer to an invitation. */
  | { readonly kind: 'reply'; readonly to: readonly string[]; readonly reply: CalendarReply }
  /** Written by somebody, as far as one can tell. */
  | { readonly kind: 'letter'; readonly to: readonly string[] }
  | { readonly kind: 'ignored'; readonly to: readonly string[] }

const asText = ({ content }: Attachment) =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('latin1')

const asCalendar = (one: Attachment | undefined) =>
  !one ? '' : typeof one.content === 'string' ? one.content : new TextDecoder().decode(one.content)

/** Blocks parted by blank lines, fields folded like those of a mail (RFC 3464, 2.1). Names in lower case. */
export function readBlocks(text: string): Map<string, string>[] {
  return text
    .replaceAll(/\r\n|\r/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((block) => {
      const lines = block.replaceAll(/\n[ \t]+/g, ' ').split('\n')
      const fields = lines.flatMap((line): [string, string][] => {
        const [, name, value = ''] = /^([\w-]+):[ \t]*(.*)$/.exec(line.trim()) ?? []
        return name ? [[name.toLowerCase(), value.trim()]] : []
      })
      return new Map(fields)
    })
    .filter((block) => block.size > 0)
}

/** The addresses the mail itself was sent to: one of them is the return path we made. */
function recipientsOf(mail: Email): string[] {
  const named = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to']
  const found = mail.headers
    .filter(({ key }) => named.includes(key))
    .flatMap(({ value }) => value.match(/[^\s<>,;"]+@[^\s<>,;"]+/g) ?? [])
  return [...new Set(found)]
}

/** `5.1.1` out of `5.1.1 (mailbox unknown)`; undefined for what is no code. */
const statusIn = (text: string | undefined) => /^[245]\.\d{1,3}\.\d{1,3}/.exec(text ?? '')?.[0]

function ofReport(text: string, to: string[]): Returned {
  const [, ...recipients] = readBlocks(text)
  const failed = recipients.filter((block) => block.get('action')?.toLowerCase() === 'failed')
  const status = (block: Map<string, string> | undefined) => statusIn(block?.get('status')) ?? null
  // A permanent code weighs more than a passing one beside it.
  const worst = failed.toSorted((a, b) => (status(b) ?? '').localeCompare(status(a) ?? ''))[0]
  if (worst) return { kind: 'failed', to, status: status(worst) }
  const late = recipients.find((block) => block.get('action')?.toLowerCase() === 'delayed')
  return late ? { kind: 'delayed', to, status: status(late) } : { kind: 'ignored', to }
}

/**
 * Reads a mail that came back. Acts on the machine-readable part only: codes in the words for people are ignored, and
 * so are automatic answers. A letter in prose with an empty sender, as old servers write it, counts as a passing failure.
 */
export async function readReturned(raw: string | Uint8Array): Promise<Returned> {
  const { default: PostalMime } = await import('postal-mime')
  const mail = await PostalMime.parse(raw)
  const to = recipientsOf(mail)
  const header = (name: string) =>
    mail.headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? ''
  const part = (type: string) => mail.attachments.find(({ mimeType }) => mimeType === type)
  const complaint = part('message/feedback-report')
  if (complaint) {
    const abuse = readBlocks(asText(complaint))[0]?.get('feedback-type')?.toLowerCase() === 'abuse'
    return { kind: abuse ? 'complaint' : 'ignored', to }
  }
  const report = part('message/delivery-status')
  if (report) return ofReport(asText(report), to)
  const reply = readReply(asCalendar(part('text/calendar')))
  if (reply) return { kind: 'reply', to, reply }
  const answer = header('auto-submitted').startsWith('auto-replied') || header('x-autoreply') !== ''
  const nobody = header('return-path') === '<>'
  if (answer || to.length === 0) return { kind: 'ignored', to }
  return nobody ? { kind: 'delayed', to, status: null } : { kind: 'letter', to }
}
