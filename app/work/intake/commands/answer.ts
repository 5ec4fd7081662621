import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { closingAnswer } from '#work/cases/index.ts'
import { calendarOf, modelInForce } from '#work/model/index.ts'
import { answerGiven, messageReceived } from '../facts.ts'
import { mailbox } from '../queries.ts'

interface Message {
  readonly report: string
  readonly sender: 'reporter' | 'office'
  readonly language: string
  readonly text: string
  /** Made from the form's once key: sent twice, the second meets the first. */
  readonly id?: string
}

async function addMessage(
  tx: TenantTx,
  contentKey: string,
  { report, sender, language, text, id = newId() }: Message,
): Promise<string> {
  const key = await livingKey(tx, contentKey)
  const sealed = tx.keys.seal<'report'>(key, { table: 'intake.message', column: 'text', row: id }, text)
  await tx.db
    .insertInto('intake.message')
    .values({
      id,
      report_id: report,
      number: sql<number>`(select coalesce(max(m.number), 0) + 1 from intake.message m where m.report_id = ${report})`,
      sent_on: berlinDay(tx.now),
      sender,
      language,
      text: sealed,
    })
    .execute()
  return id
}

/** The office answers into the mailbox, in German; the first answer stops the clock. */
export async function answerReporter(tx: TenantTx, report: string, text: string): Promise<void> {
  await layInMailbox(tx, report, { language: 'de', text })
}

/** The same in any language. Returns the message's id. */
export async function layInMailbox(
  tx: TenantTx,
  report: string,
  { language, text }: { language: string; text: string },
): Promise<string> {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['content_key', 'language', 'received_on', 'first_answer_on'])
    .where('id', '=', report)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const message = await addMessage(tx, row.content_key, { report, sender: 'office', language, text })
  if (!row.first_answer_on) {
    const today = berlinDay(tx.now)
    const days = calendarOf(await modelInForce(tx)).workingDaysBetween(row.received_on, today)
    await tx.db
      .updateTable('intake.report')
      .set({ first_answer_on: today, working_days_to_answer: days, due_at: null })
      .where('id', '=', report)
      .execute()
  }
  await record(tx, 'answered', `report:${report}`)
  await tell(tx, answerGiven, `report:${report}`, {})
  return message
}

/** A case has ended: every report in it gets the closing answer. */
export async function answerFromCase(tx: TenantTx, caseId: string): Promise<void> {
  const text = await closingAnswer(tx, caseId)
  if (!text) return
  const reports = await tx.db.selectFrom('intake.report').select('id').where('case_id', '=', caseId).execute()
  for (const { id } of reports) await answerReporter(tx, id, text)
}

/** The reporter writes into the mailbox. False for a code that opens nothing. */
export async function writeToOffice(tx: TenantTx, code: string, text: string, id?: string): Promise<boolean> {
  const box = await mailbox(tx, code)
  if (!box) return false
  await addMessage(tx, box.contentKey.id, { report: box.id, sender: 'reporter', language: box.language, text, id })
  await record(tx, 'wrote', `report:${box.id}`)
  await tell(tx, messageReceived, `report:${box.id}`, { ownerRole: box.ownerRole })
  return true
}
