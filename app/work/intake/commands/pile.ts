import { sql } from 'kysely'
import type { MunicipalityKeys } from '#platform/crypto/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'

const words = 3
const sketchSize = 12
const alike = 8

/** The smallest keyed hashes of all three-word sequences: texts that differ in a word share most of them. */
function sketchOf(text: string, keys: Pick<MunicipalityKeys, 'searchToken'>): bigint[] {
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

const mostSketched = 200

/** Plain reports of a day that have no sketch yet; nobody is kept from them, so none of them may stay hidden. */
async function unsketched(tx: TenantTx, day: string, first: string) {
  return tx.db
    .selectFrom('intake.report')
    .select(['id', 'content_key', 'observed'])
    .where('received_on', '=', day)
    .where('likeness', 'is', null)
    .where('held_for', 'is', null)
    .where('danger', '=', false)
    .where('channel', 'in', ['web', 'api'])
    .where('synthetic', '=', false)
    .where('case_id', 'is', null)
    .where('step_kind', '<>', sql.lit('closed'))
    .where('id', 'not in', (db) => db.selectFrom('access.barred').select('record_id'))
    .orderBy((eb) => eb.case().when('id', '=', first).then(0).else(1).end())
    .orderBy('id')
    .limit(mostSketched)
    .execute()
}

async function sketch(tx: TenantTx, row: Awaited<ReturnType<typeof unsketched>>[number]): Promise<bigint[]> {
  const key = await livingKey(tx, row.content_key)
  const text = tx.keys.reveal(key, { table: 'intake.report', column: 'observed', row: row.id }, row.observed)
  const likeness = sketchOf(text, tx.keys)
  await tx.db
    .updateTable('intake.report')
    .set({ likeness: asArray(likeness) })
    .where('id', '=', row.id)
    .execute()
  return likeness
}

const asArray = (likeness: readonly bigint[]) => sql<bigint[]>`${`{${likeness.join(',')}}`}::bigint[]`

/**
 * Folds a report that came in a flood onto the pile it looks like; those of the day that came before the flood was
 * noticed fold too. Runs as the program. What somebody must not see lies on no pile: its size would tell.
 */
export async function foldOntoPile(tx: TenantTx, id: string): Promise<void> {
  // One at a time: two that fold at once would each wait for the other's rows.
  await sql`select pg_advisory_xact_lock(${tx.municipality}, hashtext('intake.pile'))`.execute(tx.db)
  const row = await tx.db.selectFrom('intake.report').select('received_on').where('id', '=', id).executeTakeFirst()
  if (!row) return
  const sketches = new Map<string, bigint[]>()
  for (const one of await unsketched(tx, row.received_on, id)) sketches.set(one.id, await sketch(tx, one))
  const own = sketches.get(id)
  if (!own) return
  const mates = await tx.db
    .selectFrom('intake.report')
    .select(['id', 'pile'])
    .where('received_on', '=', row.received_on)
    .where('id', '<>', id)
    .where('id', 'not in', (db) => db.selectFrom('access.barred').select('record_id'))
    .where(sql<boolean>`likeness && ${asArray(own)}`)
    .where(
      sql<boolean>`(select count(*) from unnest(likeness) one where one = any (${asArray(own)})) >= ${Math.min(alike, own.length)}`,
    )
    .orderBy('waiting_since')
    .orderBy('id')
    .execute()
  const [first] = mates
  if (!first) return
  const pile = mates.find((mate) => mate.pile)?.pile ?? first.id
  const loose = [id, ...mates.filter((mate) => !mate.pile).map((mate) => mate.id)]
  await tx.db.updateTable('intake.report').set({ pile }).where('id', 'in', loose).execute()
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
