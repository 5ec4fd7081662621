import { NotAllowed } from '#platform/kernel/index.ts'
import { holdOn, keptUntil } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** Until when a case is kept and who suspended that; hidden when it is not there for this person. */
export async function keepingOf(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('cases.case').select('content_key').where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotAllowed('case', { hidden: true })
  const [until, hold] = await Promise.all([keptUntil(tx, row.content_key), holdOn(tx, id)])
  return { contentKey: row.content_key, until, hold }
}
export type KeptCase = Awaited<ReturnType<typeof keepingOf>>
