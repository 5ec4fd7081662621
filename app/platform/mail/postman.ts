import { berlinDay } from '../kernel/index.ts'
import type { Log } from '../log/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import { lease, priorities, settle, type Leased, type Outcome } from './ledger.ts'
import type { Letter, MailTransport } from './transport.ts'

/** What a letter is written from: ids only. */
export interface LetterAbout {
  readonly person: string | null
  readonly thing: string | null
}

/**
 * Writes a letter at the moment of sending, so that no text lies about. `to` is needed only where the mail is not for
 * a person of the staff. Undefined: no longer needed.
 */
export type WriteLetter = (
  tx: TenantTx,
  about: LetterAbout,
  origin: string,
) => Promise<(Letter & { readonly to?: string }) | undefined>
export type Letters = Readonly<Record<string, WriteLetter>>

const pause = 2_000
const lanes = 2
/** A mail nobody took for three days is given up, and the administrator sees it. */
const patience = 3 * 86_400_000

/** 30 s, 1 min, 2 min … up to four hours. */
export const pauseAfter = (attempts: number): number => Math.min(4 * 3_600_000, 30_000 * 2 ** (attempts - 1))

export interface PostmanOptions {
  readonly tenants: Tenants
  readonly letters: Letters
  readonly transport: MailTransport
  readonly origin: string
  readonly log: Log
}

/**
 * Empties the ledger: lease one mail, write it, hand it over, settle it, each a transaction of its own. Killed before
 * the handover: the lease ends and another sender takes it. Killed after it: that one mail leaves again under the
 * same Message-ID.
 */
export class Postman {
  readonly #options: PostmanOptions
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #stopped = false

  constructor(options: PostmanOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.deliver(), pause)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#round
    this.#options.transport.close()
  }

  /** Sends all that is due; resolves when nothing is any more. */
  deliver(): Promise<void> {
    this.#round ??= Promise.all(Array.from({ length: lanes }, () => this.#lane()))
      .then(() => undefined)
      .catch((error: unknown) => this.#options.log.warn({ err: error }, 'mails wait'))
      .finally(() => {
        this.#round = undefined
      })
    return this.#round
  }

  async #lane(): Promise<void> {
    const empty = new Set<string>()
    let last = -1
    while (!this.#stopped) {
      const due = (await this.#options.tenants.withDueMail()).filter((one) => !empty.has(nameOf(one)))
      const urgent = due.filter((one) => one.priority === due[0]?.priority)
      // Municipalities take turns, so that one with a newsletter does not hold up the others.
      const next = urgent.find((one) => one.municipality > last) ?? urgent[0]
      if (!next) return
      last = next.municipality
      if (!(await this.#one(last, next.priority))) empty.add(nameOf(next))
    }
  }

  /** False when somebody else holds everything that is due. */
  async #one(municipality: number, priority: 0 | 1 | 2): Promise<boolean> {
    const leased = await this.#inTenant(municipality, (tx) => lease(tx, priority))
    if (!leased) return false
    const outcome = await this.#handOver(municipality, leased)
    await this.#inTenant(municipality, (tx) => settle(tx, leased, outcome))
    if (outcome.state === 'failed')
      this.#options.log.error({ kind: leased.kind, reply: outcome.reply }, 'mail given up')
    return true
  }

  async #handOver(municipality: number, leased: Leased): Promise<Outcome> {
    try {
      const posting = await this.#inTenant(municipality, (tx) => this.#write(tx, leased))
      if (!posting) return { state: 'dropped' }
      const handover = await this.#options.transport.send(posting)
      if (handover.state === 'sent') return { state: 'sent' }
      if (handover.state === 'refused') return { state: 'failed', reply: handover.reply }
      return this.#later(leased, handover.reply)
    } catch (error) {
      this.#options.log.error({ err: error, kind: leased.kind }, 'a mail could not be written')
      return this.#later(leased, null)
    }
  }

  #later({ attempts, firstTriedAt }: Leased, reply: number | null): Outcome {
    const now = this.#options.tenants.now.getTime()
    if (now - firstTriedAt.getTime() > patience) return { state: 'failed', reply }
    return { state: 'again', reply, at: new Date(now + pauseAfter(attempts)) }
  }

  async #write(tx: TenantTx, { id, kind, person, thing, priority }: Leased) {
    const write = this.#options.letters[kind]
    if (!write) throw new Error(`nobody writes letters of the kind ${kind}`)
    const letter = await write(tx, { person, thing }, this.#options.origin)
    const to = person ? await addressOf(tx, person) : letter?.to
    return letter && to ? { ...letter, id, to, bulk: priority === priorities.bulk } : undefined
  }

  #inTenant<T>(municipality: number, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.#options.tenants.inTenant({ municipality, who: { kind: 'program', name: 'postman' } }, work)
  }
}

const nameOf = (due: { municipality: number; priority: number }) => `${due.municipality}:${due.priority}`

/** Somebody who left gets no more mail. */
async function addressOf(tx: TenantTx, person: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('auth.person')
    .select(['mail', 'left_on'])
    .where('id', '=', person)
    .executeTakeFirst()
  const left = row?.left_on && row.left_on <= berlinDay(tx.now)
  return left ? undefined : (row?.mail ?? undefined)
}
