import { record } from '#platform/audit/index.ts'
import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import { berlinDay, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { deletedOn, modelInForce } from '#work/model/index.ts'
import { applyToAll, type Mark, type Signs, type Texts } from '../passages.ts'
import { currentTexts, originalTexts, lockForCheck, type CheckedRow } from '../queries/checking.ts'
import { headlineOf } from '../rules.ts'
import { moveFromCheck } from './contacts.ts'
import { makeFindable } from './find.ts'
import { inOneText } from './translate.ts'

/** Writes the parts of a report anew, sealed; lists, search and everybody who reads follow. */
async function rewrite(tx: TenantTx, row: CheckedRow, key: RecordKey, texts: Texts): Promise<void> {
  const seal = (column: string, text: string): Sealed<'report'> =>
    tx.keys.seal<'report'>(key, { table: 'intake.report', column, row: row.id }, text)
  const extras = texts.place === undefined ? undefined : JSON.stringify({ ...row.extras, place: texts.place })
  const observed = texts.observed ?? ''
  const german = texts.translation ?? currentTexts(tx, row, key).translation
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      observed: seal('observed', observed),
      headline: seal('headline', headlineOf(german ?? observed)),
      ...(texts.concluded === undefined ? {} : { concluded: seal('concluded', texts.concluded) }),
      ...(extras ? { extras: seal('extras', extras) } : {}),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute()
  await rewriteTranslation(tx, row, key, texts)
  await makeFindable(tx, row.id)
}

/** The interpreter's copy changes with the text; from now on she has no more use for it. */
async function rewriteTranslation(
  tx: TenantTx,
  { translation }: CheckedRow,
  key: RecordKey,
  texts: Texts,
): Promise<void> {
  if (!translation) return
  const seal = (column: string, text: string) =>
    tx.keys.seal<'report'>(key, { table: 'intake.translation', column, row: translation.id }, text)
  await tx.db
    .updateTable('intake.translation')
    .set((eb) => ({
      source: seal('source', inOneText(texts.observed, texts.concluded, texts.place)),
      ...(texts.translation === undefined ? {} : { text: seal('text', texts.translation) }),
      ended: true,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', translation.id)
    .execute()
}

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
async function forgetOriginal(tx: TenantTx, report: string, key: string): Promise<void> {
  await giveUp(tx, key)
  if (!(await isHeld(tx, key))) await tx.db.deleteFrom('intake.original').where('report_id', '=', report).execute()
}

/**
 * Carries marks out: the checked text becomes what everybody reads, the original is sealed apart. Marking again before
 * the text was accepted begins from the original. Throws StaleEdit when somebody was quicker.
 */
export async function checkReport(
  tx: TenantTx,
  id: string,
  { version, marks, signs }: { version: number; marks: readonly Mark[]; signs: Signs },
): Promise<void> {
  const row = await lockForCheck(tx, id)
  if (row.version !== version) throw new StaleEdit(version, row.version)
  if (row.checked === 'accepted' || tx.who.kind !== 'person') throw new NotAllowed('check', { hidden: false })
  const key = await livingKey(tx, row.content_key)
  const original = await originalTexts(tx, row, key)
  const { texts, moved } = applyToAll(original, marks, signs)
  const today = berlinDay(tx.now)
  const known = row.original
  const until = known?.destroy_on ?? deletedOn(await modelInForce(tx), 'unchecked-original', today)
  const own = known ? await livingKey(tx, known.original_key) : await addKey(tx, 'original', id)
  if (!known)
    await tx.db.updateTable('platform.record_key').set({ destroy_on: until }).where('id', '=', own.id).execute()
  const seal = (column: string, value: object) =>
    tx.keys.seal<'original'>(own, { table: 'intake.original', column, row: id }, JSON.stringify(value))
  const sealed = {
    texts: seal('texts', original),
    marks: seal('marks', marks),
    checked_by: tx.who.id,
    checked_on: today,
  }
  if (known) await tx.db.updateTable('intake.original').set(sealed).where('report_id', '=', id).execute()
  else
    await tx.db
      .insertInto('intake.original')
      .values({ report_id: id, original_key: own.id, destroy_on: until, ...sealed })
      .execute()
  await tx.db.updateTable('intake.report').set({ checked: 'done' }).where('id', '=', id).execute()
  await moveFromCheck(tx, id, moved)
  await rewrite(tx, row, key, texts)
  await record(tx, 'checked', `report:${id}`)
}

/** Puts the original back, as if nobody had checked it. Only until the checked text was accepted. */
export async function undoCheck(tx: TenantTx, id: string): Promise<void> {
  const row = await lockForCheck(tx, id)
  if (row.checked !== 'done' || !row.original) throw new NotAllowed('check', { hidden: false })
  const key = await livingKey(tx, row.content_key)
  const original = await originalTexts(tx, row, key)
  await moveFromCheck(tx, id, [])
  await rewrite(tx, row, key, original)
  await tx.db.updateTable('intake.report').set({ checked: null }).where('id', '=', id).execute()
  await forgetOriginal(tx, id, row.original.original_key)
  await record(tx, 'check-undone', `report:${id}`)
}

/** The text stands as it is: the original is given up. Also a report in which nothing had to be changed. */
export async function acceptCheck(tx: TenantTx, id: string): Promise<void> {
  const row = await lockForCheck(tx, id)
  if (row.checked === 'accepted') return
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({ checked: 'accepted', version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  if (row.original) await forgetOriginal(tx, id, row.original.original_key)
  await record(tx, 'check-accepted', `report:${id}`)
}

/** The same for a report on which somebody decides: what was checked is accepted, what was not stays open. */
export async function acceptIfChecked(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('intake.report').select('checked').where('id', '=', id).executeTakeFirst()
  if (row?.checked === 'done') await acceptCheck(tx, id)
}
