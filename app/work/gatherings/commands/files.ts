import { record } from '#platform/audit/index.ts'
import type { Taken } from '#platform/files/index.ts'
import { newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { lockGathering, reveal, seal } from './store.ts'

/** Largest upload in bytes, and how many files a gathering may have. */
export const largestFile = 5 * 1024 * 1024
export const mostFiles = 20

/** What stands in a list: not the file itself. */
export interface FileEntry {
  readonly id: string
  readonly title: string
  readonly kind: Taken['kind']
  readonly bytes: number
}

export const filesOf = (tx: TenantTx, gathering: string): Promise<FileEntry[]> =>
  tx.db
    .selectFrom('gatherings.file')
    .select(['id', 'title', 'kind', 'bytes'])
    .where('gathering_id', '=', gathering)
    .orderBy('added_at')
    .orderBy('id')
    .execute()

/** Adds a file: sealed as long as the results are not published. False when there are too many. */
export async function addFile(
  tx: TenantTx,
  gathering: string,
  title: string,
  { kind, bytes }: Taken,
): Promise<boolean> {
  const row = await lockGathering(tx, gathering)
  if ((await filesOf(tx, gathering)).length >= mostFiles) return false
  const id = newId()
  const sealed = row.published_on
    ? null
    : seal<'file'>(tx, await livingKey(tx, row.content_key), ['file', 'content', id], bytes.toString('base64'))
  const content = sealed ? null : bytes
  await tx.db
    .insertInto('gatherings.file')
    .values({ id, gathering_id: gathering, title, kind, bytes: bytes.length, sealed, content, added_at: tx.now })
    .execute()
  await record(tx, 'uploaded', `gathering:${gathering}`)
  return true
}

export async function removeFile(tx: TenantTx, gathering: string, id: string): Promise<void> {
  await tx.db.deleteFrom('gatherings.file').where('gathering_id', '=', gathering).where('id', '=', id).execute()
  await record(tx, 'removed', `gathering:${gathering}`)
}

/** One file of a gathering with its bytes, opened where it is sealed still. Throws NotAllowed for none. */
export async function fileOf(tx: TenantTx, gathering: string, id: string): Promise<Taken & { readonly title: string }> {
  const row = await tx.db
    .selectFrom('gatherings.file as f')
    .innerJoin('gatherings.gathering as g', (join) =>
      join.onRef('g.municipality_id', '=', 'f.municipality_id').onRef('g.id', '=', 'f.gathering_id'),
    )
    .select(['f.title', 'f.kind', 'f.sealed', 'f.content', 'g.content_key'])
    .where('f.gathering_id', '=', gathering)
    .where((eb) => eb(eb.cast<string>('f.id', 'text'), '=', id))
    .executeTakeFirst()
  const key = row?.sealed ? await recordKey(tx, row.content_key) : undefined
  const bytes =
    row?.content ?? (row?.sealed && key && Buffer.from(reveal(tx, key, ['file', 'content', id], row.sealed), 'base64'))
  if (!row || !bytes) throw new NotAllowed('file', { hidden: true })
  return { title: row.title, kind: row.kind, bytes }
}

/** With the results the files go public, and lie plain from then on. */
export async function publishFiles(tx: TenantTx, gathering: string): Promise<void> {
  for (const { id } of await filesOf(tx, gathering)) {
    const { bytes } = await fileOf(tx, gathering, id)
    await tx.db.updateTable('gatherings.file').set({ sealed: null, content: bytes }).where('id', '=', id).execute()
  }
}
