import { sql } from 'kysely'
import type { ClientConfig } from 'pg'
import { record } from '../audit/index.ts'
import { daily, type Timed } from '../jobs/index.ts'
import { berlinDay } from '../kernel/index.ts'
import { forgetRecord } from '../search/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import { blankReadings, destroyDue } from './shred.ts'

/** A key that was destroyed. */
export interface Gone {
  readonly key: string
  readonly class: string
  readonly record: string
}

/** How long what a field of work keeps lives, and what is left of it afterwards. */
export interface Retained {
  /** Its retention classes, with the kind of record each belongs to. `whole`: with this key the record itself is gone. */
  readonly classes: Readonly<Record<string, { readonly kind: string; readonly whole: boolean }>>
  /** Writes the days of deletion into the keys, as the model in force has them today. */
  readonly date: (tx: TenantTx) => Promise<void>
  /** Takes away the rows that nobody can read any more. What is gone already is no fault. */
  readonly forget: (tx: TenantTx, gone: readonly Gone[]) => Promise<void>
  /** Records that are kept from everybody but the substitute: their deletion stands in no count. */
  readonly quiet?: (tx: TenantTx) => Promise<string[]>
}

export interface RoundOptions {
  /** As the role besonnen_shred. */
  readonly shred: ClientConfig
  readonly retained: readonly Retained[]
  /** Before which moment readings are forgotten; undefined while there is no model. */
  readonly readingsUntil: (tx: TenantTx) => Promise<Date | undefined>
}

/** Sets all days of deletion anew, and which keys are held: the model, a hold or a late key may have changed them. */
export async function dateKeys(tx: TenantTx, retained: readonly Retained[]): Promise<void> {
  await sql`update platform.record_key k set held = not k.held
    where k.held <> exists (select from retention.hold h where h.municipality_id = k.municipality_id
      and h.record_id = k.record_id and h.lifted_on is null)`.execute(tx.db)
  for (const one of retained) await one.date(tx)
}

const perPage = 1_000

/** Takes away what is left of everything whose key is gone, also of what came back with a restored backup. */
export async function clearGone(tx: TenantTx, retained: readonly Retained[]): Promise<void> {
  for (;;) {
    const rows = await tx.db
      .selectFrom('platform.deletion_proof')
      .select(['key_id as key', 'class', 'record_id as record'])
      .where('cleared', '=', false)
      .limit(perPage)
      .execute()
    if (rows.length === 0) return
    for (const { classes, forget } of retained) {
      const own = rows.filter((row) => Object.hasOwn(classes, row.class))
      if (own.length > 0) await forget(tx, own)
      await forgetAround(tx, [...new Set(own.filter((row) => classes[row.class]?.whole).map((row) => row.record))])
    }
    await tx.db
      .updateTable('platform.deletion_proof')
      .set({ cleared: true })
      .where(
        'key_id',
        'in',
        rows.map(({ key }) => key),
      )
      .execute()
  }
}

/** What hangs on a record outside of its field of work. Who must not see it stays written down: the proof is kept from them. */
async function forgetAround(tx: TenantTx, records: readonly string[]): Promise<void> {
  if (records.length === 0) return
  for (const one of records) await forgetRecord(tx, one)
  await tx.db
    .deleteFrom('access.grant')
    .where('record_id', 'in', [...records])
    .execute()
  await tx.db
    .deleteFrom('retention.hold')
    .where('record_id', 'in', [...records])
    .execute()
}

const kindsOf = (retained: readonly Retained[]): Record<string, string> =>
  Object.fromEntries(retained.flatMap(({ classes }) => Object.entries(classes).map(([name, { kind }]) => [name, kind])))

async function forgetReadings(tx: TenantTx, { shred, readingsUntil }: RoundOptions): Promise<void> {
  const before = await readingsUntil(tx)
  const seal = before && (await blankReadings(shred, tx.municipality, before))
  if (seal !== undefined) await record(tx, 'readings-forgotten', `staff:${seal}`)
}

/** Destroys what is due, then takes away the rows. Must run when the days are committed. */
export async function destroyRound(tx: TenantTx, options: RoundOptions): Promise<void> {
  const { shred, retained } = options
  const today = berlinDay(tx.now)
  const quiet: string[] = []
  for (const one of retained) quiet.push(...((await one.quiet?.(tx)) ?? []))
  const count = await destroyDue(shred, { municipality: tx.municipality, today, kinds: kindsOf(retained), quiet })
  await clearGone(tx, retained)
  if (count > 0) await record(tx, 'destroyed', `keys:${count}`)
  await forgetReadings(tx, options)
}

/** Two steps, because the shredder sees only what is committed. */
export const retentionRounds = (options: RoundOptions): Timed[] => [
  daily('retention.date', '02:00', (tx) => dateKeys(tx, options.retained)),
  daily('retention.destroy', '02:05', (tx) => destroyRound(tx, options)),
]
