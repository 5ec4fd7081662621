import { addDays, berlinDay, berlinTime } from '../kernel/index.ts'
import type { TenantColumn } from '../db/tables.ts'
import type { Log } from '../log/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'

declare module '../db/tables.ts' {
  interface Tables {
    'platform.timed': { municipality_id: TenantColumn; name: string; slot: string }
  }
}

/** Something done by itself in every municipality. `slotAt` names the latest time it should have been done at. */
export interface Timed {
  readonly name: string
  readonly slotAt: (now: Date) => string
  readonly handle: (tx: TenantTx) => Promise<void>
}

/** Once a day from `at` (`HH:MM` in Berlin) on; a day that was missed altogether is caught up once, not day by day. */
export const daily = (name: string, at: string, handle: Timed['handle']): Timed => ({
  name,
  slotAt: (now) => (berlinTime(now) >= at ? berlinDay(now) : addDays(berlinDay(now), -1)),
  handle,
})

/** Every so many minutes, counted from midnight UTC of 1 January 1970. */
export const every = (name: string, minutes: number, handle: Timed['handle']): Timed => ({
  name,
  slotAt: (now) => new Date(Math.floor(now.getTime() / (minutes * 60_000)) * minutes * 60_000).toISOString(),
  handle,
})

const pause = 20_000

/**
 * Does what is due, once across all nodes: the slot is taken in the same transaction as the work, so a second node
 * waits for it and then finds nothing to do, and work that failed comes again.
 */
export class Timekeeper {
  readonly #tenants: Tenants
  readonly #timed: readonly Timed[]
  readonly #log: Log
  /** What this node knows to be done, so that a quiet minute costs no query. */
  readonly #done = new Map<string, string>()
  readonly #notBefore = new Map<string, { at: number; pause: number }>()
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined

  constructor(tenants: Tenants, timed: readonly Timed[], log: Log) {
    this.#tenants = tenants
    this.#timed = timed
    this.#log = log
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), pause)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
  }

  /** Does all that is due now; resolves when it is done or has failed. */
  tick(): Promise<void> {
    this.#round ??= this.#all()
      .catch((error: unknown) => this.#log.warn({ err: error }, 'timed work waits'))
      .finally(() => {
        this.#round = undefined
      })
    return this.#round
  }

  async #all(): Promise<void> {
    for (const { id } of await this.#tenants.municipalities()) {
      for (const timed of this.#timed) await this.#one(id, timed)
    }
  }

  async #one(municipality: number, timed: Timed): Promise<void> {
    const now = this.#tenants.now
    const slot = timed.slotAt(now)
    const key = `${municipality} ${timed.name}`
    const failed = this.#notBefore.get(key)
    if (this.#done.get(key) === slot || (failed && failed.at > now.getTime())) return
    try {
      const who = { kind: 'program', name: timed.name } as const
      await this.#tenants.inTenant({ municipality, who }, async (tx) => {
        if (await take(tx, timed.name, slot)) await timed.handle(tx)
      })
      this.#done.set(key, slot)
      this.#notBefore.delete(key)
    } catch (error) {
      this.#log.error({ err: error, timed: timed.name }, 'timed work failed')
      const wait = Math.min(1_800_000, (failed?.pause ?? 30_000) * 2)
      this.#notBefore.set(key, { at: now.getTime() + wait, pause: wait })
    }
  }
}

/** True for the one transaction that may do this slot's work. */
async function take(tx: TenantTx, name: string, slot: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('platform.timed')
    .values({ name, slot })
    .onConflict((conflict) =>
      conflict.columns(['municipality_id', 'name']).doUpdateSet({ slot }).where('platform.timed.slot', '<', slot),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}
