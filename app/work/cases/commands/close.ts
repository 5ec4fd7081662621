import { record } from '#platform/audit/index.ts'
import type { Sealed } from '#platform/crypto/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelVersion, stepOfKind } from '#work/model/index.ts'
import { caseClosed } from '../facts.ts'
import { whatIsMissing, type Missing } from '../rules.ts'
import type { Closing } from '../schema.ts'

async function sealed(tx: TenantTx, id: string, contentKey: string, answer: string): Promise<Sealed<'case'>> {
  const key = await livingKey(tx, contentKey)
  return tx.keys.seal<'case'>(key, { table: 'cases.case', column: 'closing_answer', row: id }, answer)
}

/** Closes a case, or returns what is still missing and where to add it. */
export async function closeCase(tx: TenantTx, id: string, closing: Closing): Promise<Missing[]> {
  const row = await tx.db
    .selectFrom('cases.case')
    .select(['closed_on', 'model_version', 'content_key'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
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
      closing_answer: closing.answer ? await sealed(tx, id, row.content_key, closing.answer) : null,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'closed', `case:${id}`)
  await tell(tx, caseClosed, `case:${id}`, { outcome: closing.outcome! })
  return []
}
