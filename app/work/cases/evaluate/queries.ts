import { recordReading } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { pooled, type Pool } from './rules.ts'

/** What those concerned said, all cases together; undefined while they are too few. Writes one entry. */
export async function evaluationPool(tx: TenantTx): Promise<Pool | undefined> {
  const [all, cases] = await Promise.all([
    tx.db
      .selectFrom('cases.evaluation')
      .select(['heard', 'fair', 'better', 'again'])
      .where('counted', '=', true)
      .execute(),
    tx.db.selectFrom('cases.evaluated_cases').select('count').executeTakeFirst(),
    recordReading(tx, 'listed', 'evaluation'),
  ])
  return pooled(cases?.count ?? 0, all)
}
