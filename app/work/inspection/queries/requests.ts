import type { Selectable } from 'kysely'
import { record, recordReading } from '#platform/audit/index.ts'
import type { Tables } from '#platform/db/tables.ts'
import { livingKey, recordKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import type { Choices, Extract } from '../redaction.ts'
import { reveal } from '../commands/store.ts'

type Row = Selectable<Tables['inspection.request']>

/** Requests this person may know of, running ones by their day, then those that are over; at most 200. Writes one entry. */
export async function requestList(tx: TenantTx) {
  const rows = await tx.db
    .selectFrom('inspection.request')
    .select(['id', 'number', 'basis', 'state', 'received_on', 'due_on', 'ended_on', 'decision'])
    .orderBy('ended_on', (by) => by.desc().nullsFirst())
    .orderBy('due_on')
    .orderBy('id')
    .limit(200)
    .execute()
  await recordReading(tx, 'listed', 'inspections')
  return rows
}
export type RequestLine = Awaited<ReturnType<typeof requestList>>[number]

/** Requests that run, for Heute, the calendar and the page of a case; nothing sealed is opened. */
export const running = statement((db) =>
  db
    .selectFrom('inspection.request')
    .select([
      'id',
      'number',
      'basis',
      'state',
      'due_on',
      'received_on',
      'proposed_by',
      'cases',
      'reports',
      'quiet',
      'second_by',
    ])
    .where('ended_on', 'is', null)
    .orderBy('due_on')
    .orderBy('id')
    .limit(200),
)

/** Whether a request is the substitute's own part; undefined when it is not there for this person. */
export const isQuiet = async (tx: TenantTx, id: string): Promise<boolean | undefined> =>
  (await tx.db.selectFrom('inspection.request').select('quiet').where('id', '=', id).executeTakeFirst())?.quiet

/** The running part of the substitute that answers a request, for her. */
export const partOf = (tx: TenantTx, request: string) =>
  tx.db
    .selectFrom('inspection.request')
    .select(['id', 'number', 'state'])
    .where('answers', '=', request)
    .where('ended_on', 'is', null)
    .executeTakeFirst()

/** Requests for which the substitute has looked. */
export const searchedBySubstitute = async (tx: TenantTx): Promise<Set<string>> =>
  new Set(
    (await tx.db.selectFrom('inspection.search').select('request_id').where('substitute', '=', true).execute()).map(
      (row) => row.request_id,
    ),
  )

export async function namesOf(tx: TenantTx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await tx.db.selectFrom('auth.person').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function opened(tx: TenantTx, row: Row) {
  const key = await livingKey(tx, row.content_key)
  const open = (column: 'asker' | 'wants' | 'choices' | 'extract' | 'remark' | 'reason') => {
    const sealed = row[column]
    return sealed ? reveal(tx, key, column, row.id, sealed) : undefined
  }
  const names = await namesOf(tx, [
    row.made_by,
    row.kept_by,
    row.proposed_by,
    row.decided_by,
    row.released_by,
    row.second_by,
  ])
  const name = (id: string | null) => (id ? (names.get(id) ?? '') : '')
  const extract = open('extract')
  return {
    id: row.id,
    number: row.number,
    basis: row.basis,
    state: row.state,
    /** The substitute's own part: kept from everybody but her and whoever decides with her. */
    quiet: row.quiet,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    cases: row.cases,
    reports: row.reports,
    madeOn: row.made_on,
    madeBy: name(row.made_by),
    keptBy: row.ended_on ? '' : name(row.kept_by),
    proposedBy: row.proposed_by,
    proposedByName: name(row.proposed_by),
    proposedOn: row.proposed_on,
    decidedByName: name(row.decided_by),
    decidedOn: row.decided_on,
    decision: row.decision,
    releasedByName: name(row.released_by),
    endedOn: row.ended_on,
    secondBy: row.second_by,
    secondByName: name(row.second_by),
    version: row.version,
    asker: open('asker') ?? '',
    wants: open('wants') ?? '',
    remark: open('remark'),
    reason: open('reason'),
    choices: JSON.parse(open('choices') ?? '{}') as Choices,
    extract: extract ? (JSON.parse(extract) as Extract) : undefined,
  }
}
export type OpenedRequest = Awaited<ReturnType<typeof opened>>

/** One request, opened: writes the read entry. Undefined when it is not there for this person. */
export async function openedRequest(tx: TenantTx, id: string): Promise<OpenedRequest | undefined> {
  const row = await tx.db.selectFrom('inspection.request').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || !(await recordKey(tx, row.content_key))) return undefined
  await record(tx, 'read', `inspection:${id}`)
  return opened(tx, row)
}
