import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { actor } from './store.ts'

const at = (id: string) => ({ table: 'cases.note', column: 'text', row: id })

const ownRow = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.note')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor(tx))
    .executeTakeFirst()

/** One's own note about a case; the empty one while there is none, or its key is gone. */
export async function ownNote(tx: TenantTx, caseId: string): Promise<{ text: string; version: number }> {
  const row = await ownRow(tx, caseId)
  const key = row && (await recordKey(tx, row.note_key))
  if (!row || !key) return { text: '', version: 0 }
  return { text: tx.keys.reveal(key, at(row.id), row.text), version: row.version }
}

/** A key that nothing needs any more is destroyed in the coming night. */
export const giveUp = (tx: TenantTx, key: string) =>
  tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('id', '=', key)
    .execute()

/** Whoever wrote them has left: nobody else may read them, so they go. */
export async function forgetNotesOf(tx: TenantTx, person: string): Promise<void> {
  for (const table of ['cases.note', 'cases.look_back'] as const) {
    const rows = await tx.db.deleteFrom(table).where('person_id', '=', person).returning('note_key').execute()
    for (const { note_key: key } of rows) await giveUp(tx, key)
  }
}

/**
 * Writes one's own note about an open case; an empty text takes it away. Throws StaleEdit when it was changed in
 * another window.
 */
export async function writeNote(tx: TenantTx, caseId: string, text: string, version: number): Promise<void> {
  const found = await tx.db
    .selectFrom('cases.case')
    .select('closed_on')
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
  if (!found) throw new NotAllowed('case', { hidden: true })
  if (found.closed_on) throw new NotAllowed('note', { hidden: false })
  const row = await ownRow(tx, caseId)
  const living = row && (await recordKey(tx, row.note_key))
  if ((living ? row.version : 0) !== version) throw new StaleEdit(version, living ? row.version : 0)
  await record(tx, 'noted', `case:${caseId}`)
  if (row && (text === '' || !living)) {
    await tx.db.deleteFrom('cases.note').where('id', '=', row.id).execute()
    await giveUp(tx, row.note_key)
  }
  if (text === '') return
  if (row && living) {
    const sealed = tx.keys.seal<'handler-notes'>(living, at(row.id), text)
    await tx.db
      .updateTable('cases.note')
      .set({ text: sealed, version: row.version + 1 })
      .where('id', '=', row.id)
      .execute()
    return
  }
  const [id, key] = [newId(), await addKey(tx, 'handler-notes', caseId)]
  const sealed = tx.keys.seal<'handler-notes'>(await livingKey(tx, key.id), at(id), text)
  await tx.db
    .insertInto('cases.note')
    .values({ id, case_id: caseId, person_id: actor(tx), note_key: key.id, text: sealed })
    .execute()
}
