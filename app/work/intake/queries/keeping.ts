import { NotAllowed } from '#platform/kernel/index.ts'
import { holdOn, keptUntil } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** Until when a report is kept and who suspended that; hidden when it is not there for this person. */
export async function keepingOf(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('intake.report').select('content_key').where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  return { contentKey: row.content_key, until: await keptUntil(tx, row.content_key), hold: await holdOn(tx, id) }
}
export type KeptReport = Awaited<ReturnType<typeof keepingOf>>
