import { NotAllowed } from '#platform/kernel/index.ts'
import { holdOn, keptUntil } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** Until when a case is kept and who suspended that. */
export async function keepingUnder(tx: TenantTx, id: string, contentKey: string) {
  const [until, hold] = await Promise.all([keptUntil(tx, contentKey), holdOn(tx, id)])
  return { contentKey, until, hold }
}

/** The same for an address; hidden when the case is not there for this person. */
export async function keepingOf(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('cases.case').select('content_key').where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotAllowed('case', { hidden: true })
  return keepingUnder(tx, id, row.content_key)
}
export type KeptCase = Awaited<ReturnType<typeof keepingOf>>
