import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { recoveryLife } from './rules.ts'

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
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('auth.invitation as i')
          .select('i.person_id')
          .whereRef('i.person_id', '=', 'p.id')
          .where('i.expires_at', '>', tx.now),
      ).as('invited'),
    )
    .where('p.left_on', 'is', null)
    .where('p.guest', '=', false)
    .execute()
  const found = new Map<string, { id: string; name: string; roles: string[]; since: string | null; invited: boolean }>()
  for (const row of rows) {
    const person = found.get(row.id) ?? {
      id: row.id,
      name: row.name,
      roles: [],
      since: row.from_on,
      invited: row.ready === null && row.invited === true,
    }
    if (row.role) person.roles.push(row.role)
    found.set(row.id, person)
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
}

/** One person who has not left, with the terms she works on. */
export const personBy = (tx: TenantTx, id: string) =>
  tx.db
    .selectFrom('auth.person')
    .select(['id', 'name', 'employed', 'undertaken_on', 'superior_id'])
    .where('id', '=', id)
    .where('left_on', 'is', null)
    .where('guest', '=', false)
    .executeTakeFirst()

/** Those whose absence this person may set when they are ill. */
export const staffOf = (tx: TenantTx, superior: string) =>
  tx.db
    .selectFrom('auth.person')
    .select(['id', 'name'])
    .where('superior_id', '=', superior)
    .where('left_on', 'is', null)
    .orderBy('name')
    .execute()

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
    .select(['r.id', 'r.role', 'r.ends', 'r.person_id', 'r.proposed_by', 'r.proposed_on', 'p.name', 'b.name as by'])
    .execute()

/** Who has lost her access, who confirmed it, and from when on she can be let in again. */
export const recoveries = (tx: TenantTx) =>
  tx.db
    .selectFrom('people.recovery as r')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'r.municipality_id').onRef('p.id', '=', 'r.person_id'),
    )
    .leftJoin('auth.person as f', (join) =>
      join.onRef('f.municipality_id', '=', 'r.municipality_id').onRef('f.id', '=', 'r.first_by'),
    )
    .leftJoin('auth.person as s', (join) =>
      join.onRef('s.municipality_id', '=', 'r.municipality_id').onRef('s.id', '=', 'r.second_by'),
    )
    .select(['r.id', 'r.person_id', 'r.asked_at', 'r.first_by', 'r.second_by', 'r.ready_at'])
    .select(['p.name', 'f.name as first', 's.name as second'])
    .where('r.asked_at', '>=', new Date(tx.now.getTime() - recoveryLife))
    .orderBy('r.asked_at')
    .execute()

/** Absences that run or are still to come: one's own and those of one's staff. */
export const absencesOf = (tx: TenantTx, person: string) =>
  tx.db
    .selectFrom('auth.absence as a')
    .innerJoin('auth.person as d', (join) =>
      join.onRef('d.municipality_id', '=', 'a.municipality_id').onRef('d.id', '=', 'a.deputy_id'),
    )
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'a.municipality_id').onRef('p.id', '=', 'a.person_id'),
    )
    .select(['a.id', 'a.person_id', 'a.from_on', 'a.until_on', 'd.name as deputy', 'p.name'])
    .where((eb) => eb.or([eb('a.person_id', '=', person), eb('p.superior_id', '=', person)]))
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
      .where('guest', '=', false)
      .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', berlinDay(tx.now))]))
      .execute()
  ).toSorted((a, b) => a.name.localeCompare(b.name, 'de'))

/** How this municipality is called in addresses. */
export const ownSlug = async (tx: TenantTx): Promise<string> =>
  (
    await tx.db
      .selectFrom('platform.municipality')
      .select('slug')
      .where('id', '=', tx.municipality)
      .executeTakeFirstOrThrow()
  ).slug
