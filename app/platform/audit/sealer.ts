import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { Pool, type ClientBase, type PoolConfig } from 'pg'
import { berlinDay, startOfBerlinDay } from '../kernel/index.ts'
import type { Log } from '../log/index.ts'

/** The newest seal of one municipality's lane: whoever keeps it elsewhere notices when later ones are cut off. */
export interface Head {
  readonly municipality: number
  readonly lane: 'staff' | 'public'
  readonly number: number
  /** Hexadecimal SHA-256. */
  readonly hash: string
}

/** Hash of a seal: the one before it, how many entries, and their macs in the order of their ids. */
export function hashOfSeal(previous: Buffer, macs: readonly Buffer[]): Buffer {
  const hash = createHash('sha256').update(previous).update(String(macs.length))
  for (const mac of macs) hash.update(mac)
  return hash.digest()
}

export const beginning = Buffer.alloc(32)

/** The heads of a file, oldest first; none when there is no file. Throws a German sentence for one that is no such file. */
export function readHeads(file: string): Head[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      try {
        return JSON.parse(line) as Head
      } catch {
        throw new Error(`Die Datei ${file} ist keine Liste von Siegeln oder beschädigt.`)
      }
    })
}

/** Appended beside the database and never rewritten: each line is a witness of what the chain once was. */
function appendHeads(file: string, heads: readonly Head[]): void {
  appendFileSync(file, heads.map((head) => `${JSON.stringify(head)}\n`).join(''), { mode: 0o600 })
}

interface SealerOptions {
  /** As the role besonnen_seal. */
  readonly seal: PoolConfig
  /** `<data>/audit-heads.jsonl` */
  readonly headsFile: string
  readonly log: Log
  readonly now?: () => Date
}

/**
 * Chains committed entries into seals, once a second and municipality; no writer ever waits for it. What residents
 * did is sealed once a day, after midnight: the number of a seal must not tell when an anonymous report came.
 */
export class Sealer {
  readonly #pool: Pool
  readonly #options: SealerOptions
  #heads: Head[] | undefined
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | undefined

  constructor(options: SealerOptions) {
    this.#options = options
    const lost = () => options.log.warn('seal connection lost')
    this.#pool = new Pool({ ...options.seal, max: 1, idleTimeoutMillis: 0 }).on('error', lost)
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round ??= this.sealAll()
        .catch((error: unknown) => this.#options.log.warn({ err: error }, 'sealing waits'))
        .finally(() => (this.#round = undefined))
    }, 1_000)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#round
    await this.sealAll()
    await this.#pool.end()
  }

  /** Seals everything that is due now. */
  async sealAll(): Promise<void> {
    const { rows } = await this.#pool.query<{ m: number }>('select platform.with_unsealed_entries() as m')
    const made: Head[] = []
    for (const { m } of rows) {
      for (const lane of ['staff', 'public'] as const) {
        // One municipality's trouble must not keep the others from being sealed.
        const head = await this.#sealLane(m, lane).catch((error: unknown) =>
          this.#options.log.error({ err: error }, 'sealing failed'),
        )
        if (head) made.push(head)
      }
    }
    if (made.length > 0) this.#keepHeads(made)
  }

  /** The newest head this node knows of a lane; a chain shorter than that has been cut off. */
  #known(municipality: number, lane: Head['lane']): Head | undefined {
    this.#heads ??= readHeads(this.#options.headsFile)
    return this.#heads.findLast((head) => head.municipality === municipality && head.lane === lane)
  }

  #keepHeads(made: readonly Head[]): void {
    appendHeads(this.#options.headsFile, made)
    this.#heads?.push(...made)
  }

  async #sealLane(municipality: number, lane: Head['lane']): Promise<Head | undefined> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.municipality', $1, true)`, [String(municipality)])
      const head = await sealIn(client, municipality, {
        lane,
        until: this.#until(lane),
        known: this.#known(municipality, lane),
      })
      await client.query('commit')
      return head
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

  /** Residents' entries carry a day as their time; only those of past days are sealed. */
  #until(lane: Head['lane']): Date {
    const now = this.#options.now?.() ?? new Date()
    return lane === 'staff' ? new Date(now.getTime() + 60_000) : startOfBerlinDay(berlinDay(now))
  }
}

interface Lane {
  readonly lane: Head['lane']
  readonly until: Date
  readonly known: Head | undefined
}

/** Throws when the chain in the database is not the one that was kept beside it: then nothing is sealed over it. */
function assertSameChain(last: { number: number; hash: Buffer } | undefined, known: Head | undefined): void {
  if (!known) return
  const cut = !last || last.number < known.number
  const other = last?.number === known.number && last.hash.toString('hex') !== known.hash
  if (cut || other) throw new Error('the audit chain was cut off or changed; see: audit verify')
}

async function sealIn(
  client: ClientBase,
  municipality: number,
  { lane, until, known }: Lane,
): Promise<Head | undefined> {
  // One sealer at a time per municipality and lane, whichever process it runs in.
  await client.query('select pg_advisory_xact_lock(4711003, $1)', [municipality * 2 + (lane === 'staff' ? 0 : 1)])
  const { rows } = await client.query<{ id: string; mac: Buffer }>(
    'select id, mac from platform.audit_entry where seal is null and lane = $1 and at < $2 order by id limit 10000',
    [lane, until],
  )
  if (rows.length === 0) return undefined
  const seals = await client.query<{ number: number; hash: Buffer }>(
    'select number, hash from platform.audit_seal where lane = $1 order by number desc limit 1',
    [lane],
  )
  const last = seals.rows[0]
  assertSameChain(last, known)
  const previous = last?.hash ?? beginning
  const number = (last?.number ?? 0) + 1
  const macs = rows.map((row) => row.mac)
  const hash = hashOfSeal(previous, macs)
  await client.query(
    'insert into platform.audit_seal (municipality_id, lane, number, previous, count, hash) values ($1, $2, $3, $4, $5, $6)',
    [municipality, lane, number, previous, rows.length, hash],
  )
  const ids = rows.map((row) => row.id)
  await client.query('update platform.audit_entry set seal = $1 where id = any($2::uuid[])', [number, ids])
  return { municipality, lane, number, hash: hash.toString('hex') }
}
