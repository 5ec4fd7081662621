import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import type { RecordKey, Sealed } from '#platform/crypto/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

const pageSize = 50

export interface InboxRow {
  readonly id: string
  readonly headline: string
  readonly area: string
  readonly subject: string
  readonly channel: string
  readonly language: string
  readonly stepKind: string
  readonly danger: boolean
  readonly dueAt: Date | null
  readonly receivedOn: string
  readonly anonymity: string
  readonly heldFor: string | null
}

export interface InboxFilter {
  readonly area?: string
  readonly subject?: string
  readonly step?: string
  /** Where the page before ended: `rank|waiting_since|id`, as `next` gave it. */
  readonly after?: string
}

/** Opens a record's key; undefined when it has been destroyed. */
async function keyOf(tx: TenantTx, id: string): Promise<RecordKey | undefined> {
  const row = await tx.db
    .selectFrom('platform.record_key')
    .select(['id', 'class', 'wrapped'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && tx.keys.open(row)
}

/** Open reports, the urgent and the longest waiting first; 50 at a time. Writes one entry with its filter. */
export async function inbox(
  tx: TenantTx,
  filter: InboxFilter,
): Promise<{ rows: InboxRow[]; next: string | undefined }> {
  let query = tx.db
    .selectFrom('intake.report as r')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'r.municipality_id').onRef('k.id', '=', 'r.content_key'),
    )
    .select([
      'r.id',
      'r.headline',
      'r.area',
      'r.subject',
      'r.channel',
      'r.language',
      'r.step_kind',
      'r.danger',
      'r.due_at',
      'r.received_on',
      'r.anonymity',
      'r.held_for',
      'r.rank',
      'r.waiting_since',
      'k.id as key_id',
      'k.class',
      'k.wrapped',
    ])
    .where('r.case_id', 'is', null)
    .where('r.step_kind', '<>', 'closed')
    .orderBy('r.rank')
    .orderBy('r.waiting_since')
    .orderBy('r.id')
    .limit(pageSize + 1)
  if (filter.area) query = query.where('r.area', '=', filter.area)
  if (filter.subject) query = query.where('r.subject', '=', filter.subject)
  if (filter.step) query = query.where('r.step_kind', '=', filter.step)
  const after = afterOf(filter.after)
  if (after) {
    query = query.where(
      sql<boolean>`(r.rank, r.waiting_since, r.id) > (${after.rank}, ${after.since}, ${after.id}::uuid)`,
    )
  }
  const found = await query.execute()
  await sql`set local synchronous_commit = off`.execute(tx.db)
  await record(
    tx,
    'listed',
    `inbox:${JSON.stringify({ area: filter.area, subject: filter.subject, step: filter.step })}`,
  )
  const rows = found.slice(0, pageSize)
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return {
    rows: rows.map((row) => ({
      id: row.id,
      headline: tx.keys.reveal(
        tx.keys.open({ id: row.key_id, class: row.class, wrapped: row.wrapped }),
        { table: 'intake.report', column: 'headline', row: row.id },
        row.headline,
      ),
      area: row.area,
      subject: row.subject,
      channel: row.channel,
      language: row.language,
      stepKind: row.step_kind,
      danger: row.danger,
      dueAt: row.due_at,
      receivedOn: row.received_on,
      anonymity: row.anonymity,
      heldFor: row.held_for,
    })),
    next: last && `${last.rank}|${last.waiting_since.toISOString()}|${last.id}`,
  }
}

function afterOf(text: string | undefined): { rank: number; since: Date; id: string } | undefined {
  const match = /^(\d)\|([\dTZ:.-]{24})\|([0-9a-f-]{36})$/.exec(text ?? '')
  return match ? { rank: Number(match[1]), since: new Date(match[2]!), id: match[3]! } : undefined
}

export interface ReportMessage {
  readonly sender: 'reporter' | 'office'
  readonly at: string
  readonly text: string
}

async function messagesOf(tx: TenantTx, report: string, key: RecordKey): Promise<ReportMessage[]> {
  const rows = await tx.db
    .selectFrom('intake.message')
    .selectAll()
    .where('report_id', '=', report)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    sender: row.sender,
    at: row.sent_on,
    text: tx.keys.reveal(key, { table: 'intake.message', column: 'text', row: row.id }, row.text),
  }))
}

/** One report, opened: writes the read entry. Undefined when it is not there for this person. */
export async function openReport(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('intake.report').selectAll().where('id', '=', id).executeTakeFirst()
  const key = row && (await keyOf(tx, row.content_key))
  if (!row || !key) return undefined
  await record(tx, 'opened', `report:${id}`)
  const contactKey = row.contact_key ? await keyOf(tx, row.contact_key) : undefined
  const reveal = (column: 'observed' | 'concluded', value: Sealed<'report'>) =>
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
    version: row.version,
    observed: reveal('observed', row.observed),
    concluded: row.concluded && reveal('concluded', row.concluded),
    contact:
      row.contact && contactKey
        ? tx.keys.reveal(contactKey, { table: 'intake.report', column: 'contact', row: id }, row.contact)
        : undefined,
    messages: await messagesOf(tx, id, key),
  }
}
export type OpenedReport = NonNullable<Awaited<ReturnType<typeof openReport>>>

/** What the person with the code sees. The code's keyed hash is also what lets the row-level policy show the row. */
export async function mailbox(tx: TenantTx, code: string) {
  const receipt = tx.lookup('receipt', code)
  await sql`select set_config('app.receipt', ${receipt.toString('hex')}, true)`.execute(tx.db)
  const row = await tx.db.selectFrom('intake.report').selectAll().where('receipt', '=', receipt).executeTakeFirst()
  const key = row && (await keyOf(tx, row.content_key))
  if (!row || !key) return undefined
  return {
    id: row.id,
    receivedOn: row.received_on,
    stepKind: row.step_kind,
    step: row.step,
    modelVersion: row.model_version,
    language: row.language,
    ownerRole: row.owner_role,
    contentKey: key,
    deletedOn: null as string | null,
    messages: await messagesOf(tx, row.id, key),
  }
}
