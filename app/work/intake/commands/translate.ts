import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { addDays, berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { translationAsked, translationDone } from '../facts.ts'
import { headlineOf } from '../rules.ts'
import type { Extras } from '../schema.ts'
import { makeFindable } from './find.ts'

/** So long an interpreter sees the text she was asked for, in days. */
export const interpreterDays = 14

/** Roles that may put texts into another language, by the model in force. */
export async function interpreterRoles(tx: TenantTx): Promise<string[]> {
  const model = await modelInForce(tx)
  return [...model.verbs].flatMap(([role, verbs]) => (verbs.has('intake.interpret') ? [role] : []))
}

/** What is to be translated or checked: the report's own words, or one message. */
export interface OneText {
  readonly report: string
  readonly message?: string
}

async function sourceOf(tx: TenantTx, { report, message }: OneText) {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['content_key', 'language', 'observed', 'concluded', 'extras', 'veil'])
    .where('id', '=', report)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const key = await livingKey(tx, row.content_key)
  if (message) {
    const found = await tx.db
      .selectFrom('intake.message')
      .select(['text', 'language'])
      .where('id', '=', message)
      .where('report_id', '=', report)
      .executeTakeFirst()
    if (!found) throw new NotAllowed('message', { hidden: true })
    const text = tx.keys.reveal(key, { table: 'intake.message', column: 'text', row: message }, found.text)
    return { key, language: found.language, text, veil: row.veil }
  }
  const reveal = (column: 'observed' | 'concluded' | 'extras') => {
    const value = row[column]
    return value ? tx.keys.reveal(key, { table: 'intake.report', column, row: report }, value) : undefined
  }
  const extras = JSON.parse(reveal('extras') ?? '{}') as Extras
  const text = inOneText(reveal('observed'), reveal('concluded'), extras.place)
  return { key, language: row.language, text, veil: row.veil }
}

/** The parts of a report as one text to be translated. */
export const inOneText = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n\n')

/** The row for one text, made when there is none yet. */
async function rowFor(tx: TenantTx, which: OneText, interpreter: string | null): Promise<string> {
  const found = await tx.db
    .selectFrom('intake.translation')
    .select('id')
    .where('report_id', '=', which.report)
    .where('message_id', which.message ? '=' : 'is', which.message ?? null)
    .where('direction', '=', 'in')
    .executeTakeFirst()
  const today = berlinDay(tx.now)
  const access = { interpreter, asked_on: today, until_on: addDays(today, interpreterDays), ended: false }
  if (found) {
    await tx.db.updateTable('intake.translation').set(access).where('id', '=', found.id).execute()
    return found.id
  }
  const { key, language, text, veil } = await sourceOf(tx, which)
  const id = newId()
  const source = tx.keys.seal<'report'>(key, { table: 'intake.translation', column: 'source', row: id }, text)
  await tx.db
    .insertInto('intake.translation')
    .values({
      id,
      report_id: which.report,
      message_id: which.message ?? null,
      content_key: key.id,
      language,
      veil,
      source,
      ...access,
    })
    .execute()
  return id
}

/** Throws for whoever is no interpreter, or is kept from the report. */
export async function demandInterpreter(tx: TenantTx, report: string, person: string): Promise<void> {
  const holders = await holdersOf(tx, await interpreterRoles(tx))
  const barred = await tx.db
    .selectFrom('access.barred')
    .select('person_id')
    .where('record_id', '=', report)
    .where('person_id', '=', person)
    .executeTakeFirst()
  if (barred || !holders.some((holder) => holder.person === person))
    throw new NotAllowed('interpreter', { hidden: false })
}

/** Lets an interpreter see this one text until she has no more use for it. Throws for whoever is none. */
export async function askInterpreter(tx: TenantTx, which: OneText, person: string): Promise<void> {
  await demandInterpreter(tx, which.report, person)
  const id = await rowFor(tx, which, person)
  if (!which.message) await markReport(tx, which.report, 'asked')
  await record(tx, 'translation-asked', `report:${which.report}`)
  await tell(tx, translationAsked, `translation:${id}`, { person })
}

/** Whoever reads the report also reads its language: nothing has to be translated. */
export async function noTranslation(tx: TenantTx, report: string): Promise<void> {
  await markReport(tx, report, 'not-needed')
  await record(tx, 'translation-not-needed', `report:${report}`)
}

const markReport = (tx: TenantTx, report: string, translated: 'asked' | 'done' | 'not-needed') =>
  tx.db.updateTable('intake.report').set({ translated }).where('id', '=', report).execute()

/** Somebody of the office translates herself. */
export async function translateOneself(tx: TenantTx, which: OneText, text: string): Promise<void> {
  const id = await rowFor(tx, which, null)
  await writeTranslation(tx, id, text, undefined)
}

/**
 * Writes the German text. An interpreter sees this row and nothing of the report, so what follows from it for lists and
 * search is done by the program. Throws StaleEdit when somebody else wrote in between.
 */
export async function writeTranslation(
  tx: TenantTx,
  id: string,
  text: string,
  version: number | undefined,
): Promise<void> {
  const row = await tx.db
    .selectFrom('intake.translation')
    .select(['report_id', 'content_key', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('translation', { hidden: true })
  if (version !== undefined && version !== row.version) throw new StaleEdit(version, row.version)
  const key = await livingKey(tx, row.content_key)
  await tx.db
    .updateTable('intake.translation')
    .set((eb) => ({
      text: tx.keys.seal<'report'>(key, { table: 'intake.translation', column: 'text', row: id }, text),
      done_on: berlinDay(tx.now),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
  await record(tx, 'translated', `translation:${id}`)
  await tell(tx, translationDone, `translation:${id}`, {})
}

/** As the program: the report is now read, listed and found in German. Answers with the report it belongs to. */
export async function takeTranslation(tx: TenantTx, id: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('intake.translation')
    .select(['report_id', 'message_id', 'direction', 'content_key', 'text'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.text) return undefined
  if (row.message_id || row.direction === 'out') return row.report_id
  const key = await livingKey(tx, row.content_key)
  const text = tx.keys.reveal(key, { table: 'intake.translation', column: 'text', row: id }, row.text)
  const place = { table: 'intake.report', column: 'headline', row: row.report_id }
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      translated: 'done' as const,
      headline: tx.keys.seal<'report'>(key, place, headlineOf(text)),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.report_id)
    .execute()
  await makeFindable(tx, row.report_id)
  return row.report_id
}
