import { sql } from 'kysely'
import { recordReading } from '#platform/audit/index.ts'
import { standsIn } from '#platform/search/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

const pageSize = 50

/** What a list row shows; the headline is the only sealed text it opens. */
const rows = (tx: TenantTx) =>
  tx.db
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
    ])
    .select(['r.owner_role', 'r.received_on', 'r.anonymity', 'r.held_for', 'r.rank', 'r.waiting_since'])
    .select(['k.id as key_id', 'k.class', 'k.wrapped'])

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

function opened(tx: TenantTx, { key_id, class: retentionClass, wrapped, ...row }: Row) {
  const key = tx.keys.open({ id: key_id, class: retentionClass, wrapped })
  return {
    ...row,
    headline: tx.keys.reveal(key, { table: 'intake.report', column: 'headline', row: row.id }, row.headline),
  }
}
export type ReportRow = ReturnType<typeof opened>

/** Neither closed nor part of a case: it still waits for somebody. */
const waiting = (tx: TenantTx) =>
  rows(tx)
    .where('r.case_id', 'is', null)
    .where('r.step_kind', '<>', 'closed')
    .orderBy('r.rank')
    .orderBy('r.waiting_since')
    .orderBy('r.id')

export interface InboxFilter {
  readonly area?: string
  readonly subject?: string
  readonly step?: string
  /** Where the page before ended: `rank|waiting_since|id`, as `next` gave it. */
  readonly after?: string
}

/** The end of the page before; undefined for the first page and for what is no such mark. */
function afterOf(text: string | undefined): { rank: number; since: Date; id: string } | undefined {
  const match = /^(\d)\|([\dTZ:.-]{24})\|([0-9a-f-]{36})$/.exec(text ?? '')
  return match ? { rank: Number(match[1]), since: new Date(match[2]!), id: match[3]! } : undefined
}

/** Open reports, the urgent and the longest waiting first; 50 at a time. Writes one entry with its filter. */
export async function inbox(
  tx: TenantTx,
  filter: InboxFilter,
): Promise<{ rows: ReportRow[]; next: string | undefined }> {
  let query = waiting(tx).limit(pageSize + 1)
  if (filter.area) query = query.where('r.area', '=', filter.area)
  if (filter.subject) query = query.where('r.subject', '=', filter.subject)
  if (filter.step) query = query.where('r.step_kind', '=', filter.step)
  const after = afterOf(filter.after)
  if (after)
    query = query.where(
      sql<boolean>`(r.rank, r.waiting_since, r.id) > (${after.rank}, ${after.since}, ${after.id}::uuid)`,
    )
  const found = await query.execute()
  const { area, subject, step } = filter
  await recordReading(tx, 'listed', `inbox:${JSON.stringify({ area, subject, step })}`)
  const last = found.length > pageSize ? found[pageSize - 1] : undefined
  return {
    rows: found.slice(0, pageSize).map((row) => opened(tx, row)),
    next: last && `${last.rank}|${last.waiting_since.toISOString()}|${last.id}`,
  }
}

/** The open reports for Heute, at most fifty, the most urgent first. */
export async function waitingReports(tx: TenantTx): Promise<ReportRow[]> {
  const found = await waiting(tx).limit(pageSize).execute()
  await recordReading(tx, 'listed', 'today:reports')
  return found.map((row) => opened(tx, row))
}

/** Reports in which all the words stand, newest first, at most fifty. Writes one entry. */
export async function findReports(tx: TenantTx, words: string): Promise<ReportRow[]> {
  const matching = standsIn(tx, words, 'r.id')
  if (!matching) return []
  const found = await rows(tx)
    .where(matching)
    .orderBy('r.received_on', 'desc')
    .orderBy('r.id')
    .limit(pageSize)
    .execute()
  await recordReading(tx, 'searched', 'reports')
  return found.map((row) => opened(tx, row))
}
