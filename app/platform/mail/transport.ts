import { createTransport, type Transporter } from 'nodemailer'

/** Who sends: the organiser of an invitation must be the same, or calendar programs refuse to update it. */
export interface Sender {
  readonly name: string
  readonly address: string
}

/** An iTIP message (RFC 5546): the method of the mail part and of the calendar must agree. */
export interface CalendarPart {
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  readonly text: string
}

export interface Letter {
  readonly subject: string
  readonly text: string
  /** The same in HTML; a mail with a calendar needs it, because its kinds stand side by side. */
  readonly html?: string
  readonly calendar?: (sender: Sender) => CalendarPart
}

export interface Posting extends Letter {
  /** Stable per delivery, so that a doubled handover can be recognised. */
  readonly id: string
  readonly to: string
  readonly bulk: boolean
}

/** What the mail server made of it: only its status code is kept, its words may quote an address. */
export type Handover =
  | { readonly state: 'sent' }
  | { readonly state: 'refused'; readonly reply: number | null }
  | { readonly state: 'later'; readonly reply: number | null }

export interface MailTransport {
  send(posting: Posting): Promise<Handover>
  close(): void
}

/** One plain address: no name, no list, no line break, nothing a header could be made of. */
const address = /^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()[\]\\\p{Cc}]{1,255}$/u

export const isMailAddress = (text: string): boolean => address.test(text)

const oneLine = (text: string) => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** `Name <address>` or an address alone. Throws a sentence for the administrator. */
export function senderOf(from: string): Sender {
  const [, name = '', inside] = /^(.*?)<([^<>]*)>$/.exec(from.trim()) ?? [undefined, '', from.trim()]
  if (!isMailAddress(inside ?? ''))
    throw new Error(`MAIL_FROM ist „${from}“; erwartet wird zum Beispiel Besonnen <post@stadt.example>.`)
  return { name: oneLine(name).replaceAll('"', ''), address: inside! }
}

/** Failures that say something about this recipient or this mail; all others are about server or line. */
const aboutThisMail = ['EENVELOPE', 'EMESSAGE']

function failure(error: unknown): Handover {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number }
  const reply = responseCode ?? null
  const final = reply !== null && reply >= 500 && aboutThisMail.includes(code)
  return { state: final ? 'refused' : 'later', reply }
}

/** Hands mails to the server of SMTP_URL. At most two at a time, which is also what a crash can double. */
export function smtpTransport(url: URL, from: string): MailTransport {
  const sender = senderOf(from)
  const domain = sender.address.slice(sender.address.indexOf('@') + 1)
  const transporter: Transporter = createTransport({
    url: url.href,
    pool: true,
    maxConnections: 2,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  return {
    close: () => transporter.close(),
    async send({ id, to, subject, text, html, calendar, bulk }) {
      const invitation = calendar?.(sender)
      if (!isMailAddress(to)) return { state: 'refused', reply: null }
      try {
        await transporter.sendMail({
          envelope: { from: sender.address, to: [to] },
          from: sender,
          to: { name: '', address: to },
          subject: oneLine(subject),
          text,
          html,
          ...(invitation && {
            icalEvent: { method: invitation.method, content: invitation.text, filename: 'termin.ics' },
          }),
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', ...(bulk && { Precedence: 'bulk' }) },
        })
        return { state: 'sent' }
      } catch (error) {
        return failure(error)
      }
    },
  }
}
