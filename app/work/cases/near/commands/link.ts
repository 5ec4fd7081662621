import { sql } from 'kysely'
import { bar, barredFrom, grantedOn } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { NotAllowed, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, lockCase } from '../../commands/store.ts'
import type { Missing } from '../../rules.ts'
import { arrows } from '../queries.ts'
import { arrowOf, closesCircle, shutOut, type Side, type Way } from '../rules.ts'

interface Linking {
  /** The other case's number, as typed. */
  readonly number: string
  readonly way: Way
  /** Knows that somebody will be kept from one of them, and wants it. */
  readonly agreed?: boolean
}

const byNumber = async (tx: TenantTx, number: string): Promise<string | undefined> =>
  (
    await tx.db
      .selectFrom('cases.case')
      .select('id')
      .where('number', '=', number.trim().toUpperCase())
      .executeTakeFirst()
  )?.id

/**
 * Links a case with another that the actor may open as well. Whoever is kept from one is kept from the other from then on;
 * where that takes a case from somebody who works on it, only whoever `assigns` cases may want it. Returns what stands in
 * the way, or nothing.
 */
export async function linkCases(
  tx: TenantTx,
  here: string,
  { number, way, agreed = false }: Linking,
  assigns = false,
): Promise<Missing[]> {
  const other = await byNumber(tx, number)
  // A number that does not exist and one of a case she may not open get the same answer.
  if (!other || other === here) return [{ message: 'missing.number', field: 'number' }]
  for (const id of [here, other].toSorted()) await lockCase(tx, id)
  const arrow = arrowOf(here, other, way)
  const known = await arrows(tx)
  if (known.some(({ from, to }) => [from, to].toSorted().join() === [here, other].toSorted().join()))
    return [{ message: 'missing.linked', field: 'number' }]
  if (closesCircle(known, arrow)) return [{ message: 'missing.circle', field: 'way' }]
  await sql`select cases.hold_links(${tx.municipality})`.execute(tx.db)
  const sides = [await sideOf(tx, here), await sideOf(tx, other)] as const
  const lost = shutOut(sides)
  if (lost.working.size > 0 && !assigns) return [{ message: 'missing.barred', field: 'number' }]
  if (lost.persons.size > 0 && !agreed)
    return [{ message: lost.working.size > 0 ? 'missing.agreed.working' : 'missing.agreed', field: 'agreed' }]
  await tx.db
    .insertInto('cases.link')
    .values({
      id: newId(),
      from_case: arrow.from,
      to_case: arrow.to,
      kind: arrow.kind,
      made_at: tx.now,
      made_by: actor(tx),
    })
    .execute()
  for (const id of [here, other]) await record(tx, 'linked', `case:${id}`)
  // The link stands, so the database carries it on to whatever hangs together with them (`cases.bar_linked`).
  const [one, two] = sides
  await bar(tx, here, [...two.barred])
  await bar(tx, other, [...one.barred])
  return []
}

/** A case with all that hangs together with it, also what the actor may not open: nothing of that is told. */
async function sideOf(tx: TenantTx, id: string): Promise<Side> {
  const { rows } = await sql<{
    id: string
  }>`select id from cases.hanging_together(${tx.municipality}, ${id}) id`.execute(tx.db)
  const working = new Set<string>()
  for (const one of rows) for (const person of await grantedOn(tx, one.id)) working.add(person)
  const barred = await barredFrom(
    tx,
    rows.map((one) => one.id),
  )
  return { barred, working }
}

/** Parts two cases; why is kept for whoever may open both. Whoever was kept away stays so: only what comes later is not carried on. */
export async function partCases(tx: TenantTx, here: string, id: string, reason: string): Promise<Missing[]> {
  if (reason.trim() === '') return [{ message: 'missing.reason', field: 'reason' }]
  const row = await tx.db
    .selectFrom('cases.link')
    .select(['from_case', 'to_case'])
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('from_case', '=', here), eb('to_case', '=', here)]))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('case', { hidden: true })
  const { key } = await lockCase(tx, row.from_case)
  const sealed = tx.keys.seal<'case'>(key, { table: 'cases.link', column: 'reason', row: id }, reason.trim())
  await tx.db
    .updateTable('cases.link')
    .set({ ended_at: tx.now, ended_by: actor(tx), reason: sealed })
    .where('id', '=', id)
    .execute()
  for (const one of [row.from_case, row.to_case]) await record(tx, 'parted', `case:${one}`)
  return []
}
