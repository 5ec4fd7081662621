import { indexRecord } from '#platform/search/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'

/** Every report there is, for making the search index anew. */
export const reportIds = async (tx: TenantTx): Promise<string[]> =>
  (await tx.db.selectFrom('intake.report').select('id').execute()).map(({ id }) => id)

/** Makes a report findable by its words; done after the fact, so that nobody who reports waits for it. */
export async function makeFindable(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['observed', 'concluded', 'content_key'])
    .where('id', '=', id)
    .executeTakeFirst()
  const key = row && (await recordKey(tx, row.content_key))
  if (!row || !key) return
  const texts = [tx.keys.reveal(key, { table: 'intake.report', column: 'observed', row: id }, row.observed)]
  if (row.concluded)
    texts.push(tx.keys.reveal(key, { table: 'intake.report', column: 'concluded', row: id }, row.concluded))
  const translation = await tx.db
    .selectFrom('intake.translation')
    .select(['id', 'text'])
    .where('report_id', '=', id)
    .where('message_id', 'is', null)
    .where('direction', '=', 'in')
    .executeTakeFirst()
  if (translation?.text) {
    const place = { table: 'intake.translation', column: 'text', row: translation.id }
    texts.push(tx.keys.reveal(key, place, translation.text))
  }
  await indexRecord(tx, id, texts)
}
