import { berlinDay } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

/** Persons who hold one of these roles today and have not left. */
export async function holdersOf(
  tx: TenantTx,
  roles: readonly string[],
): Promise<{ person: string; role: string; area: string | null }[]> {
  if (roles.length === 0) return []
  const today = berlinDay(tx.now)
  return tx.db
    .selectFrom('auth.appointment as a')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'a.municipality_id').onRef('p.id', '=', 'a.person_id'),
    )
    .select(['a.person_id as person', 'a.role', 'a.area'])
    .where('a.role', 'in', [...roles])
    .where('a.from_on', '<=', today)
    .where((eb) => eb.or([eb('a.until_on', 'is', null), eb('a.until_on', '>=', today)]))
    .where((eb) => eb.or([eb('p.left_on', 'is', null), eb('p.left_on', '>', today)]))
    .execute()
}

/** Of these persons those who are not kept from a record, by name. */
export async function admitted(
  tx: TenantTx,
  record: string,
  persons: readonly string[],
): Promise<{ id: string; name: string }[]> {
  if (persons.length === 0) return []
  return tx.db
    .selectFrom('auth.person as p')
    .select(['p.id', 'p.name'])
    .where('p.id', 'in', [...persons])
    .where('p.id', 'not in', (eb) => eb.selectFrom('access.barred').select('person_id').where('record_id', '=', record))
    .orderBy('p.name')
    .execute()
}

/** Persons with a grant for one record today, of any kind or as this. */
export async function grantedOn(tx: TenantTx, record: string, role?: string): Promise<Set<string>> {
  const today = berlinDay(tx.now)
  let query = tx.db
    .selectFrom('access.grant')
    .select('person_id')
    .where('record_id', '=', record)
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
  if (role) query = query.where('role', '=', role)
  const rows = await query.execute()
  return new Set(rows.map((row) => row.person_id))
}

/**
 * Who is told instead: whoever is away is replaced by the deputy, or the deputy's deputy; nobody is told who is kept
 * from the record, or stands in today for somebody who is. `barred` adds persons to those written down.
 */
export async function toldAbout(
  tx: TenantTx,
  record: string,
  persons: readonly string[],
  barred: readonly string[] = [],
): Promise<string[]> {
  const today = berlinDay(tx.now)
  const absences = await tx.db
    .selectFrom('auth.absence')
    .select(['person_id', 'deputy_id'])
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  const kept = await tx.db.selectFrom('access.barred').select('person_id').where('record_id', '=', record).execute()
  const closed = new Set([...barred, ...kept.map((row) => row.person_id)])
  const mustNot = new Set([...closed, ...absences.filter((a) => closed.has(a.person_id)).map((a) => a.deputy_id)])
  const told = new Set<string>()
  const seen = new Set<string>()
  const open = [...persons]
  for (let person = open.pop(); person !== undefined; person = open.pop()) {
    if (seen.has(person) || mustNot.has(person)) continue
    seen.add(person)
    const deputies = absences.filter((absence) => absence.person_id === person)
    if (deputies.length === 0) told.add(person)
    open.push(...deputies.map((absence) => absence.deputy_id))
  }
  return [...told].toSorted()
}

/** Whether this person alone holds one of these roles today without being kept from the record; `without` does not count. */
export async function onlyHolder(
  tx: TenantTx,
  person: string,
  { roles, record, without }: { roles: readonly string[]; record: string; without: string },
): Promise<boolean> {
  const kept = await tx.db.selectFrom('access.barred').select('person_id').where('record_id', '=', record).execute()
  const out = new Set([without, ...kept.map((row) => row.person_id)])
  const left = new Set((await holdersOf(tx, roles)).map((row) => row.person).filter((one) => !out.has(one)))
  return left.has(person) && left.size === 1
}
