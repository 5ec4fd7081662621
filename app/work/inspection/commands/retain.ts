import { sql } from 'kysely'
import type { Retained } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { intervalOf, modelIfAny } from '#work/model/index.ts'

/** A request that is over lives as long as a closed case; one that runs, on. */
async function date(tx: TenantTx): Promise<void> {
  const model = await modelIfAny(tx)
  if (!model) return
  await sql`
    update platform.record_key k set destroy_on = d.ends
      from (select content_key as id, (ended_on + ${intervalOf(model, 'closed-case')}::interval)::date as ends
              from inspection.request) d
     where k.id = d.id and k.destroy_on is distinct from d.ends`.execute(tx.db)
}

export const retained: Retained = {
  classes: { inspection: { kind: 'inspection', whole: true } },
  date,
  forget: async (tx, gone) => {
    const ids = gone.filter((one) => one.class === 'inspection').map(({ record }) => record)
    if (ids.length > 0) await tx.db.deleteFrom('inspection.request').where('id', 'in', ids).execute()
  },
  /** A request about what is kept from anybody stands in no count of what was deleted. */
  quiet: async (tx) =>
    (
      await tx.db
        .selectFrom('inspection.request as r')
        .select('r.id')
        .where(
          sql<boolean>`r.quiet or exists (select from access.barred b where b.record_id = any (r.cases || r.reports))`,
        )
        .execute()
    ).map(({ id }) => id),
}
