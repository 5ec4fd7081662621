import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** Somebody's roles today and to come, with who gave them; the earliest first. */
export const rolesHeld = (tx: TenantTx, person: string) =>
  tx.db
    .selectFrom('auth.appointment as a')
    .leftJoin('auth.person as f', (join) =>
      join.onRef('f.municipality_id', '=', 'a.municipality_id').onRef('f.id', '=', 'a.appointed_by'),
    )
    .leftJoin('auth.person as s', (join) =>
      join.onRef('s.municipality_id', '=', 'a.municipality_id').onRef('s.id', '=', 'a.second_by'),
    )
    .select(['a.role', 'a.from_on', 'f.name as first', 's.name as second'])
    .where('a.person_id', '=', person)
    .where((eb) => eb.or([eb('a.until_on', 'is', null), eb('a.until_on', '>=', berlinDay(tx.now))]))
    .orderBy('a.from_on')
    .orderBy('a.role')
    .execute()

/** Roles that come together with hers in one hand while somebody stands in: those lent to her and those of her deputies. */
export async function rolesByDeputy(tx: TenantTx, person: string): Promise<string[]> {
  const today = berlinDay(tx.now)
  const rows = await tx.db
    .selectFrom('auth.absence as b')
    .innerJoin('auth.appointment as a', (join) =>
      join
        .onRef('a.municipality_id', '=', 'b.municipality_id')
        .on((eb) =>
          eb.or([
            eb.and([eb('b.deputy_id', '=', person), eb('a.person_id', '=', eb.ref('b.person_id'))]),
            eb.and([eb('b.person_id', '=', person), eb('a.person_id', '=', eb.ref('b.deputy_id'))]),
          ]),
        ),
    )
    .select('a.role')
    .distinct()
    .where((eb) => eb.or([eb('b.until_on', 'is', null), eb('b.until_on', '>=', today)]))
    .where((eb) => eb.or([eb('a.until_on', 'is', null), eb('a.until_on', '>=', today)]))
    .execute()
  return rows.map(({ role }) => role)
}
