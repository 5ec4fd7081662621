import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { words } from '../words.ts'
import { tellKeeper } from './handOver.ts'
import { lockRequest, seal } from './store.ts'

/**
 * As the program, after words of a report were taken out or folded: an extract that was laid before somebody, or decided
 * about, may still hold them. It goes back to be prepared anew, with what was chosen for words that are still there.
 */
export async function takeBackExtracts(tx: TenantTx, report: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('inspection.request')
    .select('id')
    .where('state', 'in', ['proposed', 'decided'])
    .where('extract', 'is not', null)
    .where((eb) => eb(eb.val(report), '=', eb.fn.any('reports')))
    .orderBy('id')
    .execute()
  for (const { id } of rows) {
    const { row, key } = await lockRequest(tx, id, 'proposed', 'decided')
    const undecided = { decision: null, decided_by: null, decided_on: null, reason: null }
    const remark = seal(tx, key, 'remark', id, words('de')('extract.reworded'))
    await tx.db
      .updateTable('inspection.request')
      .set((eb) => ({
        ...undecided,
        state: 'open',
        extract: null,
        proposed_by: null,
        remark,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    await record(tx, 'inspection-taken-back', `inspection:${id}`)
    await tellKeeper(tx, row)
  }
}
