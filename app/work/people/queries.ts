import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** Everybody with an account, by name; in the order of the German alphabet. */
export async function persons(tx: TenantTx) {
  const rows = await tx.db
    .selectFrom('auth.person as p')
    .leftJoin('auth.appointment as a', (join) =>
      join
        .onRef('a.municipality_id', '=', 'p.municipality_id')
        .onRef('a.person_id', '=', 'p.id')
        .on('a.until_on', 'is', null),
    )
    .leftJoin('auth.credential as c', (join) =>
      join.onRef('c.municipality_id', '=', 'p.municipality_id').onRef('c.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.name', 'a.role', 'a.from_on', 'c.person_id as ready'])
    .where('p.left_on', 'is', null)
    .execute()
  const found = new Map<string, { id: string; name: string; roles: string[]; since: string | null; ready: boolean }>()
  for (const row of rows) {
    const person = found.get(row.id) ?? {
      id: row.id,
      name: row.name,
      roles: [],
      since: row.from_on,
      ready: row.ready !== null,
    }
    if (row.role) person.roles.push(row.role)
    found.set(row.id, person)
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
}

/** What waits for a second person. */
export const proposals = (tx: TenantTx) =>
  tx.db
    .selectFrom('people.proposal as r')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'r.municipality_id').onRef('p.id', '=', 'r.person_id'),
    )
    // From the command line nobody proposes by name.
    .leftJoin('auth.person as b', (join) =>
      join.onRef('b.municipality_id', '=', 'r.municipality_id').onRef('b.id', '=', 'r.proposed_by'),
    )
    .select(['r.id', 'r.role', 'r.person_id', 'r.proposed_by', 'p.name', 'b.name as by'])
    .execute()

/** One's own absences that run or are still to come. */
export const absencesOf = (tx: TenantTx, person: string) =>
  tx.db
    .selectFrom('auth.absence as a')
    .innerJoin('auth.person as d', (join) =>
      join.onRef('d.municipality_id', '=', 'a.municipality_id').onRef('d.id', '=', 'a.deputy_id'),
    )
    .select(['a.id', 'a.from_on', 'a.until_on', 'd.name as deputy'])
    .where('a.person_id', '=', person)
    .where((eb) => eb.or([eb('a.until_on', 'is', null), eb('a.until_on', '>=', berlinDay(tx.now))]))
    .orderBy('a.from_on')
    .execute()

/** Everybody else who has not left, by name. */
export const colleagues = async (tx: TenantTx, person: string) =>
  (
    await tx.db
      .selectFrom('auth.person')
      .select(['id', 'name'])
      .where('id', '<>', person)
      .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', berlinDay(tx.now))]))
      .execute()
  ).toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
