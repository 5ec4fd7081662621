import { createTransport, type Transporter } from 'nodemailer'
import { compose, oneLine, type Letter, type Mailbox } from './compose.ts'
import { signMail, type Signer } from './dkim.ts'
import { returnPath } from './verp.ts'

export interface Posting extends Letter {
  /** Stable per delivery, so that a doubled handover can be recognised. */
  readonly id: string
  readonly municipality: number
  /** '' for a probe, whose address the transport makes. */
  readonly to: string
  readonly probe?: string
  readonly bulk: boolean
  /** Whether it is worth knowing when it comes back. */
  readonly traceable: boolean
}

/** What the mail server made of it: only its status codes are kept, its words may quote an address. */
export type Handover =
  | { readonly state: 'accepted'; readonly reply: number | null }
  | { readonly state: 'refused'; readonly reply: number | null; readonly status: string | null }
  | { readonly state: 'later'; readonly reply: number | null }

export interface MailTransport {
  send(posting: Posting): Promise<Handover>
  close(): void
}

export interface TransportOptions {
  /** Signs here; without it the relay does. */
  readonly signer?: Signer
  /** The mailbox that takes what comes back, and the secret that makes each mail's own address of it. */
  readonly bounces?: { readonly box: string; readonly secret: Buffer }
}

/** One plain address: no name, no list, no line break, nothing a header could be made of. */
const address = /^[^\s@<>,;:"()[\]\\\p{Cc}]{1,64}@[^\s@<>,;:"()[\]\\\p{Cc}]{1,255}$/u

export const isMailAddress = (text: string): boolean => address.test(text)

/** `Name <address>` or an address alone. Throws a sentence for the administrator. */
function senderOf(from: string): Mailbox {
  const [, name = '', inside] = /^(.*?)<([^<>]*)>$/.exec(from.trim()) ?? [undefined, '', from.trim()]
  if (!isMailAddress(inside ?? ''))
    throw new Error(`MAIL_FROM ist „${from}“; erwartet wird zum Beispiel Besonnen <post@stadt.example>.`)
  return { name: oneLine(name).replaceAll('"', ''), address: inside! }
}

/** Failures that say something about this recipient or this mail; all others are about server or line. */
const aboutThisMail = ['EENVELOPE', 'EMESSAGE']

function failure(error: unknown): Handover {
  const {
    code = '',
    responseCode,
    response = '',
  } = error as { code?: string; responseCode?: number; response?: string }
  const reply = responseCode ?? null
  const final = reply !== null && reply >= 500 && aboutThisMail.includes(code)
  if (!final) return { state: 'later', reply }
  return { state: 'refused', reply, status: /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null }
}

/** How many mails are under way at the same time, which is also what a crash can double. */
export const lanes = { urgent: 2, bulk: 4 } as const

/** Hands mails to the server of SMTP_URL. */
export function smtpTransport(url: URL, from: string, { signer, bounces }: TransportOptions = {}): MailTransport {
  const sender = senderOf(from)
  const domain = sender.address.slice(sender.address.indexOf('@') + 1)
  const transporter: Transporter = createTransport({
    url: url.href,
    pool: true,
    maxConnections: lanes.urgent + lanes.bulk,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  /** Beside the way to unsubscribe by a page one by mail, where there is a box that is read (RFC 2369, 8058). */
  const withLeave = ({ leave, headers, municipality }: Posting) => {
    const page = headers?.['List-Unsubscribe']
    if (!leave || !page || !bounces) return headers
    const box = returnPath(bounces.box, bounces.secret, { municipality, mail: leave }, 'leave')
    return { ...headers, 'List-Unsubscribe': `${page}, <mailto:${box}?subject=unsubscribe>` }
  }
  /** Nobody can be written to at a box that is not there. */
  const addressOf = ({ to, probe, municipality }: Posting) =>
    probe && bounces ? returnPath(bounces.box, bounces.secret, { municipality, mail: probe }, 'probe') : to
  const write = (posting: Posting, to: string, now: Date) => {
    const raw = compose(
      { ...posting, headers: withLeave(posting) },
      {
        from: sender,
        to,
        messageId: `<${posting.id}@${domain}>`,
        date: now,
        headers: { 'Auto-Submitted': 'auto-generated', ...(posting.bulk && { Precedence: 'bulk' }) },
      },
    )
    return signer ? signMail(raw, signer, now) : raw
  }
  return {
    close: () => transporter.close(),
    async send(posting) {
      const { id: mail, municipality, traceable } = posting
      const to = addressOf(posting)
      if (!isMailAddress(to)) return { state: 'refused', reply: null, status: null }
      const back =
        traceable && bounces ? returnPath(bounces.box, bounces.secret, { municipality, mail }) : sender.address
      try {
        const { response } = (await transporter.sendMail({
          envelope: { from: back, to: [to] },
          raw: write(posting, to, new Date()),
        })) as { response?: string }
        return { state: 'accepted', reply: Number(/^\d{3}/.exec(response ?? '')?.[0] ?? 250) }
      } catch (error) {
        return failure(error)
      }
    },
  }
}
