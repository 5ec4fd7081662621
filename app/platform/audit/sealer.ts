import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { Client, Pool, type PoolConfig } from 'pg'
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

export function readHeads(file: string): Head[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Head)
}

/** Written beside the database, whole and at once, so that a crash leaves the old file or the new one. */
export function writeHeads(file: string, heads: readonly Head[]): void {
  writeFileSync(`${file}.new`, heads.map((head) => `${JSON.stringify(head)}\n`).join(''), { mode: 0o600 })
  renameSync(`${file}.new`, file)
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
        const head = await this.#sealLane(m, lane)
        if (head) made.push(head)
      }
    }
    if (made.length > 0) this.#keepHeads(made)
  }

  #keepHeads(made: readonly Head[]): void {
    const others = readHeads(this.#options.headsFile).filter(
      (head) => !made.some((one) => one.municipality === head.municipality && one.lane === head.lane),
    )
    writeHeads(this.#options.headsFile, [...others, ...made])
  }

  async #sealLane(municipality: number, lane: Head['lane']): Promise<Head | undefined> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.municipality', $1, true)`, [String(municipality)])
      const head = await sealIn(client as unknown as Client, municipality, lane, this.#until(lane))
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

async function sealIn(
  client: Client,
  municipality: number,
  lane: Head['lane'],
  until: Date,
): Promise<Head | undefined> {
  // One sealer at a time per municipality and lane, whichever process it runs in.
  await client.query('select pg_advisory_xact_lock(4711003, $1)', [municipality * 2 + (lane === 'staff' ? 0 : 1)])
  const { rows } = await client.query<{ id: string; mac: Buffer }>(
    'select id, mac from platform.audit_entry where seal is null and lane = $1 and at < $2 order by id limit 10000',
    [lane, until],
  )
  if (rows.length === 0) return undefined
  const last = await client.query<{ number: number; hash: Buffer }>(
    'select number, hash from platform.audit_seal where lane = $1 order by number desc limit 1',
    [lane],
  )
  const previous = last.rows[0]?.hash ?? beginning
  const number = (last.rows[0]?.number ?? 0) + 1
  const hash = hashOfSeal(
    previous,
    rows.map((row) => row.mac),
  )
  await client.query(
    'insert into platform.audit_seal (municipality_id, lane, number, previous, count, hash) values ($1, $2, $3, $4, $5, $6)',
    [municipality, lane, number, previous, rows.length, hash],
  )
  await client.query('update platform.audit_entry set seal = $1 where id = any($2::uuid[])', [
    number,
    rows.map((row) => row.id),
  ])
  return { municipality, lane, number, hash: hash.toString('hex') }
}
