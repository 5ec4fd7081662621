import { berlinDay } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

export interface Grant {
  readonly record: string
  readonly person: string
  /** As what: handler, interpreter, guest … */
  readonly role: string
  readonly from?: string
  readonly until?: string | null
}

/** Lets a person come near one record; a second grant for the same record replaces the first. */
export async function grant(tx: TenantTx, { record, person, role, from, until = null }: Grant): Promise<void> {
  if (tx.who.kind !== 'person') throw new Error('only a person grants access')
  const row = {
    record_id: record,
    person_id: person,
    role,
    from_on: from ?? berlinDay(tx.now),
    until_on: until,
    given_by: tx.who.id,
  }
  await tx.db
    .insertInto('access.grant')
    .values(row)
    .onConflict((conflict) => conflict.columns(['municipality_id', 'record_id', 'person_id']).doUpdateSet(row))
    .execute()
}

/** Ends a grant at once: the very next request sees nothing any more. */
export async function withdrawGrant(tx: TenantTx, record: string, person: string): Promise<void> {
  await tx.db.deleteFrom('access.grant').where('record_id', '=', record).where('person_id', '=', person).execute()
}

/** Keeps persons and everybody who stands in for them away from a record, for good. */
export async function bar(tx: TenantTx, record: string, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return
  const deputies = await tx.db
    .selectFrom('auth.absence')
    .select('deputy_id')
    .where('person_id', 'in', [...persons])
    .execute()
  const all = new Set([...persons, ...deputies.map((row) => row.deputy_id)])
  await tx.db
    .insertInto('access.barred')
    .values([...all].map((person_id) => ({ record_id: record, person_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
