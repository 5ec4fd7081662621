import { indexRecord } from '#platform/search/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { newestAssessment } from '../queries/course.ts'
import { partiesOf } from '../think/queries.ts'
import { depthWords } from '../think/schema.ts'
import { reveal } from './store.ts'

/** Every case there is, for making the search index anew. */
export const caseIds = async (tx: TenantTx): Promise<string[]> =>
  (await tx.db.selectFrom('cases.case').select('id').execute()).map(({ id }) => id)

/** Makes a case findable by its newest assessment (its matter while there is none) and by what its parties are called. */
export async function makeCaseFindable(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db
    .selectFrom('cases.case')
    .select(['content_key', 'matter'])
    .where('id', '=', id)
    .executeTakeFirst()
  const key = row && (await recordKey(tx, row.content_key))
  if (!row || !key) return
  const newest = await newestAssessment(tx, id, row.content_key)
  const matter = reveal(tx, key, ['case', 'matter', id], row.matter)
  const said = newest && [
    newest.matter,
    newest.nextStep,
    newest.notes,
    ...Object.values(newest.answers).flat(),
    ...depthWords(newest.depth),
  ]
  const { present } = await partiesOf(tx, id, row.content_key)
  const parties = present.flatMap(({ label, about }) => [label, about])
  await indexRecord(
    tx,
    id,
    [...(said ?? [matter]), ...parties].filter((text) => text !== undefined),
  )
}
