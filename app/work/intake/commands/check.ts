import { record } from '#platform/audit/index.ts'
import type { Sealed } from '#platform/crypto/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { deletedOn, modelInForce } from '#work/model/index.ts'
import { reportReworded } from '../facts.ts'
import { applyToAll, type Mark, type Signs, type Texts } from '../passages.ts'
import { lockForCheck, originalOf, type CheckedRow } from '../queries/checking.ts'
import { headlineOf } from '../rules.ts'
import { moveFromCheck } from './contacts.ts'
import { makeFindable } from './find.ts'
import { inOneText, type OneText } from './translate.ts'

/** Writes the parts of a report anew, sealed; lists, search and everybody who reads follow. */
async function rewriteReport(tx: TenantTx, row: CheckedRow, texts: Texts): Promise<void> {
  const id = row.which.report
  const seal = (column: string, text: string): Sealed<'report'> =>
    tx.keys.seal<'report'>(row.key, { table: 'intake.report', column, row: id }, text)
  const extras = texts.place === undefined ? undefined : JSON.stringify({ ...row.extras, place: texts.place })
  const observed = texts.observed ?? ''
  const german = texts.translation ?? row.texts.translation
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      observed: seal('observed', observed),
      headline: seal('headline', headlineOf(german ?? observed)),
      ...(texts.concluded === undefined ? {} : { concluded: seal('concluded', texts.concluded) }),
      ...(extras ? { extras: seal('extras', extras) } : {}),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

async function rewriteMessage(tx: TenantTx, { key }: CheckedRow, id: string, text: string): Promise<void> {
  await tx.db
    .updateTable('intake.message')
    .set((eb) => ({
      text: tx.keys.seal<'report'>(key, { table: 'intake.message', column: 'text', row: id }, text),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

async function rewrite(tx: TenantTx, row: CheckedRow, texts: Texts): Promise<void> {
  const { report, message } = row.which
  await (message ? rewriteMessage(tx, row, message, texts.message ?? '') : rewriteReport(tx, row, texts))
  await rewriteTranslation(tx, row, texts)
  if (!message) await makeFindable(tx, report)
}

/** The interpreter's copy changes with the text; from now on she has no more use for it. */
async function rewriteTranslation(tx: TenantTx, { key, translation }: CheckedRow, texts: Texts): Promise<void> {
  if (!translation) return
  const seal = (column: string, text: string) =>
    tx.keys.seal<'report'>(key, { table: 'intake.translation', column, row: translation.id }, text)
  await tx.db
    .updateTable('intake.translation')
    .set((eb) => ({
      source: seal('source', inOneText(texts.message, texts.observed, texts.concluded, texts.place)),
      ...(texts.translation === undefined ? {} : { text: seal('text', texts.translation) }),
      ended: true,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', translation.id)
    .execute()
}

/** How the text stands: nobody checked it, somebody did, or it was accepted. */
const mark = (tx: TenantTx, { report, message }: OneText, checked: 'done' | 'accepted' | null) =>
  message
    ? tx.db.updateTable('intake.message').set({ checked }).where('id', '=', message).execute()
    : tx.db.updateTable('intake.report').set({ checked }).where('id', '=', report).execute()

/** From today on nothing of this key is needed any more; the nightly round destroys it, unless it is held. */
const giveUp = (tx: TenantTx, key: string) =>
  tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('id', '=', key)
    .execute()

const isHeld = async (tx: TenantTx, key: string) =>
  (await tx.db.selectFrom('platform.record_key').select('held').where('id', '=', key).executeTakeFirst())?.held ?? false

/** Takes the original away at once; a hold keeps the row and its key, and whoever set it knows why. */
async function forgetOriginal(tx: TenantTx, { original }: CheckedRow): Promise<void> {
  if (!original) return
  await giveUp(tx, original.original_key)
  if (!(await isHeld(tx, original.original_key)))
    await tx.db.deleteFrom('intake.original').where('id', '=', original.id).execute()
}

/** Seals the text as it came in apart, under a key that dies with it; marking again keeps key and day. */
async function sealApart(tx: TenantTx, row: CheckedRow, original: Texts, marks: readonly Mark[], by: string) {
  const { report, message } = row.which
  const today = berlinDay(tx.now)
  const known = row.original
  const own = known ? await livingKey(tx, known.original_key) : await addKey(tx, 'original', report)
  const seal = (column: string, value: object) =>
    tx.keys.seal<'original'>(own, { table: 'intake.original', column, row: message ?? report }, JSON.stringify(value))
  const sealed = { texts: seal('texts', original), marks: seal('marks', marks), checked_by: by, checked_on: today }
  if (known) return tx.db.updateTable('intake.original').set(sealed).where('id', '=', known.id).execute()
  const until = deletedOn(await modelInForce(tx), 'unchecked-original', today)
  await tx.db.updateTable('platform.record_key').set({ destroy_on: until }).where('id', '=', own.id).execute()
  return tx.db
    .insertInto('intake.original')
    .values({ report_id: report, message_id: message ?? null, original_key: own.id, destroy_on: until, ...sealed })
    .execute()
}

/**
 * Carries marks out: the checked text becomes what everybody reads, the original is sealed apart. Marking again before
 * the text was accepted begins from the original. Throws StaleEdit when somebody was quicker.
 */
export async function checkText(
  tx: TenantTx,
  which: OneText,
  { version, marks, signs }: { version: number; marks: readonly Mark[]; signs: Signs },
): Promise<void> {
  const row = await lockForCheck(tx, which)
  if (row.version !== version) throw new StaleEdit(version, row.version)
  if (row.checked === 'accepted' || tx.who.kind !== 'person') throw new NotAllowed('check', { hidden: false })
  const original = (await originalOf(tx, row)).texts
  const { texts, moved } = applyToAll(original, marks, signs)
  await sealApart(tx, row, original, marks, tx.who.id)
  await mark(tx, which, 'done')
  await moveFromCheck(tx, which, moved)
  await rewrite(tx, row, texts)
  await record(tx, 'checked', `report:${which.report}`)
  await tell(tx, reportReworded, `report:${which.report}`, {})
}

/** Puts the original back, as if nobody had checked it. Only until the checked text was accepted. */
export async function undoCheck(tx: TenantTx, which: OneText): Promise<void> {
  const row = await lockForCheck(tx, which)
  if (row.checked !== 'done' || !row.original) throw new NotAllowed('check', { hidden: false })
  const { texts } = await originalOf(tx, row)
  await moveFromCheck(tx, which, [])
  await rewrite(tx, row, texts)
  await mark(tx, which, null)
  await forgetOriginal(tx, row)
  await record(tx, 'check-undone', `report:${which.report}`)
  await tell(tx, reportReworded, `report:${which.report}`, {})
}

/** The text stands as it is: the original is given up. Also a text in which nothing had to be changed. */
export async function acceptCheck(tx: TenantTx, which: OneText): Promise<void> {
  const row = await lockForCheck(tx, which)
  if (row.checked === 'accepted') return
  await mark(tx, which, 'accepted')
  const { message, report } = which
  const bump = { version: row.version + 1 }
  await (message
    ? tx.db.updateTable('intake.message').set(bump).where('id', '=', message).execute()
    : tx.db.updateTable('intake.report').set(bump).where('id', '=', report).execute())
  await forgetOriginal(tx, row)
  await record(tx, 'check-accepted', `report:${report}`)
}

/** The same for a report on which somebody decides: what was checked is accepted, what was not stays open. */
export async function acceptIfChecked(tx: TenantTx, report: string): Promise<void> {
  const row = await tx.db.selectFrom('intake.report').select('checked').where('id', '=', report).executeTakeFirst()
  if (row?.checked === 'done') await acceptCheck(tx, { report })
  const messages = await tx.db
    .selectFrom('intake.message')
    .select('id')
    .where('report_id', '=', report)
    .where('checked', '=', 'done')
    .execute()
  for (const { id } of messages) await acceptCheck(tx, { report, message: id })
}
