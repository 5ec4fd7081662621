import { record } from '#platform/audit/index.ts'
import type { RecordKey } from '#platform/crypto/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { OneText } from '../commands/translate.ts'
import type { Mark, Texts } from '../passages.ts'
import type { Extras } from '../schema.ts'

const textsThatAre = (texts: Record<keyof Texts, string | undefined> | object): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text)) as Texts

/** The report's own words; `extras` is what stands beside the place. */
async function ofReport(tx: TenantTx, id: string, lock: boolean) {
  const columns = ['version', 'checked', 'content_key', 'observed', 'concluded', 'extras'] as const
  const query = tx.db.selectFrom('intake.report').select(columns).where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const key = await livingKey(tx, row.content_key)
  const reveal = (column: 'observed' | 'concluded' | 'extras') => {
    const value = row[column]
    return value ? tx.keys.reveal(key, { table: 'intake.report', column, row: id }, value) : undefined
  }
  const extras = JSON.parse(reveal('extras') ?? '{}') as Extras
  const texts = { observed: reveal('observed'), concluded: reveal('concluded'), place: extras.place }
  return { version: row.version, checked: row.checked, key, extras, texts }
}

/** One later message of whoever reported; what the office wrote is not checked. */
async function ofMessage(tx: TenantTx, report: string, id: string, lock: boolean) {
  const query = tx.db
    .selectFrom('intake.message')
    .select(['version', 'checked', 'text'])
    .where('id', '=', id)
    .where('report_id', '=', report)
    .where('sender', '=', 'reporter')
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotAllowed('message', { hidden: true })
  const { content_key } = await tx.db
    .selectFrom('intake.report')
    .select('content_key')
    .where('id', '=', report)
    .executeTakeFirstOrThrow()
  const key = await livingKey(tx, content_key)
  const message = tx.keys.reveal(key, { table: 'intake.message', column: 'text', row: id }, row.text)
  return { version: row.version, checked: row.checked, key, extras: {} as Extras, texts: { message } }
}

async function withOriginal(tx: TenantTx, which: OneText, lock: boolean) {
  const { report, message } = which
  const row = await (message ? ofMessage(tx, report, message, lock) : ofReport(tx, report, lock))
  const original = await tx.db
    .selectFrom('intake.original')
    .select(['id', 'original_key', 'texts', 'marks', 'destroy_on'])
    .where('id', '=', message ?? report)
    .executeTakeFirst()
  const translation = await tx.db
    .selectFrom('intake.translation')
    .select(['id', 'text'])
    .where('report_id', '=', report)
    .where('message_id', message ? '=' : 'is', message ?? null)
    .where('direction', '=', 'in')
    .executeTakeFirst()
  const place = { table: 'intake.translation', column: 'text', row: translation?.id ?? '' }
  const german = translation?.text ? tx.keys.reveal(row.key, place, translation.text) : undefined
  return { ...row, which, original, translation, texts: textsThatAre({ ...row.texts, translation: german }) }
}
/** `texts` as everybody reads them now. */
export type CheckedRow = Awaited<ReturnType<typeof withOriginal>>

/** A text as checking needs it, locked until the end of the transaction. */
export const lockForCheck = (tx: TenantTx, which: OneText): Promise<CheckedRow> => withOriginal(tx, which, true)

const openSealedApart = (tx: TenantTx, key: RecordKey, row: NonNullable<CheckedRow['original']>) => ({
  texts: JSON.parse(
    tx.keys.reveal(key, { table: 'intake.original', column: 'texts', row: row.id }, row.texts),
  ) as Texts,
  marks: JSON.parse(
    tx.keys.reveal(key, { table: 'intake.original', column: 'marks', row: row.id }, row.marks),
  ) as Mark[],
})

/** The text as it came in: what stands apart, or the text itself while nobody has changed anything. */
export async function originalOf(
  tx: TenantTx,
  row: CheckedRow,
): Promise<{ texts: Texts; marks: Mark[]; apart: boolean }> {
  const own = row.original && (await recordKey(tx, row.original.original_key))
  if (!row.original || !own) return { texts: row.texts, marks: [], apart: false }
  return { ...openSealedApart(tx, own, row.original), apart: true }
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
export async function openForChecking(tx: TenantTx, which: OneText): Promise<Checking> {
  const row = await withOriginal(tx, which, false)
  const { texts, marks, apart } = await originalOf(tx, row)
  await record(tx, apart ? 'original-opened' : 'opened', `report:${which.report}`)
  return {
    version: row.version,
    checked: row.checked,
    original: texts,
    texts: row.texts,
    marks,
    destroyOn: row.original?.destroy_on,
  }
}
