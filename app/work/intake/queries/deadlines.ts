import { sql } from 'kysely'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Deadline, Person } from '#platform/web/index.ts'
import { words } from '../words.ts'

/** Reports whose clock this person's roles own, for her calendar: nothing sealed is opened. */
export async function deadlines(tx: TenantTx, person: Person): Promise<Deadline[]> {
  if (person.roles.length === 0) return []
  const rows = await tx.db
    .selectFrom('intake.report')
    .select(['id', 'due_at'])
    .where('owner_role', 'in', [...person.roles])
    .where('due_at', 'is not', null)
    .where('case_id', 'is', null)
    .where('step_kind', '<>', sql.lit('closed'))
    .where('synthetic', '=', false)
    .execute()
  return rows.flatMap(({ id, due_at }) =>
    due_at ? [{ thing: `report:${id}`, at: due_at, what: words('de')('deadline') }] : [],
  )
}
