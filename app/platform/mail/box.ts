import type { ImapFlow } from 'imapflow'
import type { Log } from '../log/index.ts'
import type { Tenants } from '../tenancy/index.ts'
import type { Resolve } from './probe.ts'
import { boxReads } from './probing.ts'
import { takeIn } from './returned.ts'

export interface BoxOptions {
  /** `imaps://user:password@mail.example/INBOX`. */
  readonly url: URL
  readonly secret: Buffer
  readonly tenants: Tenants
  readonly log: Log
  /** How the key of a probe's signature is looked up; by the DNS unless said otherwise. */
  readonly resolve?: Resolve
}

/** Larger than any report; what is larger is not one. */
const most = 2 * 1024 * 1024

/**
 * Empties the box for returned mails once: each is taken in and then deleted, in this order, so that a crash reads one
 * twice rather than never (a second reading changes nothing). Returns how many were there.
 */
export async function emptyBox({ url, ...rest }: BoxOptions): Promise<number> {
  // Loaded on first use: most installations have no such box.
  const { ImapFlow: Client } = await import('imapflow')
  const client = new Client({
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'imaps:' ? 993 : 143)),
    secure: url.protocol === 'imaps:',
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
  })
  // Without a listener, a line that breaks later would end the whole program.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const lock = await client.getMailboxLock(decodeURIComponent(url.pathname.slice(1)) || 'INBOX')
    try {
      const found = await client.search({ all: true }, { uid: true })
      const ids = (found || []).slice(0, 500)
      for (const uid of ids) await takeOne(client, uid, rest)
      return ids.length
    } finally {
      lock.release()
    }
  } finally {
    await client.logout().catch(() => undefined)
  }
}

async function takeOne(
  client: ImapFlow,
  uid: number,
  { secret, tenants, log, resolve }: Omit<BoxOptions, 'url'>,
): Promise<void> {
  const mail = await client.fetchOne(String(uid), { source: { maxLength: most } }, { uid: true })
  if (mail && mail.source) {
    const done = await takeIn(tenants, secret, mail.source, resolve)
    if (done === 'unknown') log.info({ returned: done }, 'a returned mail is none of ours')
  }
  await client.messageDelete(String(uid), { uid: true })
}

const pause = 5 * 60_000

/** Looks into the box every five minutes. A box that is away costs nothing: its mails stay there. */
export class ReturnedMail {
  readonly #options: BoxOptions
  #timer: NodeJS.Timeout | undefined
  #round: Promise<unknown> | undefined

  constructor(options: BoxOptions) {
    this.#options = options
  }

  start(): void {
    boxReads(true)
    this.#timer = setInterval(() => void this.look(), pause).unref()
    void this.look()
  }

  look(): Promise<unknown> {
    this.#round ??= emptyBox(this.#options)
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'returned mails wait'))
      .finally(() => (this.#round = undefined))
    return this.#round
  }

  async stop(): Promise<void> {
    boxReads(false)
    clearInterval(this.#timer)
    await this.#round
  }
}
