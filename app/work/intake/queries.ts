import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import { keptUntil } from '#platform/retention/index.ts'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { deletedOn, modelInForce } from '#work/model/index.ts'
import { noteOpened } from './commands/opened.ts'
import { openProposal } from './queries/second.ts'
import { handedOf, onHerWord, openOf, referralsOf } from './queries/referrals.ts'
import { outgoingOf, translationsOf } from './queries/translations.ts'
import type { Extras } from './schema.ts'

export interface ReportMessage {
  readonly id: string
  readonly language: string
  readonly sender: 'reporter' | 'office'
  readonly at: string
  readonly text: string
  readonly checked: 'done' | 'accepted' | null
}

async function messagesOf(tx: TenantTx, report: string, key: RecordKey): Promise<ReportMessage[]> {
  const rows = await tx.db
    .selectFrom('intake.message')
    .selectAll()
    .where('report_id', '=', report)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    language: row.language,
    sender: row.sender,
    at: row.sent_on,
    checked: row.checked,
    text: tx.keys.reveal(key, { table: 'intake.message', column: 'text', row: row.id }, row.text),
  }))
}

/** One report, opened: writes the read entry. Undefined when it is not there for this person. */
export async function openReport(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('intake.report').selectAll().where('id', '=', id).executeTakeFirst()
  const key = row && (await recordKey(tx, row.content_key))
  if (!row || !key) return undefined
  await record(tx, 'opened', `report:${id}`)
  await noteOpened(tx, id)
  const contactKey = row.contact_key ? await recordKey(tx, row.contact_key) : undefined
  const reveal = (column: 'observed' | 'concluded' | 'extras', value: Sealed<'report'>) =>
    tx.keys.reveal(key, { table: 'intake.report', column, row: id }, value)
  return {
    id,
    receivedOn: row.received_on,
    channel: row.channel,
    language: row.language,
    anonymity: row.anonymity,
    area: row.area,
    subject: row.subject,
    wish: row.wish,
    danger: row.danger,
    occurredOn: row.occurred_on,
    step: row.step,
    stepKind: row.step_kind,
    modelVersion: row.model_version,
    dueAt: row.due_at,
    heldFor: row.held_for,
    caseId: row.case_id,
    mergedInto: row.merged_into,
    pile: row.pile,
    version: row.version,
    checked: row.checked,
    asked: row.asked,
    veil: row.veil,
    translated: row.translated,
    hasMailbox: row.receipt !== null,
    referrals: await referralsOf(tx, id),
    second: await openProposal(tx, id),
    translations: await translationsOf(tx, id),
    outgoing: await outgoingOf(tx, id),
    observed: reveal('observed', row.observed),
    concluded: row.concluded && reveal('concluded', row.concluded),
    extras: (row.extras ? JSON.parse(reveal('extras', row.extras)) : {}) as Extras,
    office: row.office,
    contact:
      row.contact && contactKey
        ? tx.keys.reveal(contactKey, { table: 'intake.report', column: 'contact', row: id }, row.contact)
        : undefined,
    messages: await messagesOf(tx, id, key),
  }
}
export type OpenedReport = NonNullable<Awaited<ReturnType<typeof openReport>>>

/** When this is deleted, as the nightly round will have it; `content` undefined while a case runs. */
async function keptDays(
  tx: TenantTx,
  row: { received_on: string; step_kind: string; case_id: string | null; content_key: string },
): Promise<{ content: string | undefined; contact: string | undefined }> {
  if (row.case_id) return { content: await keptUntil(tx, row.content_key), contact: undefined }
  const model = await modelInForce(tx)
  const kind = row.step_kind === 'watch' ? 'watched-signal' : 'unaccepted-report'
  const content = deletedOn(model, kind, row.received_on)
  const contact = deletedOn(model, 'contact-data', row.received_on)
  return { content, contact: contact < content ? contact : content }
}

/** What the person with the code sees. The code's keyed hash is also what lets the row-level policy show the row. */
export async function mailbox(tx: TenantTx, code: string) {
  const receipt = tx.lookup('receipt', code)
  await sql`select set_config('app.receipt', ${receipt.toString('hex')}, true)`.execute(tx.db)
  const row = await tx.db.selectFrom('intake.report').selectAll().where('receipt', '=', receipt).executeTakeFirst()
  const key = row && (await recordKey(tx, row.content_key))
  if (!row || !key) return undefined
  const referrals = await referralsOf(tx, row.id)
  return {
    id: row.id,
    receivedOn: row.received_on,
    stepKind: row.step_kind,
    step: row.step,
    modelVersion: row.model_version,
    language: row.language,
    ownerRole: row.owner_role,
    contentKey: key,
    caseId: row.case_id,
    hasContact: row.contact_key !== null,
    referral: openOf(referrals),
    given: handedOf(referrals).filter(onHerWord),
    keptUntil: await keptDays(tx, row),
    messages: await messagesOf(tx, row.id, key),
    opened: await tx.db
      .selectFrom('intake.opened')
      .select(['month', 'who'])
      .where('report_id', '=', row.id)
      .orderBy('month')
      .orderBy('who')
      .execute(),
  }
}
export type Mailbox = NonNullable<Awaited<ReturnType<typeof mailbox>>>
