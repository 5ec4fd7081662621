import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { insideAgreed, isInside, modelInForce } from '#work/model/index.ts'
import { reportInside } from '../facts.ts'
import { tellOfReport } from './notices.ts'

/**
 * Somebody found that a report is about the administration itself. From now on only the substitute reads it, so the
 * program takes it out of her hands: nobody may put a row where she cannot see it.
 */
export async function keepInside(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['subject', 'held_for', 'case_id', 'merged_into', 'step_kind'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const model = await modelInForce(tx)
  const settled = row.held_for || row.case_id || row.merged_into || row.step_kind === 'closed'
  if (settled || !insideAgreed(model) || isInside(model, row.subject)) throw new NotAllowed('report', { hidden: false })
  await record(tx, 'kept-inside', `report:${id}`)
  await tell(tx, reportInside, `report:${id}`, {})
}

/** On the fact: the substitute decides who is a superior of those concerned, and is told. */
export async function holdInside(tx: TenantTx, id: string): Promise<void> {
  const [subject] = (await modelInForce(tx)).model.inside?.subjects ?? []
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.report')
    .set((eb) => ({ subject: subject!, held_for: 'substitute', version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('held_for', 'is', null)
    .where('case_id', 'is', null)
    .where('merged_into', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await tellOfReport(tx, id)
}
