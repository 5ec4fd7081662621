import { sql, type Kysely } from 'kysely'
import { record } from '../audit/index.ts'
import type { RecordKey } from '../crypto/index.ts'
import type { Tables } from '../db/tables.ts'
import { berlinDay, newId, NotAllowed } from '../kernel/index.ts'
import { livingKey, recordKey, statement, type TenantTx } from '../tenancy/index.ts'

export interface Hold {
  /** Calendar day. */
  readonly since: string
  readonly by: string
  readonly reason: string
  /** What runs and needs the record; null when somebody holds it by hand. */
  readonly because: string | null
}

const place = (row: string) => ({ table: 'retention.hold', column: 'reason', row })
const actor = (tx: TenantTx): string => {
  if (tx.who.kind !== 'person') throw new NotAllowed('hold', { hidden: false })
  return tx.who.id
}

const openHold = (db: Kysely<Tables>, record: string) =>
  db
    .selectFrom('retention.hold')
    .select(['retention.hold.id', 'reason', 'reason_key', 'set_on', 'because'])
    .where('record_id', '=', record)
    .where('lifted_on', 'is', null)
    .orderBy(sql`because is not null`)
    .orderBy('set_on')
    .orderBy('retention.hold.id')

/** One of the holds on a record: the one by hand, or that of what runs. */
const oneHold = (tx: TenantTx, record: string, because: string | undefined) =>
  openHold(tx.db, record).where('because', because ? '=' : 'is', because ?? null)

const mark = (tx: TenantTx, record: string, held: boolean) =>
  tx.db.updateTable('platform.record_key').set({ held }).where('record_id', '=', record).execute()

interface NewHold {
  readonly kind: string
  readonly record: string
  readonly contentKey: string
  readonly reason: string
  readonly because?: string
  readonly quiet?: boolean
}

/**
 * Suspends the deletion of a record, whatever its day says. The reason is sealed under the key of the record's own
 * content (`contentKey`, its id). A record that is held already stays held as it was; by hand and `because` of what runs it
 * is held side by side. `quiet`: only the substitute may learn of it.
 */
export async function setHold(
  tx: TenantTx,
  { kind, record: of, contentKey, reason, because, quiet = false }: NewHold,
): Promise<void> {
  const by = actor(tx)
  if (await oneHold(tx, of, because).forUpdate().executeTakeFirst()) return
  const key = await livingKey(tx, contentKey)
  const id = newId()
  await tx.db
    .insertInto('retention.hold')
    .values({
      id,
      record_id: of,
      kind,
      reason: tx.keys.seal<'hold'>(key, place(id), reason),
      reason_key: key.id,
      set_by: by,
      set_on: berlinDay(tx.now),
      lifted_by: null,
      lifted_on: null,
      because: because ?? null,
      quiet,
    })
    .execute()
  await mark(tx, of, true)
  await noted(tx, 'held', `${kind}:${of}`, reason, key)
}

const noted = (tx: TenantTx, verb: string, thing: string, text: string, key: RecordKey) =>
  record(tx, verb, thing, { text, key })

/**
 * Lets the deletion go on unless something else holds it: what has been due meanwhile goes with the next round. A hold by
 * hand and one `because` of what runs are lifted each on its own.
 */
export async function liftHold(tx: TenantTx, kind: string, of: string, because?: string): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('retention.hold')
    .set({ lifted_by: tx.who.kind === 'program' ? null : actor(tx), lifted_on: berlinDay(tx.now) })
    .where('record_id', '=', of)
    .where('because', because ? '=' : 'is', because ?? null)
    .where('lifted_on', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('hold', { hidden: false })
  if (!(await openHold(tx.db, of).executeTakeFirst())) await mark(tx, of, false)
  await record(tx, 'hold-lifted', `${kind}:${of}`)
}

const holdRows = statement((db, record: string) =>
  openHold(db, record)
    .leftJoin('auth.person as p', (join) =>
      join
        .onRef('p.municipality_id', '=', 'retention.hold.municipality_id')
        .onRef('p.id', '=', 'retention.hold.set_by'),
    )
    .select('p.name'),
)

/** The hold on a record, one by hand before others, with who set it and why; undefined when there is none. */
export async function holdOn(tx: TenantTx, of: string): Promise<Hold | undefined> {
  const [row] = await holdRows(tx, of)
  const key = row && (await recordKey(tx, row.reason_key))
  if (!row || !key) return undefined
  return {
    since: row.set_on,
    by: row.name ?? '',
    reason: tx.keys.reveal(key, place(row.id), row.reason),
    because: row.because,
  }
}

/** The records that are held today. */
export const heldRecords = async (tx: TenantTx): Promise<string[]> =>
  (await tx.db.selectFrom('retention.hold').select('record_id').where('lifted_on', 'is', null).execute()).map(
    (row) => row.record_id,
  )

const destroyRows = statement((db, contentKey: string) =>
  db.selectFrom('platform.record_key').select('destroy_on').where('id', '=', contentKey),
)

/** How a record stands: the day its content is deleted, if one is set, and whether that is suspended. */
export async function keptUntil(tx: TenantTx, contentKey: string): Promise<string | undefined> {
  const [row] = await destroyRows(tx, contentKey)
  return row?.destroy_on ?? undefined
}
