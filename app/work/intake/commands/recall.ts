import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { messageReceived } from '../facts.ts'
import { mailbox } from '../queries.ts'
import { endOfficeReading } from './reading.ts'

/**
 * Takes back the yes to a letter that is with the other office already. What it read cannot be unread; what can be
 * called back is: its view of the report ends with this transaction, and it is told. A referral by law needs no yes.
 */
async function recall(tx: TenantTx, report: string, referral: string): Promise<boolean> {
  const row = await tx.db
    .updateTable('intake.referral')
    .set({ state: 'recalled', recalled_on: berlinDay(tx.now) })
    .where('id', '=', referral)
    .where('report_id', '=', report)
    .where('state', '=', 'handed')
    .where('basis', 'in', ['consent', 'told'])
    .returning('office')
    .executeTakeFirst()
  if (!row) return false
  if (row.office) await endOfficeReading(tx, report, await modelInForce(tx), row.office)
  await record(tx, 'consent-recalled', `report:${report}`)
  return true
}

/** In the mailbox. False for a code that opens nothing, and for what was not handed over on her word. */
export async function recallInMailbox(tx: TenantTx, code: string, referral: string): Promise<boolean> {
  const box = await mailbox(tx, code)
  if (!box || !(await recall(tx, box.id, referral))) return false
  await tell(tx, messageReceived, `report:${box.id}`, { ownerRole: box.ownerRole })
  return true
}

/** She told the office, on the phone or at the counter. Throws where nothing was handed over on her word. */
export async function recallByOffice(tx: TenantTx, report: string, referral: string): Promise<void> {
  if (!(await recall(tx, report, referral))) throw new NotAllowed('referral', { hidden: false })
}

/** The other office knows that the yes was taken back. */
export async function noteRecallTold(tx: TenantTx, report: string, referral: string): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.referral')
    .set({ recall_told_on: berlinDay(tx.now) })
    .where('id', '=', referral)
    .where('report_id', '=', report)
    .where('state', '=', 'recalled')
    .where('recall_told_on', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('referral', { hidden: false })
  await record(tx, 'recall-told', `report:${report}`)
}
