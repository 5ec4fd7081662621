import { berlinDay } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import type { Entered } from './sessions.ts'

/** A person as she would come in today: own roles and those she stands in for. Undefined once she has left. */
export async function rolesToday(tx: TenantTx, id: string): Promise<Entered | undefined> {
  const today = berlinDay(tx.now)
  const person = await tx.db
    .selectFrom('auth.person')
    .select(['id', 'name', 'language'])
    .where('id', '=', id)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', today)]))
    .executeTakeFirst()
  if (!person) return undefined
  const absent = await tx.db
    .selectFrom('auth.absence')
    .select('person_id')
    .where('deputy_id', '=', id)
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  const standsFor = [...new Set(absent.map((row) => row.person_id))]
  const held = await tx.db
    .selectFrom('auth.appointment')
    .select('role')
    .distinct()
    .where('person_id', 'in', [id, ...standsFor])
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  return { ...person, roles: held.map((row) => row.role).toSorted(), standsFor }
}
