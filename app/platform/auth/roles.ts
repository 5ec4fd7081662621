import { sql } from 'kysely'
import { berlinDay } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import type { Entered } from './sessions.ts'

/** Whether the undertaking stands, where one is needed; the same rule as when somebody comes in by a session. */
const fit = (today: string) => sql<boolean>`auth.fit(employed, undertaken_on, left_on, ${today}::date)`

/** A person as she would come in today: own roles and those she stands in for. Undefined once she has left. */
export async function rolesToday(tx: TenantTx, id: string): Promise<Entered | undefined> {
  const today = berlinDay(tx.now)
  const person = await tx.db
    .selectFrom('auth.person')
    .select(['id', 'name', 'language', fit(today).as('fit')])
    .where('id', '=', id)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', today)]))
    .executeTakeFirst()
  if (!person) return undefined
  const absent = await tx.db
    .selectFrom('auth.absence as a')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'a.municipality_id').onRef('p.id', '=', 'a.person_id'),
    )
    .select(['person_id', fit(today).as('fit')])
    .where('deputy_id', '=', id)
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  const standsFor = [...new Set(absent.map((row) => row.person_id))]
  const { fit: starts, ...rest } = person
  if (!starts) return { ...rest, roles: [], standsFor, holds: [] }
  const lend = absent.filter((row) => row.fit).map((row) => row.person_id)
  const held = await tx.db
    .selectFrom('auth.appointment')
    .select('role')
    .distinct()
    .where('person_id', 'in', [id, ...lend])
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  const holds = await tx.db
    .selectFrom('access.grant')
    .select('record_id')
    .distinct()
    .where('role', '=', 'holder')
    .where('person_id', 'in', [id, ...lend])
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .where('record_id', 'not in', (eb) =>
      eb.selectFrom('access.barred').select('record_id').where('person_id', '=', id),
    )
    .execute()
  return {
    ...rest,
    roles: held.map((row) => row.role).toSorted(),
    standsFor,
    holds: holds.map((row) => row.record_id),
  }
}

/** Roles somebody holds herself, or will: those lent to her are left out. */
export async function rolesHeld(tx: TenantTx, person: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('auth.appointment')
    .select('role')
    .where('person_id', '=', person)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', berlinDay(tx.now))]))
    .execute()
  return rows.map((row) => row.role)
}
