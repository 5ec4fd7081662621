import { berlinDay } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import { endBarredGrants } from './withdraw.ts'

export interface Grant {
  readonly record: string
  readonly person: string
  /** As what: handler, interpreter, guest …; `holder`: in the place of those who usually see it (`Person.holds`). */
  readonly role: string
  readonly from?: string
  readonly until?: string | null
  /** Who decided it, when the program only carries it out. */
  readonly by?: string
}

/** Lets a person come near one record; a second grant for the same record replaces the first. */
export async function grant(tx: TenantTx, { record, person, role, from, until = null, by }: Grant): Promise<void> {
  const given_by = tx.who.kind === 'person' ? tx.who.id : by
  if (!given_by) throw new Error('only a person grants access')
  const row = {
    record_id: record,
    person_id: person,
    role,
    from_on: from ?? berlinDay(tx.now),
    until_on: until,
    given_by,
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

/** Lets every grant on a record end with today: its work is done. Those that end earlier stay as they are, and so does its holder. */
export async function endGrants(tx: TenantTx, record: string): Promise<void> {
  const today = berlinDay(tx.now)
  await tx.db
    .updateTable('access.grant')
    .set({ until_on: today })
    .where('record_id', '=', record)
    .where('role', '<>', 'holder')
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>', today)]))
    .execute()
}

/** Everybody who stands in for these persons from today on, and whoever stands in for those in turn. */
async function standIns(tx: TenantTx, persons: readonly string[]): Promise<Set<string>> {
  const absences = await tx.db
    .selectFrom('auth.absence')
    .select(['person_id', 'deputy_id'])
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', berlinDay(tx.now))]))
    .execute()
  const found = new Set(persons)
  // A set hands out what is added while it is walked.
  for (const person of found)
    for (const absence of absences) if (absence.person_id === person) found.add(absence.deputy_id)
  return found
}

/**
 * Keeps persons and everybody who stands in for them away from a record and all that hangs together with it, for good.
 * What they were granted of it ends, with an entry for each.
 */
export async function bar(tx: TenantTx, record: string, persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return
  const all = await standIns(tx, persons)
  await tx.db
    .insertInto('access.barred')
    .values([...all].map((person_id) => ({ record_id: record, person_id })))
    .onConflict((conflict) =>
      conflict.columns(['municipality_id', 'person_id', 'record_id']).doUpdateSet({ inherited: false }),
    )
    .execute()
  await endBarredGrants(tx, [...all])
}

/**
 * Keeps a deputy, and whoever stands in for her, away from all that the absent person is kept from. To be called after
 * the absence was written. Answers false, and changes nothing, when one of them was let near such a record herself:
 * it would be left without anybody.
 */
export async function barDeputies(tx: TenantTx, absent: string): Promise<boolean> {
  const barred = await tx.db
    .selectFrom('access.barred')
    .select(['record_id', 'inherited'])
    .where('person_id', '=', absent)
    .execute()
  if (barred.length === 0) return true
  const records = barred.map((row) => row.record_id)
  const deputies = [...(await standIns(tx, [absent]))].filter((person) => person !== absent)
  if (deputies.length === 0) return true
  const holds = await tx.db
    .selectFrom('access.grant')
    .select('record_id')
    .where('record_id', 'in', records)
    .where('person_id', 'in', deputies)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', berlinDay(tx.now))]))
    .executeTakeFirst()
  if (holds) return false
  await tx.db
    .insertInto('access.barred')
    .values(barred.flatMap((row) => deputies.map((person_id) => ({ ...row, person_id }))))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return true
}
