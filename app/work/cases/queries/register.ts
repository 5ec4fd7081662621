import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

const batch = 500

/** Every case this person sees, the oldest first, for a register that leaves the program. Writes one entry. */
export async function registerRows(tx: TenantTx) {
  await record(tx, 'exported', 'register')
  const rows = []
  for (let after: string | undefined; ;) {
    let query = tx.db
      .selectFrom('cases.case as c')
      .innerJoin('platform.record_key as k', (join) =>
        join.onRef('k.municipality_id', '=', 'c.municipality_id').onRef('k.id', '=', 'c.content_key'),
      )
      .select(['c.id', 'c.number', 'c.opened_on', 'c.closed_on', 'c.area', 'c.subject', 'c.step', 'c.due_at'])
      .select(['c.outcome', 'c.hours_quarters', 'c.model_version', 'c.matter'])
      .select(['k.id as key_id', 'k.class', 'k.wrapped'])
      .orderBy('c.id')
      .limit(batch)
    if (after) query = query.where('c.id', '>', after)
    const found = await query.execute()
    for (const { key_id, class: retentionClass, wrapped, matter, ...row } of found) {
      const key = tx.keys.open({ id: key_id, class: retentionClass, wrapped })
      rows.push({ ...row, matter: tx.keys.reveal(key, { table: 'cases.case', column: 'matter', row: row.id }, matter) })
    }
    after = found.at(-1)?.id
    if (found.length < batch) return rows.toSorted((a, b) => a.opened_on.localeCompare(b.opened_on))
  }
}
