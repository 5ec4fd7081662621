import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Readiness } from '../schema.ts'
import { actor } from './store.ts'

/**
 * Somebody says whether she has time for a case, about how many hours a week, until which day (`YYYY-MM-DD`) that holds,
 * and which languages she speaks with parties.
 */
export async function sayReadiness(
  tx: TenantTx,
  { time, hours, until, languages }: Omit<Readiness, 'languages' | 'others'> & { readonly languages: string[] },
): Promise<void> {
  const said = {
    time,
    hours: time === 'no' ? null : (hours ?? null),
    until_on: until ?? null,
    languages,
    said_on: berlinDay(tx.now),
  }
  await tx.db
    .insertInto('cases.readiness')
    .values({ person_id: actor(tx), ...said })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'person_id']).doUpdateSet(said))
    .execute()
  await record(tx, 'said', 'readiness:own')
}
