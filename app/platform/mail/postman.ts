import { berlinDay } from '../kernel/index.ts'
import type { Log } from '../log/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import type { Letter } from './compose.ts'
import { lease, leaseLength, priorities, settle, type Leased, type Outcome, type Settled } from './ledger.ts'
import { Throttle, usualPace, type Pace } from './throttle.ts'
import { lanes, type MailTransport, type Posting } from './transport.ts'

/** What a letter is written from: ids only. */
export interface LetterAbout {
  readonly person: string | null
  readonly thing: string | null
}

/** `probe`: to the box this installation reads, at an address that names the probe by this id. */
export type Written = Letter & { readonly to?: string; readonly probe?: string }

/**
 * Writes a letter at the moment of sending, so that no text lies about. `to` is needed only where the mail is not for
 * a person of the staff. Undefined: no longer needed.
 */
export type WriteLetter = (tx: TenantTx, about: LetterAbout, origin: string) => Promise<Written | undefined>
export type Letters = Readonly<Record<string, WriteLetter>>

/**
 * Writes letters to many, some dozen at a time, answers in the order asked. 'hold': not now (paused); the ledger
 * keeps it until the batch is resumed.
 */
export type WriteLetters = (
  tx: TenantTx,
  abouts: readonly LetterAbout[],
  origin: string,
) => Promise<readonly (Written | 'hold' | undefined)[]>
export type BulkLetters = Readonly<Record<string, WriteLetters>>

const pause = { urgent: 1_000, bulk: 2_000 }
const batch = 40
/** A mail nobody took for three days is given up, and the administrator sees it. */
const patience = 3 * 86_400_000
const held = new Date('9000-01-01T00:00:00Z')

/** 30 s, 1 min, 2 min … up to four hours. */
const pauseAfter = (attempts: number): number => Math.min(4 * 3_600_000, 30_000 * 2 ** (attempts - 1))

export interface PostmanOptions {
  readonly tenants: Tenants
  readonly letters: Letters
  readonly bulkLetters?: BulkLetters
  readonly transport: MailTransport
  readonly origin: string
  readonly log: Log
  readonly pace?: Pace
}

type Ready = { readonly leased: Leased; readonly posting: Posting | 'hold' | undefined }

/**
 * Empties the ledger: lease, write, hand over, settle, each a transaction of its own. Killed before the handover: the
 * lease ends and another sender takes it. Killed after it: that one mail leaves again under the same Message-ID.
 * Letters to many are leased and written by the dozen, but no lane takes its next mail before its last one is settled,
 * so a crash doubles at most one mail a lane. What is urgent has lanes of its own.
 */
export class Postman {
  readonly #options: PostmanOptions
  readonly #throttle: Throttle
  #timers: NodeJS.Timeout[] = []
  #urgent: Promise<void> | undefined
  #bulk: Promise<void> | undefined
  #stopped = false
  /** Until when the relay is let alone, and how long the next time. */
  #away = { until: 0, pause: 5_000 }

  constructor(options: PostmanOptions) {
    this.#options = options
    this.#throttle = new Throttle(options.pace ?? usualPace)
  }

  start(): void {
    this.#timers = [
      setInterval(() => void this.#deliverUrgent(), pause.urgent).unref(),
      setInterval(() => void this.#deliverBulk(), pause.bulk).unref(),
    ]
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#timers) clearInterval(timer)
    await Promise.all([this.#urgent, this.#bulk])
    this.#options.transport.close()
  }

  /** Sends all that is due, the urgent first; resolves when nothing is any more. */
  async deliver(): Promise<void> {
    await this.#deliverUrgent()
    await this.#deliverBulk()
  }

  #deliverUrgent(): Promise<void> {
    this.#urgent ??= this.#round(async () => {
      await Promise.all(Array.from({ length: lanes.urgent }, () => this.#urgentLane()))
    }).finally(() => {
      this.#urgent = undefined
    })
    return this.#urgent
  }

  #deliverBulk(): Promise<void> {
    this.#bulk ??= this.#round(() => this.#allBulk()).finally(() => {
      this.#bulk = undefined
    })
    return this.#bulk
  }

  #round(work: () => Promise<void>): Promise<void> {
    return work().catch((error: unknown) => this.#options.log.warn({ err: error }, 'mails wait'))
  }

  async #urgentLane(): Promise<void> {
    const empty = new Set<string>()
    let last = -1
    while (!this.#stopped) {
      const all = await this.#options.tenants.withDueMail()
      const due = all.filter((one) => one.priority < priorities.bulk && !empty.has(nameOf(one)))
      const urgent = due.filter((one) => one.priority === due[0]?.priority)
      // Municipalities take turns, so that a busy one does not hold up the others.
      const next = urgent.find((one) => one.municipality > last) ?? urgent[0]
      if (!next) return
      last = next.municipality
      // Whoever holds what is due will see to it.
      if (!(await this.#one(last, next.priority))) empty.add(nameOf(next))
    }
  }

  async #one(municipality: number, priority: 0 | 1 | 2): Promise<boolean> {
    const [leased] = await this.#inTenant(municipality, (tx) => lease(tx, 0, priority, 1))
    if (!leased) return false
    const outcome = await this.#write(municipality, leased).then(
      (posting) => this.#handOver(leased, posting),
      (error: unknown) => this.#unwritten(leased, error),
    )
    await this.#settle(municipality, [{ leased, outcome }])
    return true
  }

  /** Municipalities take turns, a few dozen mails each. */
  async #allBulk(): Promise<void> {
    const empty = new Set<number>()
    while (!this.#stopped && this.#options.tenants.now.getTime() >= this.#away.until) {
      const due = (await this.#options.tenants.withDueMail()).filter(
        (one) => one.priority === priorities.bulk && !empty.has(one.municipality),
      )
      if (due.length === 0) return
      for (const { municipality } of due) if (!(await this.#some(municipality))) empty.add(municipality)
    }
  }

  async #some(municipality: number): Promise<boolean> {
    const leased = await this.#inTenant(municipality, (tx) => lease(tx, 2, 2, batch))
    if (leased.length === 0) return false
    const ready = await this.#writeAll(municipality, leased)
    const until = this.#options.tenants.now.getTime() + leaseLength / 2
    const waiting: Settled[] = []
    let writing: Promise<void> | undefined
    // While one settlement is on its way to the disk, those of the other lanes gather for the next.
    const settled = async (one: Settled): Promise<void> => {
      waiting.push(one)
      while (waiting.includes(one)) {
        writing ??= this.#settle(municipality, waiting.splice(0)).finally(() => (writing = undefined))
        await writing
      }
      await writing
    }
    const lane = async (): Promise<void> => {
      for (let next = ready.shift(); next; next = ready.shift()) await settled(await this.#bulkOne(next, until))
    }
    await Promise.all(Array.from({ length: lanes.bulk }, lane))
    return true
  }

  /** Hands one over, unless its turn has not come: paused, too many for its domain, relay away, lease nearly over. */
  async #bulkOne({ leased, posting }: Ready, until: number): Promise<Settled> {
    const now = this.#options.tenants.now.getTime()
    if (posting === 'hold') return { leased, outcome: { state: 'ready', at: held } }
    if (posting) {
      if (this.#stopped || now > until || now < this.#away.until)
        return { leased, outcome: { state: 'ready', at: new Date(Math.max(now, this.#away.until)) } }
      const wait = this.#throttle.wait(posting.to.slice(posting.to.lastIndexOf('@') + 1).toLowerCase(), now)
      if (wait > 0) return { leased, outcome: { state: 'ready', at: new Date(now + wait) } }
    }
    const outcome = await this.#handOver(leased, posting)
    if (outcome.state !== 'deferred' || (outcome.reply !== null && outcome.reply !== 421)) {
      if (posting) this.#away.pause = 5_000
      return { leased, outcome }
    }
    // The line or the server, not this mail: it waits with all others and has not been tried. Lanes that fail together
    // count as one failure.
    const failed = this.#options.tenants.now.getTime()
    if (failed >= this.#away.until)
      this.#away = { until: failed + this.#away.pause, pause: Math.min(60_000, this.#away.pause * 2) }
    return { leased, outcome: { state: 'ready', at: new Date(this.#away.until) } }
  }

  async #handOver(leased: Leased, posting: Posting | undefined | 'hold'): Promise<Outcome> {
    if (posting === undefined || posting === 'hold') return { state: 'suppressed' }
    try {
      const handover = await this.#options.transport.send(posting)
      return handover.state === 'later' ? this.#later(leased, handover.reply) : handover
    } catch (error) {
      return this.#unwritten(leased, error)
    }
  }

  #unwritten(leased: Leased, error: unknown): Outcome {
    this.#options.log.error({ err: error, kind: leased.kind }, 'a mail could not be written')
    return this.#later(leased, null)
  }

  #later({ attempts, firstTriedAt }: Leased, reply: number | null): Outcome {
    const now = this.#options.tenants.now.getTime()
    if (now - firstTriedAt.getTime() > patience) return { state: 'refused', reply, status: null }
    return { state: 'deferred', reply, at: new Date(now + pauseAfter(attempts)) }
  }

  async #settle(municipality: number, all: readonly Settled[]): Promise<void> {
    await this.#inTenant(municipality, (tx) => settle(tx, all))
    for (const { leased, outcome } of all)
      if (outcome.state === 'refused')
        this.#options.log.error({ kind: leased.kind, reply: outcome.reply }, 'mail given up')
  }

  #write(municipality: number, leased: Leased): Promise<Posting | undefined> {
    return this.#inTenant(municipality, async (tx) => {
      const write = this.#options.letters[leased.kind]
      if (!write) throw new Error(`nobody writes letters of the kind ${leased.kind}`)
      const letter = await write(tx, leased, this.#options.origin)
      return posting(tx, leased, letter)
    })
  }

  /** Mails of one kind together where its slice can; one that cannot be written holds up no other kind. */
  async #writeAll(municipality: number, leased: readonly Leased[]): Promise<Ready[]> {
    const ready: Ready[] = []
    for (const [kind, same] of Map.groupBy(leased, (one) => one.kind)) {
      try {
        ready.push(...(await this.#writeKind(municipality, kind, same)))
      } catch (error) {
        const unwritten = same.map((one) => ({ leased: one, outcome: this.#unwritten(one, error) }))
        await this.#settle(municipality, unwritten)
      }
    }
    return ready
  }

  #writeKind(municipality: number, kind: string, same: readonly Leased[]): Promise<Ready[]> {
    return this.#inTenant(municipality, async (tx) => {
      const many = this.#options.bulkLetters?.[kind]
      const one = this.#options.letters[kind]
      if (!many && !one) throw new Error(`nobody writes letters of the kind ${kind}`)
      const { origin } = this.#options
      const letters = many ? await many(tx, same, origin) : []
      const ready: Ready[] = []
      for (const [index, leased] of same.entries()) {
        const letter = many ? letters[index] : await one!(tx, leased, origin)
        ready.push({ leased, posting: letter === 'hold' ? letter : await posting(tx, leased, letter) })
      }
      return ready
    })
  }

  #inTenant<T>(municipality: number, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    return this.#options.tenants.inTenant({ municipality, who: { kind: 'program', name: 'postman' } }, work)
  }
}

const nameOf = (due: { municipality: number; priority: number }) => `${due.municipality}:${due.priority}`

async function posting(tx: TenantTx, leased: Leased, letter: Written | undefined): Promise<Posting | undefined> {
  const to = leased.person ? await addressOf(tx, leased.person) : letter?.to
  if (!letter || (!to && !letter.probe)) return undefined
  const { id, traceable, priority } = leased
  return { ...letter, id, municipality: tx.municipality, to: to ?? '', traceable, bulk: priority === priorities.bulk }
}

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
