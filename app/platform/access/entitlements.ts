import { record } from '../audit/index.ts'
import { berlinDay, newId, NotAllowed } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

export interface Entitlement {
  readonly entitlement: string
  /** Calendar day on which the proof was seen. */
  readonly seenOn: string
  /** Last day it holds; null until it is ended. */
  readonly untilOn: string | null
}

/** Notes that somebody has shown a proof. Nobody does it for herself; a newer proof takes the place of the old one. */
export async function entitle(
  tx: TenantTx,
  person: string,
  { entitlement, seenOn, untilOn }: Entitlement,
): Promise<void> {
  if (tx.who.kind !== 'person' || tx.who.id === person) throw new NotAllowed('own entitlement', { hidden: false })
  const row = { seen_on: seenOn, until_on: untilOn, seen_by: tx.who.id }
  await tx.db
    .insertInto('access.entitlement')
    .values({ id: newId(), person_id: person, entitlement, ...row })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'person_id', 'entitlement']).doUpdateSet(row))
    .execute()
  await record(tx, 'entitled', `person:${person}:${entitlement}`)
}

/** From now on the proof counts no more. */
export async function endEntitlement(tx: TenantTx, person: string, entitlement: string): Promise<void> {
  if (tx.who.kind === 'person' && tx.who.id === person) throw new NotAllowed('own entitlement', { hidden: false })
  const { numDeletedRows } = await tx.db
    .deleteFrom('access.entitlement')
    .where('person_id', '=', person)
    .where('entitlement', '=', entitlement)
    .executeTakeFirst()
  if (numDeletedRows > 0n) await record(tx, 'entitlement-ended', `person:${person}:${entitlement}`)
}

/** What somebody has shown, also what has run out. */
export async function entitlementsOf(tx: TenantTx, person: string): Promise<(Entitlement & { seenBy: string })[]> {
  const rows = await tx.db
    .selectFrom('access.entitlement as e')
    .leftJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'e.municipality_id').onRef('p.id', '=', 'e.seen_by'),
    )
    .select(['e.entitlement', 'e.seen_on as seenOn', 'e.until_on as untilOn', 'p.name as seenBy'])
    .where('e.person_id', '=', person)
    .orderBy('e.entitlement')
    .execute()
  return rows.map((row) => ({ ...row, seenBy: row.seenBy ?? '' }))
}

/** What each of these persons may do today by what she has shown; somebody without anything is missing. */
export async function entitled(tx: TenantTx, persons: readonly string[]): Promise<Map<string, Set<string>>> {
  if (persons.length === 0) return new Map()
  const rows = await tx.db
    .selectFrom('access.entitlement')
    .select(['person_id', 'entitlement'])
    .where('person_id', 'in', [...persons])
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', berlinDay(tx.now))]))
    .execute()
  const byPerson = Map.groupBy(rows, ({ person_id }) => person_id)
  return new Map([...byPerson].map(([person, of]) => [person, new Set(of.map((one) => one.entitlement))]))
}
