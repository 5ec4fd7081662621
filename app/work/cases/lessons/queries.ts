import { recordReading } from '#platform/audit/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { reveal } from '../commands/store.ts'

const drafts = (tx: TenantTx) =>
  tx.db
    .selectFrom('cases.lesson_draft')
    .select(['id', 'content_key', 'title', 'text', 'state', 'drafted_by', 'version'])
type Row = Awaited<ReturnType<ReturnType<typeof drafts>['execute']>>[number]

async function opened(tx: TenantTx, row: Row) {
  const key = await recordKey(tx, row.content_key)
  if (!key) return []
  const open = (column: 'title' | 'text') => reveal(tx, key, ['lesson_draft', column, row.id], row[column])
  const { id, state, version } = row
  return [{ id, title: open('title'), text: open('text'), state, version }]
}
export type Draft = Awaited<ReturnType<typeof opened>>[number]

/** The draft of a case's lesson; undefined when nobody has begun one. */
export async function draftOf(tx: TenantTx, caseId: string): Promise<Draft | undefined> {
  const row = await drafts(tx).where('case_id', '=', caseId).executeTakeFirst()
  return row && (await opened(tx, row))[0]
}

/** What waits for this person to be released; what she wrote herself does not. Writes one entry. */
export async function askedLessons(tx: TenantTx, person: string): Promise<Draft[]> {
  const [rows] = await Promise.all([
    drafts(tx)
      .where('state', '=', 'asked')
      .where('drafted_by', '<>', person)
      .orderBy('drafted_on')
      .orderBy('id')
      .execute(),
    recordReading(tx, 'listed', 'lessons:asked'),
  ])
  return (await Promise.all(rows.map((row) => opened(tx, row)))).flat()
}

/** The released lessons, the newest first. */
export const lessons = (tx: TenantTx) =>
  tx.db
    .selectFrom('cases.lesson')
    .select(['id', 'title', 'text', 'released_on as releasedOn'])
    .orderBy('released_on', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
