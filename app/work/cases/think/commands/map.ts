import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, enter, lockOpenCase, seal } from '../../commands/store.ts'
import type { MapDocument, Unplaced } from '../map/document.ts'
import { layout } from '../map/layout.ts'

const newest = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.map')
    .select(['id', 'number', 'edition', 'made_on'])
    .where('case_id', '=', caseId)
    .orderBy('number', 'desc')
    .executeTakeFirst()

/**
 * Keeps the map: the version of today, or a new one on a new day. `onto` is the edition the form was made from, 0 for
 * none; throws StaleEdit when there is a newer one. Actors without a place get one beside those that have.
 */
export async function saveMap(
  tx: TenantTx,
  caseId: string,
  document: MapDocument<Unplaced>,
  onto: number,
): Promise<void> {
  const { key } = await lockOpenCase(tx, caseId)
  const last = await newest(tx, caseId)
  if (onto !== (last?.edition ?? 0)) throw new StaleEdit(onto, last?.edition ?? 0)
  const placed = document.actors.every(({ x }) => x !== undefined) ? document : await layout(document)
  const today = berlinDay(tx.now)
  const same = last?.made_on === today ? last : undefined
  const id = same?.id ?? newId()
  const row = {
    edition: (last?.edition ?? 0) + 1,
    made_on: today,
    made_by: actor(tx),
    content: seal(tx, key, 'map', 'content', id, JSON.stringify(placed)),
  }
  if (same) await tx.db.updateTable('cases.map').set(row).where('id', '=', id).execute()
  else {
    await tx.db
      .insertInto('cases.map')
      .values({ id, case_id: caseId, number: (last?.number ?? 0) + 1, ...row })
      .execute()
    await enter(tx, caseId, key, { kind: 'mapped' })
  }
  await record(tx, 'mapped', `case:${caseId}`)
}
