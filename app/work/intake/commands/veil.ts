import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { reportReworded } from '../facts.ts'
import type { Veil } from '../veil.ts'

/** Folds the text of a report for everybody who opens it, or unfolds it again. Nothing of the text changes. */
export async function veilReport(tx: TenantTx, id: string, veil: Veil | null): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.report')
    .set({ veil })
    .where('id', '=', id)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('report', { hidden: true })
  await tx.db
    .updateTable('intake.translation')
    .set({ veil })
    .where('report_id', '=', id)
    .where('direction', '=', 'in')
    .execute()
  await record(tx, veil ? 'veiled' : 'unveiled', `report:${id}`)
  await tell(tx, reportReworded, `report:${id}`, {})
}
