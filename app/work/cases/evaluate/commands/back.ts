import { z } from 'zod'
import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, livingKey, recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { giveUp } from '../../commands/note.ts'
import { actor } from '../../commands/store.ts'
import { draftOf } from '../../lessons/queries.ts'
import { draftLesson } from '../../lessons/commands.ts'

/** What somebody who worked on a case asks herself at its end. Pure form: nothing of it has to be answered. */
const short = z.string().trim().max(2_000, 'error.long').default('')
export const lookingBack = z.object({
  helped: short,
  otherwise: short,
  format: z.enum(['yes', 'no', 'unsure']).optional(),
})
export type LookBack = z.output<typeof lookingBack>

const at = (id: string) => ({ table: 'cases.look_back', column: 'said', row: id })

const ownRow = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.look_back')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('person_id', '=', actor(tx))
    .executeTakeFirst()

const none = { said: { helped: '', otherwise: '' } as LookBack, version: 0 }

/** One's own look back; the empty one while there is none, or its key is gone. */
export async function ownLookBack(tx: TenantTx, caseId: string): Promise<{ said: LookBack; version: number }> {
  const row = await ownRow(tx, caseId)
  const key = row && (await recordKey(tx, row.note_key))
  if (!row || !key) return none
  return { said: JSON.parse(tx.keys.reveal(key, at(row.id), row.said)) as LookBack, version: row.version }
}

export const saysNothing = ({ helped, otherwise, format }: LookBack): boolean =>
  helped === '' && otherwise === '' && format === undefined

/** Writes one's own look back at a case one may open. Throws StaleEdit when it was changed in another window. */
export async function lookBack(tx: TenantTx, caseId: string, said: LookBack, version: number): Promise<void> {
  if (saysNothing(said)) throw new NotAllowed('look-back', { hidden: false })
  const open = tx.db.selectFrom('cases.case').select('id').where('id', '=', caseId).forUpdate()
  if (!(await open.executeTakeFirst())) throw new NotAllowed('case', { hidden: true })
  const row = await ownRow(tx, caseId)
  const living = row && (await recordKey(tx, row.note_key))
  if ((living ? row.version : 0) !== version) throw new StaleEdit(version, living ? row.version : 0)
  await record(tx, 'looked-back', `case:${caseId}`)
  const written_on = berlinDay(tx.now)
  if (row && living) {
    const sealed = tx.keys.seal<'handler-notes'>(living, at(row.id), JSON.stringify(said))
    await tx.db
      .updateTable('cases.look_back')
      .set({ said: sealed, written_on, version: version + 1 })
      .where('id', '=', row.id)
      .execute()
    return
  }
  if (row) await dropLookBack(tx, caseId)
  const [id, { id: note_key }] = [newId(), await addKey(tx, 'handler-notes', caseId)]
  const sealed = tx.keys.seal<'handler-notes'>(await livingKey(tx, note_key), at(id), JSON.stringify(said))
  await tx.db
    .insertInto('cases.look_back')
    .values({ id, case_id: caseId, person_id: actor(tx), note_key, said: sealed, written_on })
    .execute()
}

/** Takes one's own look back away, and has its key destroyed. */
export async function dropLookBack(tx: TenantTx, caseId: string): Promise<void> {
  const row = await ownRow(tx, caseId)
  if (!row) return
  await tx.db.deleteFrom('cases.look_back').where('id', '=', row.id).execute()
  await giveUp(tx, row.note_key)
}

/**
 * Begins the draft of a lesson with what helped and what one would do otherwise; from here on whoever may write lessons
 * of this case reads it. False, and nothing happens, where somebody has begun one already.
 */
export async function proposeLesson(tx: TenantTx, caseId: string, title: string): Promise<boolean> {
  if (await draftOf(tx, caseId)) return false
  const { said } = await ownLookBack(tx, caseId)
  const text = [said.helped, said.otherwise].filter((one) => one !== '').join('\n\n')
  if (text === '') throw new NotAllowed('lesson', { hidden: false })
  await draftLesson(tx, caseId, { title, text }, 0, false)
  return true
}
