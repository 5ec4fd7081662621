import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/**
 * Closes a mailbox for good: its code opens nothing any more. Runs as the program, because a row without a code is
 * one the public cannot see. False for a code that opens nothing.
 */
export async function closeMailbox(tx: TenantTx, code: string): Promise<boolean> {
  const row = await tx.db
    .updateTable('intake.report')
    .set({ receipt: null })
    .where('receipt', '=', tx.lookup('receipt', code))
    .returning('id')
    .executeTakeFirst()
  if (row) await record(tx, 'mailbox-closed', `report:${row.id}`)
  return row !== undefined
}
