import { record } from '#platform/audit/index.ts'
import type { RecordKey } from '#platform/crypto/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Mark, Texts } from '../passages.ts'
import type { Extras } from '../schema.ts'

const columns = ['id', 'version', 'checked', 'content_key', 'observed', 'concluded', 'extras', 'step_kind'] as const

async function withOriginal(tx: TenantTx, id: string, lock: boolean) {
  const query = tx.db.selectFrom('intake.report').select(columns).where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const original = await tx.db
    .selectFrom('intake.original')
    .select(['original_key', 'texts', 'marks', 'destroy_on'])
    .where('report_id', '=', id)
    .executeTakeFirst()
  const key = await livingKey(tx, row.content_key)
  const place = { table: 'intake.report', column: 'extras', row: id }
  const extras = (row.extras ? JSON.parse(tx.keys.reveal(key, place, row.extras)) : {}) as Extras
  const translation = await tx.db
    .selectFrom('intake.translation')
    .select(['id', 'text'])
    .where('report_id', '=', id)
    .where('message_id', 'is', null)
    .executeTakeFirst()
  return { ...row, extras, original, translation }
}
export type CheckedRow = Awaited<ReturnType<typeof withOriginal>>

/** The report as checking needs it, locked until the end of the transaction. */
export const lockForCheck = (tx: TenantTx, id: string): Promise<CheckedRow> => withOriginal(tx, id, true)

/** The text as everybody reads it now. */
export function currentTexts(tx: TenantTx, row: CheckedRow, key: RecordKey): Texts {
  const reveal = (column: 'observed' | 'concluded') => {
    const value = row[column]
    return value ? tx.keys.reveal(key, { table: 'intake.report', column, row: row.id }, value) : undefined
  }
  const { id, text } = row.translation ?? {}
  const place = { table: 'intake.translation', column: 'text', row: id ?? '' }
  const texts = {
    observed: reveal('observed'),
    concluded: reveal('concluded'),
    place: row.extras.place,
    translation: text ? tx.keys.reveal(key, place, text) : undefined,
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text))
}

/** The text as it came in: what stands apart, or the report itself while nobody has changed anything. */
export async function originalTexts(tx: TenantTx, row: CheckedRow, key: RecordKey): Promise<Texts> {
  const own = row.original && (await recordKey(tx, row.original.original_key))
  if (!row.original || !own) return currentTexts(tx, row, key)
  return JSON.parse(
    tx.keys.reveal(own, { table: 'intake.original', column: 'texts', row: row.id }, row.original.texts),
  ) as Texts
}

export interface Checking {
  readonly version: number
  readonly checked: 'done' | 'accepted' | null
  /** As it came in, while that still exists. */
  readonly original: Texts
  /** As everybody reads it. */
  readonly texts: Texts
  readonly marks: readonly Mark[]
  /** The last day of the original. */
  readonly destroyOn: string | undefined
}

/** Everything for the checking page; opening an original that was sealed apart writes an entry of its own. */
export async function openForChecking(tx: TenantTx, id: string): Promise<Checking> {
  const row = await withOriginal(tx, id, false)
  const key = await livingKey(tx, row.content_key)
  const own = row.original && (await recordKey(tx, row.original.original_key))
  const marks =
    row.original && own
      ? (JSON.parse(
          tx.keys.reveal(own, { table: 'intake.original', column: 'marks', row: id }, row.original.marks),
        ) as Mark[])
      : []
  await record(tx, own ? 'original-opened' : 'opened', `report:${id}`)
  return {
    version: row.version,
    checked: row.checked,
    original: await originalTexts(tx, row, key),
    texts: currentTexts(tx, row, key),
    marks,
    destroyOn: row.original?.destroy_on,
  }
}
