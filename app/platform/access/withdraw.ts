import { record } from '../audit/index.ts'
import { defineFact, tell } from '../facts/index.ts'
import { berlinDay } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

/** A grant has ended because its holder is kept from the case, or from one that hangs together with it. */
export const grantWithdrawn = defineFact<{ person: string }>('access.grant.withdrawn')

/**
 * Ends every running grant for a record its holder is kept from, with an entry for each; of these persons only, or of
 * everybody. To be called by whatever keeps somebody away, because that reaches further than whoever does it may see.
 */
export async function endBarredGrants(tx: TenantTx, persons?: readonly string[]): Promise<void> {
  if (persons?.length === 0) return
  let ending = tx.db
    .deleteFrom('access.grant as g')
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>=', berlinDay(tx.now))]))
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('access.barred as b')
          .select('b.person_id')
          .whereRef('b.municipality_id', '=', 'g.municipality_id')
          .whereRef('b.record_id', '=', 'g.record_id')
          .whereRef('b.person_id', '=', 'g.person_id'),
      ),
    )
  if (persons) ending = ending.where('g.person_id', 'in', [...persons])
  // Grants are given for cases only.
  for (const { record_id, person_id } of await ending.returning(['g.record_id', 'g.person_id']).execute()) {
    await record(tx, 'withdrawn', `case:${record_id}`)
    await tell(tx, grantWithdrawn, `case:${record_id}`, { person: person_id })
  }
}
