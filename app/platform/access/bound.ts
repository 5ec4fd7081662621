import type { TenantTx } from '../tenancy/index.ts'
import { endBarredGrants } from './withdraw.ts'

/**
 * Binds records that belong together: whoever is kept from one of them is kept from all. Called anew with what still
 * belongs together when one has left, and with the one that left: only what it brought itself stays with it.
 */
export async function bindTogether(tx: TenantTx, records: readonly string[]): Promise<void> {
  if (records.length === 0) return
  const own = await tx.db
    .selectFrom('access.barred')
    .select('person_id')
    .distinct()
    .where('record_id', 'in', [...records])
    .where('inherited', '=', false)
    .execute()
  const persons = own.map(({ person_id }) => person_id)
  let stale = tx.db
    .deleteFrom('access.barred')
    .where('record_id', 'in', [...records])
    .where('inherited', '=', true)
  if (persons.length > 0) stale = stale.where('person_id', 'not in', persons)
  await stale.execute()
  if (persons.length === 0 || records.length === 1) return
  await tx.db
    .insertInto('access.barred')
    .values(records.flatMap((record_id) => persons.map((person_id) => ({ record_id, person_id, inherited: true }))))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await endBarredGrants(tx, persons)
}

/** Who is kept from one of these records, by themselves or through others. */
export async function barredFrom(tx: TenantTx, records: readonly string[]): Promise<Set<string>> {
  if (records.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('access.barred')
    .select('person_id')
    .where('record_id', 'in', [...records])
    .execute()
  return new Set(rows.map(({ person_id }) => person_id))
}
