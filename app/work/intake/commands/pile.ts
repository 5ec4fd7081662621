import { sql } from 'kysely'
import type { MunicipalityKeys } from '#platform/crypto/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'

const words = 3
const sketchSize = 12
const alike = 8

/** The smallest keyed hashes of all three-word sequences: texts that differ in a word share most of them. */
export function sketchOf(text: string, keys: Pick<MunicipalityKeys, 'searchToken'>): bigint[] {
  const plain =
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/\p{L}+/gu) ?? []
  const sequences = new Set(
    plain.slice(0, Math.max(1, plain.length - words + 1)).map((_, i) => plain.slice(i, i + words).join(' ')),
  )
  return [...sequences]
    .map((sequence) => keys.searchToken(sequence))
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .slice(0, sketchSize)
}

/**
 * Folds a report that came in a flood onto the pile it looks like. Runs as the program. What somebody must not see
 * lies on no pile: its size would tell.
 */
export async function foldOntoPile(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['content_key', 'observed', 'held_for', 'danger', 'received_on'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row || row.held_for || row.danger) return
  const key = await livingKey(tx, row.content_key)
  const sketch = sketchOf(
    tx.keys.reveal(key, { table: 'intake.report', column: 'observed', row: id }, row.observed),
    tx.keys,
  )
  const likeness = sql<bigint[]>`${`{${sketch.join(',')}}`}::bigint[]`
  const needed = Math.min(alike, sketch.length)
  const mate = await tx.db
    .selectFrom('intake.report')
    .select(['id', 'pile'])
    .where('received_on', '=', row.received_on)
    .where('held_for', 'is', null)
    .where('id', '<>', id)
    .where(sql<boolean>`likeness && ${likeness}`)
    .where(sql<boolean>`(select count(*) from unnest(likeness) one where one = any (${likeness})) >= ${needed}`)
    .limit(1)
    .executeTakeFirst()
  const pile = mate && (mate.pile ?? mate.id)
  await tx.db
    .updateTable('intake.report')
    .set({ likeness, ...(pile ? { pile } : {}) })
    .where('id', '=', id)
    .execute()
  if (mate && !mate.pile) await tx.db.updateTable('intake.report').set({ pile }).where('id', '=', mate.id).execute()
}

/** What still lies on the pile of a report, at the same step: one decision empties it. Locked until it is written. */
export async function pileMates(
  tx: TenantTx,
  id: string,
  { pile, step }: { readonly pile: string | null; readonly step: string },
): Promise<string[]> {
  if (!pile) return []
  const rows = await tx.db
    .selectFrom('intake.report')
    .select('id')
    .where('pile', '=', pile)
    .where('id', '<>', id)
    .where('step', '=', step)
    .where('case_id', 'is', null)
    .where('merged_into', 'is', null)
    .where('held_for', 'is', null)
    .where('danger', '=', false)
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}
