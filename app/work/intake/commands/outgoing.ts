import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { translationAsked } from '../facts.ts'
import { languageOf } from '../queries/sentences.ts'
import { layInMailbox } from './answer.ts'
import { demandInterpreter, interpreterDays } from './translate.ts'

/** An answer, written in German, goes to an interpreter before whoever reported sees it. */
export async function askForAnswer(
  tx: TenantTx,
  { report, text, person }: { report: string; text: string; person: string },
): Promise<void> {
  await demandInterpreter(tx, report, person)
  const language = await languageOf(tx, report)
  const row = await tx.db
    .selectFrom('intake.report')
    .select('content_key')
    .where('id', '=', report)
    .executeTakeFirstOrThrow()
  const [id, key] = [newId(), await livingKey(tx, row.content_key)]
  const today = berlinDay(tx.now)
  await tx.db
    .insertInto('intake.translation')
    .values({
      id,
      report_id: report,
      message_id: null,
      direction: 'out',
      content_key: key.id,
      language,
      source: tx.keys.seal<'report'>(key, { table: 'intake.translation', column: 'source', row: id }, text),
      interpreter: person,
      asked_on: today,
      until_on: addDays(today, interpreterDays),
    })
    .execute()
  await record(tx, 'translation-asked', `report:${report}`)
  await tell(tx, translationAsked, `translation:${id}`, { person })
}

async function lockOutgoing(tx: TenantTx, report: string, id: string) {
  const row = await tx.db
    .selectFrom('intake.translation')
    .select(['id', 'language', 'text', 'content_key', 'version'])
    .where('id', '=', id)
    .where('report_id', '=', report)
    .where('direction', '=', 'out')
    .where('message_id', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('answer', { hidden: true })
  return row
}

/** Lays the translated answer in the mailbox. False when the text is another one than was read (`version`). */
export async function sendTranslated(tx: TenantTx, report: string, id: string, version: number): Promise<boolean> {
  const row = await lockOutgoing(tx, report, id)
  if (!row.text || row.version !== version) return false
  const key = await livingKey(tx, row.content_key)
  const text = tx.keys.reveal(key, { table: 'intake.translation', column: 'text', row: id }, row.text)
  const message = await layInMailbox(tx, report, { language: row.language, text })
  await tx.db.updateTable('intake.translation').set({ message_id: message, ended: true }).where('id', '=', id).execute()
  return true
}

/** Nothing of it reaches the mailbox, and the interpreter sees it no more. */
export async function dropOutgoing(tx: TenantTx, report: string, id: string): Promise<void> {
  await lockOutgoing(tx, report, id)
  await tx.db.deleteFrom('intake.translation').where('id', '=', id).execute()
  await record(tx, 'answer-dropped', `report:${report}`)
}
