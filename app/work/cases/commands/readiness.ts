import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Readiness } from '../schema.ts'
import { actor } from './store.ts'

/** Somebody says whether she has time for a case, and which languages she speaks with parties. */
export async function sayReadiness(
  tx: TenantTx,
  { time, languages }: Pick<Readiness, 'time'> & { readonly languages: string[] },
): Promise<void> {
  const said = { time, languages, said_on: berlinDay(tx.now) }
  await tx.db
    .insertInto('cases.readiness')
    .values({ person_id: actor(tx), ...said })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'person_id']).doUpdateSet(said))
    .execute()
  await record(tx, 'said', 'readiness:own')
}
