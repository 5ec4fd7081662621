import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { lockCase, seal } from './store.ts'

/** Notes the Aktenzeichen of a case, open or closed; empty text takes it away. */
export async function setFileNumber(tx: TenantTx, id: string, text: string): Promise<void> {
  const { key } = await lockCase(tx, id)
  await tx.db
    .updateTable('cases.case')
    .set({ file_number: text ? seal(tx, key, 'case', 'file_number', id, text) : null })
    .where('id', '=', id)
    .execute()
  await record(tx, 'file-number', `case:${id}`)
}
