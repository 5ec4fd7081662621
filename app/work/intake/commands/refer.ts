import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { messageReceived } from '../facts.ts'
import { mailbox } from '../queries.ts'
import type { Letter, Referring } from '../referral.ts'
import { letOfficeRead } from './reading.ts'

type State = 'asked' | 'agreed' | 'refused' | 'waits' | 'handed' | 'withdrawn'

const set = (tx: TenantTx, id: string, state: State, more: { handed_on?: string; answered_on?: string } = {}) =>
  tx.db
    .updateTable('intake.referral')
    .set({ state, ...more })
    .where('id', '=', id)
    .execute()

/**
 * Keeps what is to be handed over: asked for through the mailbox, or on a ground that is there already. From now on the
 * letter does not change; another one begins anew.
 */
export async function prepareReferral(tx: TenantTx, report: string, asked: Referring, letter: Letter): Promise<string> {
  if (tx.who.kind !== 'person') throw new NotAllowed('referral', { hidden: false })
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['content_key', 'case_id', 'step_kind'])
    .where('id', '=', report)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const open = await openReferral(tx, report)
  if (open || row.case_id || row.step_kind === 'closed') throw new NotAllowed('referral', { hidden: false })
  const id = newId()
  const key = await livingKey(tx, row.content_key)
  const place = { table: 'intake.referral', column: 'letter', row: id }
  await tx.db
    .insertInto('intake.referral')
    .values({
      id,
      report_id: report,
      content_key: key.id,
      office: asked.office ?? null,
      basis: asked.basis,
      state: asked.basis === 'consent' ? 'asked' : 'agreed',
      letter: tx.keys.seal<'report'>(key, place, JSON.stringify(letter)),
      made_by: tx.who.id,
      made_on: berlinDay(tx.now),
    })
    .execute()
  await record(tx, asked.basis === 'consent' ? 'consent-asked' : 'referral-prepared', `report:${report}`)
  return id
}

const openReferral = (tx: TenantTx, report: string) =>
  tx.db
    .selectFrom('intake.referral')
    .select(['id', 'state'])
    .where('report_id', '=', report)
    .where('state', 'in', ['asked', 'agreed', 'waits'])
    .forUpdate()
    .executeTakeFirst()

/** The office takes a question or a letter back before anything was handed over. */
export async function withdrawReferral(tx: TenantTx, report: string): Promise<void> {
  const open = await openReferral(tx, report)
  if (!open || open.state === 'waits') throw new NotAllowed('referral', { hidden: false })
  await set(tx, open.id, 'withdrawn')
  await record(tx, 'referral-withdrawn', `report:${report}`)
}

/**
 * Whoever reported says yes or no in the mailbox, or takes her yes back while nothing was handed over. False for a code
 * that opens nothing, and when nothing is asked.
 */
export async function answerConsent(tx: TenantTx, code: string, agreed: boolean): Promise<boolean> {
  const box = await mailbox(tx, code)
  const open = box && (await openReferral(tx, box.id))
  const referral = box?.referral
  if (!open || referral?.basis !== 'consent') return false
  if (open.state !== 'asked' && agreed) return true
  if (open.state === 'waits') await dropQuestion(tx, box.id)
  await set(tx, open.id, agreed ? 'agreed' : 'refused', { answered_on: berlinDay(tx.now) })
  await record(tx, agreed ? 'consented' : 'consent-refused', `report:${box.id}`)
  await tell(tx, messageReceived, `report:${box.id}`, { ownerRole: box.ownerRole })
  return true
}

/** Nobody need decide any more on what whoever reported does not want. */
const dropQuestion = (tx: TenantTx, report: string) =>
  tx.db
    .updateTable('intake.proposal')
    .set({ answered_on: berlinDay(tx.now), agreed: false })
    .where('report_id', '=', report)
    .where('answered_on', 'is', null)
    .execute()

/** Whether a letter still waits for the second person; locked until this transaction ends. */
export async function stillWaits(tx: TenantTx, id: string): Promise<boolean> {
  const row = tx.db.selectFrom('intake.referral').select('state').where('id', '=', id).forUpdate()
  return (await row.executeTakeFirst())?.state === 'waits'
}

/** A second person is asked first. */
export const waitWithReferral = (tx: TenantTx, id: string) => set(tx, id, 'waits')
/** She did not agree: it lies ready as before. */
export const returnReferral = (tx: TenantTx, id: string) => set(tx, id, 'agreed')

/** The letter is handed over. Throws where nobody agreed: contact data go on a ground or not at all. */
export async function markHanded(tx: TenantTx, report: string, id: string): Promise<void> {
  const open = await openReferral(tx, report)
  if (open?.id !== id || open.state === 'asked') throw new NotAllowed('referral', { hidden: false })
  await set(tx, id, 'handed', { handed_on: berlinDay(tx.now) })
  const { office } = await tx.db
    .selectFrom('intake.referral')
    .select('office')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  if (office) await letOfficeRead(tx, report, await modelInForce(tx), office)
  await record(tx, 'handed-over', `report:${report}`)
}
