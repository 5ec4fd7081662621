import { sql, type Kysely, type Selectable } from 'kysely'
import { Pool, types, type PoolConfig } from 'pg'
import type { Installation, MunicipalityKeys } from '../crypto/index.ts'
import type { Tables } from '../db/tables.ts'
import { berlinDay } from '../kernel/index.ts'
import { Pipelined } from './pipeline.ts'

// Counts and identity columns are far below 2^53; calendar days stay the text they are.
types.setTypeParser(types.builtins.INT8, Number)
types.setTypeParser(types.builtins.DATE, (day) => day)
// `2026-11-23 08:20:00.123+00` as PostgreSQL writes it in UTC; the driver's general reader takes five times as long.
const general = types.getTypeParser(types.builtins.TIMESTAMPTZ) as (text: string) => Date
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) =>
  text.endsWith('+00') ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : general(text),
)

/** A kind of record that a person's roles let her come near without a grant; policies ask for it by name. */
export type Reach = string

export type Who =
  | { readonly kind: 'person'; readonly id: string; readonly reach: readonly Reach[] }
  | { readonly kind: 'public' }
  | { readonly kind: 'program'; readonly name: string }

export type Municipality = Selectable<Tables['platform.municipality']>

declare const opened: unique symbol

/** A transaction inside one municipality. Only `inTenant()` makes one. */
export interface TenantTx {
  readonly [opened]: true
  readonly db: Kysely<Tables>
  readonly municipality: number
  readonly who: Who
  readonly now: Date
  readonly keys: MunicipalityKeys
  /** Keyed hash under the lookup key, which stands neither in the database nor in a backup (receipt codes). */
  lookup(purpose: string, value: string): Buffer
  /** Marks that this transaction told a fact, so that delivery starts right after the commit. */
  told(): void
  /** Called right after the commit, before anybody is answered; never after a roll back. Must not throw. */
  onCommit(then: () => void): void
  /** Work nobody waits for: done before the commit, and should it fail, nothing is committed. */
  underWay(work: Promise<unknown>): void
}

export interface TenantsOptions {
  readonly app: PoolConfig
  readonly installation: Installation
  readonly now?: () => Date
  readonly onConnectionError?: (error: Error) => void
}

interface EnteredRow {
  person_id: string
  name: string
  language: string
  roles: string[]
  stands_for: string[]
  holds: string[]
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** The two settings that policies read beside the municipality. */
function settingsOf(who: Who): { person: string; reach: string } {
  if (who.kind !== 'person') return { person: '', reach: who.kind }
  if (!uuid.test(who.id)) throw new Error('not a person id')
  return { person: who.id, reach: who.reach.join(',') }
}

/**
 * Begin and all settings in one round trip; every value is checked above, so no parameter is needed. The day is set too:
 * the policies that ask for it and the program live by one clock.
 */
function opening(municipality: number, who: Who, now: Date): string {
  const { person, reach } = settingsOf(who)
  return `begin; select set_config('app.municipality', '${Number(municipality)}', true), set_config('app.person', '${person}', true), set_config('app.reach', '${reach}', true), set_config('app.today', '${berlinDay(now)}', true)`
}

const keyLifetime = 60_000

export class Tenants {
  readonly #pool: Pool
  readonly #pipelined: Pipelined
  readonly #db: Kysely<Tables>
  readonly #installation: Installation
  readonly #now: () => Date
  /** Called after a commit that told a fact. */
  onTold: (() => void) | undefined
  readonly #keys = new Map<number, { keys: MunicipalityKeys; until: number }>()

  constructor(options: TenantsOptions) {
    this.#pool = new Pool({ max: 10, pipeline: true, ...options.app })
    this.#pool.on('error', options.onConnectionError ?? (() => undefined))
    this.#pipelined = new Pipelined(this.#pool)
    this.#db = this.#pipelined.db
    this.#installation = options.installation
    this.#now = options.now ?? (() => new Date())
  }

  get now(): Date {
    return this.#now()
  }

  get installation(): Installation {
    return this.#installation
  }

  /**
   * The one door to tenant rows: a transaction as the bound role, with municipality, person and reach set for its
   * length. Commits when `work` resolves, rolls back when it throws.
   */
  async inTenant<T>(at: { municipality: number; who: Who }, work: (tx: TenantTx) => Promise<T>): Promise<T> {
    let told = false
    const underWay: Promise<unknown>[] = []
    const committed: (() => void)[] = []
    const now = this.#now()
    const within = async (db: Kysely<Tables>) => {
      const done = await work({
        db,
        municipality: at.municipality,
        who: at.who,
        now,
        keys: await this.#keysOf(db, at.municipality),
        lookup: (purpose: string, value: string) => this.#installation.lookup(`${at.municipality}:${purpose}`, value),
        told: () => {
          told = true
        },
        onCommit: (then: () => void) => {
          committed.push(then)
        },
        underWay: (one: Promise<unknown>) => {
          one.catch(() => undefined)
          underWay.push(one)
        },
      } as unknown as TenantTx)
      await Promise.all(underWay)
      return done
    }
    const result = await this.#pipelined.transaction(opening(at.municipality, at.who, now), within)
    for (const then of committed) then()
    if (told) this.onTold?.()
    return result
  }

  /** Throws KeyFileError when the key file belongs to other data: said at the start, not at the first report. */
  async assertKeyFits(): Promise<void> {
    await this.inAllTenants('start', async () => undefined)
  }

  /** Runs `work` in every municipality, one transaction each: for what the program does by itself at night. */
  async inAllTenants(name: string, work: (tx: TenantTx) => Promise<void>): Promise<void> {
    for (const { id } of await this.municipalities()) {
      await this.inTenant({ municipality: id, who: { kind: 'program', name } }, work)
    }
  }

  /** The directory of municipalities, which is no secret. */
  async municipalities(): Promise<Municipality[]> {
    return this.#db.selectFrom('platform.municipality').selectAll().orderBy('id').execute()
  }

  /** The municipalities whose outbox holds something due. */
  async withDueFacts(): Promise<number[]> {
    const { rows } = await sql<{
      municipality_id: number
    }>`select platform.with_due_facts(${this.now}) as municipality_id`.execute(this.#db)
    return rows.map((row) => row.municipality_id)
  }

  /** The municipalities whose mail ledger holds something due, the most urgent first. */
  async withDueMail(): Promise<{ municipality: number; priority: 0 | 1 | 2 }[]> {
    const { rows } = await sql<{
      municipality: number
      priority: 0 | 1 | 2
    }>`select municipality_id as municipality, priority from mail.with_due_deliveries(${this.now})`.execute(this.#db)
    return rows
  }

  /** How many mails of the whole installation are in which state, for its metrics. */
  async mailTotals(): Promise<{ state: string; count: number; overdueSeconds: number }[]> {
    const { now } = this
    const { rows } = await sql<{
      state: string
      count: number
      oldest: Date | null
    }>`select * from mail.totals(${now})`.execute(this.#db)
    return rows.map(({ state, count, oldest }) => ({
      state,
      count,
      overdueSeconds: oldest ? (now.getTime() - oldest.getTime()) / 1000 : 0,
    }))
  }

  /** Connections to the database by what they do. */
  get connections(): { total: number; idle: number; waiting: number } {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount }
  }

  /** The person behind a session token, asked before any tenant setting exists. */
  async enter(municipality: number, tokenHash: Buffer, today: string): Promise<EnteredRow | undefined> {
    const { rows } =
      await sql<EnteredRow>`select * from auth.enter(${municipality}, ${tokenHash}, ${this.now}, ${today})`.execute(
        this.#db,
      )
    return rows[0]
  }

  /** Answers whether the database is there; throws the driver's error if not. */
  async ping(): Promise<void> {
    await sql`select 1`.execute(this.#db)
  }

  async close(): Promise<void> {
    await this.#db.destroy()
  }

  async #keysOf(db: Kysely<Tables>, municipality: number): Promise<MunicipalityKeys> {
    const held = this.#keys.get(municipality)
    if (held && held.until > Date.now()) return held.keys
    const { wrapped } = await db.selectFrom('platform.municipality_key').select('wrapped').executeTakeFirstOrThrow()
    const keys = this.#installation.openMunicipality(municipality, wrapped)
    this.#keys.set(municipality, { keys, until: Date.now() + keyLifetime })
    return keys
  }
}
