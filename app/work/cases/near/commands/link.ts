import { bar, barredFrom, grantedOn } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { NotAllowed, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, lockCase } from '../../commands/store.ts'
import type { Missing } from '../../rules.ts'
import { arrows } from '../queries.ts'
import { arrowOf, closesCircle, matterOf, type Way } from '../rules.ts'

interface Linking {
  /** The other case's number, as typed. */
  readonly number: string
  readonly way: Way
}

const byNumber = async (tx: TenantTx, number: string): Promise<string | undefined> =>
  (
    await tx.db
      .selectFrom('cases.case')
      .select('id')
      .where('number', '=', number.trim().toUpperCase())
      .executeTakeFirst()
  )?.id

/** Links a case with another that the actor may open as well. Returns what stands in the way, or nothing. */
export async function linkCases(tx: TenantTx, here: string, { number, way }: Linking): Promise<Missing[]> {
  const other = await byNumber(tx, number)
  // A number that does not exist and one of a case she may not open get the same answer.
  if (!other || other === here) return [{ message: 'missing.number', field: 'number' }]
  for (const id of [here, other].toSorted()) await lockCase(tx, id)
  const arrow = arrowOf(here, other, way)
  const known = await arrows(tx)
  if (known.some(({ from, to }) => [from, to].toSorted().join() === [here, other].toSorted().join()))
    return [{ message: 'missing.linked', field: 'number' }]
  if (closesCircle(known, arrow)) return [{ message: 'missing.circle', field: 'way' }]
  if (way === 'same' && !(await keepAway(tx, matterOf([...known, arrow], here))))
    return [{ message: 'missing.barred', field: 'way' }]
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
  return []
}

/**
 * Whoever must not read one case of a matter must not read the others; the database does the same for what comes later
 * (`cases.bar_matter`). False where she already works on one.
 */
async function keepAway(tx: TenantTx, ids: readonly string[]): Promise<boolean> {
  const barred = [...(await barredFrom(tx, ids))]
  for (const id of ids) {
    const working = await grantedOn(tx, id)
    if (barred.some((person) => working.has(person))) return false
  }
  for (const id of ids) await bar(tx, id, barred)
  return true
}

/** Parts two cases; why is kept for whoever may open both. */
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
