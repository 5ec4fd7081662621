import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { actor, lockCase, reveal, seal } from '../commands/store.ts'
import { lessonReleased, lessonWithdrawn } from '../facts.ts'

/** What a case taught, as its page writes it. */
export interface Lesson {
  readonly title: string
  readonly text: string
}

/**
 * Writes the draft of a closed case's lesson, in place of the one before. `onto` is the version the form was made
 * from, 0 for none; throws StaleEdit when there is a newer one. With `ask` a second person is asked to release it.
 */
export async function draftLesson(
  tx: TenantTx,
  caseId: string,
  lesson: Lesson,
  onto: number,
  ask: boolean,
): Promise<void> {
  const { row, key } = await lockCase(tx, caseId)
  if (!row.closed_on) throw new NotAllowed('open case', { hidden: false })
  const before = await tx.db
    .selectFrom('cases.lesson_draft')
    .select(['id', 'version'])
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
  if (onto !== (before?.version ?? 0)) throw new StaleEdit(onto, before?.version ?? 0)
  const id = before?.id ?? newId()
  const put = (column: keyof Lesson) => seal(tx, key, 'lesson_draft', column, id, lesson[column])
  const written = {
    title: put('title'),
    text: put('text'),
    state: ask ? ('asked' as const) : ('draft' as const),
    drafted_by: actor(tx),
    drafted_on: berlinDay(tx.now),
    version: onto + 1,
  }
  if (before) await tx.db.updateTable('cases.lesson_draft').set(written).where('id', '=', id).execute()
  else
    await tx.db
      .insertInto('cases.lesson_draft')
      .values({ id, case_id: caseId, content_key: row.content_key, ...written })
      .execute()
  await record(tx, ask ? 'asked-lesson' : 'drafted-lesson', `case:${caseId}`)
}

/** The second person's answer: released it leaves its case behind, or it goes back to whoever wrote it. */
export async function answerLesson(tx: TenantTx, id: string, release: boolean): Promise<void> {
  const row = await tx.db
    .selectFrom('cases.lesson_draft')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.drafted_by === actor(tx)) throw new NotAllowed('lesson', { hidden: true })
  if (!release) {
    await tx.db.updateTable('cases.lesson_draft').set({ state: 'back' }).where('id', '=', id).execute()
    await record(tx, 'gave-back-lesson', `lesson:${id}`)
    return
  }
  const key = await livingKey(tx, row.content_key)
  const open = (column: keyof Lesson) => reveal(tx, key, ['lesson_draft', column, id], row[column])
  const lesson = newId()
  await tx.db
    .insertInto('cases.lesson')
    .values({
      id: lesson,
      title: open('title'),
      text: open('text'),
      drafted_by: row.drafted_by,
      released_by: actor(tx),
      released_on: berlinDay(tx.now),
    })
    .execute()
  await tx.db.deleteFrom('cases.lesson_draft').where('id', '=', id).execute()
  await record(tx, 'released-lesson', `lesson:${lesson}`)
  await tell(tx, lessonReleased, `lesson:${lesson}`, {})
}

/** Takes a released lesson back; it stands nowhere any more. */
export async function withdrawLesson(tx: TenantTx, id: string): Promise<void> {
  const gone = await tx.db.deleteFrom('cases.lesson').where('id', '=', id).executeTakeFirst()
  if (gone.numDeletedRows === 0n) throw new NotAllowed('lesson', { hidden: true })
  await record(tx, 'withdrew-lesson', `lesson:${id}`)
  await tell(tx, lessonWithdrawn, `lesson:${id}`, {})
}
