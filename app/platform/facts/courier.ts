import type { Log } from '../log/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import type { Subscription } from './facts.ts'

const pause = 2_000
const batch = 50

/**
 * Carries facts from the outbox to their subscribers: at once when a command of this process told one, every two
 * seconds for those of other processes. Each delivery is a transaction of its own; what fails comes again later.
 */
export class Courier {
  readonly #tenants: Tenants
  readonly #subscriptions: readonly Subscription[]
  readonly #log: Log
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined
  #again = false
  #stopped = false

  constructor(tenants: Tenants, subscriptions: readonly Subscription[], log: Log) {
    this.#tenants = tenants
    this.#subscriptions = subscriptions
    this.#log = log
    tenants.onTold = () => void this.deliver()
  }

  start(): void {
    this.#timer = setInterval(() => void this.deliver(), pause)
    this.#timer.unref()
  }

  /** Ends after the fact that is under way; the outbox keeps the rest, however many a flood has left in it. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    this.#tenants.onTold = undefined
    await this.#round
  }

  /** Delivers all that is due; resolves when the outbox holds nothing that is due any more. */
  deliver(): Promise<void> {
    this.#again = true
    this.#round ??= this.#rounds().finally(() => {
      this.#round = undefined
    })
    return this.#round
  }

  async #rounds(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false
      try {
        for (const municipality of await this.#tenants.withDueFacts()) await this.#deliverIn(municipality)
      } catch (error) {
        this.#log.warn({ err: error }, 'facts wait')
      }
    }
  }

  async #deliverIn(municipality: number): Promise<void> {
    const due = await this.#inTenant(municipality, (tx) =>
      tx.db.selectFrom('platform.fact').select('id').where('next_at', '<=', tx.now).limit(batch).execute(),
    )
    for (const { id } of due) {
      if (this.#stopped) return
      await this.#carry(municipality, id)
    }
    if (due.length === batch) this.#again = true
  }

  async #carry(municipality: number, id: string): Promise<void> {
    try {
      const fact = await this.#inTenant(municipality, (tx) =>
        tx.db.selectFrom('platform.fact').selectAll().where('id', '=', id).executeTakeFirst(),
      )
      if (!fact) return
      for (const subscription of this.#subscriptions.filter((one) => one.fact === fact.name)) {
        await this.#inTenant(municipality, (tx) => deliverOnce(tx, id, subscription), subscription.subscriber)
      }
      await this.#inTenant(municipality, async (tx) => {
        await tx.db.deleteFrom('platform.fact_delivery').where('fact_id', '=', id).execute()
        await tx.db.deleteFrom('platform.fact').where('id', '=', id).execute()
      })
    } catch (error) {
      this.#log.error({ err: error }, 'a fact could not be delivered')
      await this.#postpone(municipality, id)
    }
  }

  /** 10 s, 20 s, 40 s … up to an hour. */
  async #postpone(municipality: number, id: string): Promise<void> {
    await this.#inTenant(municipality, async (tx) => {
      const fact = await tx.db.selectFrom('platform.fact').select('attempts').where('id', '=', id).executeTakeFirst()
      if (!fact) return
      const seconds = Math.min(3600, 10 * 2 ** fact.attempts)
      const next_at = new Date(tx.now.getTime() + seconds * 1000)
      await tx.db
        .updateTable('platform.fact')
        .set({ attempts: fact.attempts + 1, next_at })
        .where('id', '=', id)
        .execute()
    })
  }

  #inTenant<T>(municipality: number, work: (tx: TenantTx) => Promise<T>, name = 'courier'): Promise<T> {
    return this.#tenants.inTenant({ municipality, who: { kind: 'program', name } }, work)
  }
}

/** The fact's row is locked, so that two processes never run one delivery at the same time. */
async function deliverOnce(tx: TenantTx, id: string, subscription: Subscription): Promise<void> {
  const fact = await tx.db.selectFrom('platform.fact').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!fact) return
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('platform.fact_delivery')
    .values({ fact_id: id, subscriber: subscription.subscriber })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows) await subscription.handle(tx, fact)
}
