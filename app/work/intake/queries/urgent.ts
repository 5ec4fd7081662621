import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'

/** Everything done about the danger of one report, newest first. */
export async function urgentEntries(tx: TenantTx, report: string) {
  const rows = await tx.db
    .selectFrom('intake.urgent_entry as e')
    .leftJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'e.municipality_id').onRef('p.id', '=', 'e.by_person'),
    )
    .select(['e.id', 'e.at', 'e.kind', 'e.whom', 'e.what', 'e.basis', 'e.content_key', 'p.name'])
    .where('e.report_id', '=', report)
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .execute()
  const found = []
  for (const { id, at, kind, whom, what, basis, content_key, name } of rows) {
    const key = await recordKey(tx, content_key)
    if (!key) continue
    const reveal = (column: 'whom' | 'what', value: typeof whom) =>
      value ? tx.keys.reveal(key, { table: 'intake.urgent_entry', column, row: id }, value) : undefined
    found.push({ id, at, kind, basis, by: name ?? undefined, whom: reveal('whom', whom), what: reveal('what', what) })
  }
  return found
}
export type UrgentEntry = Awaited<ReturnType<typeof urgentEntries>>[number]
