import { NotAllowed } from '#platform/kernel/index.ts'
import { holdOn, keptUntil } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/**
 * Until when a report is kept and who suspended that; hidden when it is not there for this
 * person. `quiet`: it is kept from everybody but the substitute.
 */
export async function keepingOf(tx: TenantTx, id: string) {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['content_key', 'held_for'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const [until, hold] = [await keptUntil(tx, row.content_key), await holdOn(tx, id)]
  return { contentKey: row.content_key, quiet: row.held_for !== null, until, hold }
}
export type KeptReport = Awaited<ReturnType<typeof keepingOf>>
