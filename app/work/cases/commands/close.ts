import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelVersion, stepOfKind } from '#work/model/index.ts'
import { caseClosed } from '../facts.ts'
import { whatIsMissing, type Missing } from '../rules.ts'
import type { Closing } from '../schema.ts'

/** Closes a case, or returns what is still missing and where to add it. */
export async function closeCase(tx: TenantTx, id: string, closing: Closing): Promise<Missing[]> {
  const row = await tx.db.selectFrom('cases.case').select(['closed_on', 'model_version']).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotAllowed('case', { hidden: true })
  const missing = whatIsMissing(row, closing)
  if (missing.length > 0) return missing
  const step = stepOfKind(await modelVersion(tx, row.model_version), 'close')
  await tx.db
    .updateTable('cases.case')
    .set({
      closed_on: berlinDay(tx.now),
      outcome: closing.outcome,
      hours_quarters: Math.round((closing.hours ?? 0) * 4),
      step: step.id,
      step_kind: step.kind,
      due_at: null,
      list_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'closed', `case:${id}`)
  await tell(tx, caseClosed, `case:${id}`, { outcome: closing.outcome! })
  return []
}
