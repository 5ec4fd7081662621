import { berlinDay } from '#platform/kernel/index.ts'
import { sql } from 'kysely'
import { record, recordReading } from '#platform/audit/index.ts'
import { standsIn } from '#platform/search/index.ts'
import { keyAlong, recordKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import type { Answers } from './rules.ts'

const pageSize = 50

export interface CaseRow {
  readonly id: string
  readonly number: string
  readonly matter: string
  readonly area: string
  readonly subject: string
  readonly stepKind: string
  readonly dueAt: Date | null
  readonly closedOn: string | null
}

export interface CaseFilter {
  /** Where the page before ended. */
  readonly after?: string
  readonly closed?: boolean
  readonly area?: string
  readonly subject?: string
}

/** Open cases, the next due first; or closed ones, the last closed first. 50 at a time. Writes one entry. */
export async function caseList(
  tx: TenantTx,
  filter: CaseFilter = {},
): Promise<{ rows: CaseRow[]; next: string | undefined }> {
  let query = tx.db
    .selectFrom('cases.case as c')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'c.municipality_id').onRef('k.id', '=', 'c.content_key'),
    )
    .select([
      'c.id',
      'c.number',
      'c.matter',
      'c.area',
      'c.subject',
      'c.step_kind',
      'c.list_at',
      'c.due_at',
      'c.closed_on',
      'k.id as key_id',
      'k.class',
      'k.wrapped',
    ])
    .limit(pageSize + 1)
  const [, at = '', id = ''] = /^([\dTZ:.-]{10,24})\|([0-9a-f-]{36})$/.exec(filter.after ?? '') ?? []
  if (filter.closed) {
    query = query.where('c.closed_on', 'is not', null).orderBy('c.closed_on', 'desc').orderBy('c.id')
    if (/^\d{4}-\d\d-\d\d$/.test(at))
      query = query.where(
        sql<boolean>`(c.closed_on < ${at}::date or (c.closed_on = ${at}::date and c.id > ${id}::uuid))`,
      )
  } else {
    query = query.where('c.list_rank', '=', 0).orderBy('c.list_at').orderBy('c.id')
    if (!Number.isNaN(Date.parse(at)))
      query = query.where(sql<boolean>`(c.list_at, c.id) > (${new Date(at)}, ${id}::uuid)`)
  }
  if (filter.area) query = query.where('c.area', '=', filter.area)
  if (filter.subject) query = query.where('c.subject', '=', filter.subject)
  const [found] = await Promise.all([query.execute(), recordReading(tx, 'listed', 'cases')])
  const rows = found.slice(0, pageSize)
  const last = found.length > pageSize ? rows.at(-1) : undefined
  return {
    rows: rows.map((row) => ({
      id: row.id,
      number: row.number,
      matter: tx.keys.reveal(
        tx.keys.open({ id: row.key_id, class: row.class, wrapped: row.wrapped }),
        { table: 'cases.case', column: 'matter', row: row.id },
        row.matter,
      ),
      area: row.area,
      subject: row.subject,
      stepKind: row.step_kind,
      dueAt: row.due_at,
      closedOn: row.closed_on,
    })),
    next: last && `${(filter.closed && last.closed_on) || last.list_at.toISOString()}|${last.id}`,
  }
}

const brief = (tx: TenantTx) =>
  tx.db
    .selectFrom('cases.case as c')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'c.municipality_id').onRef('k.id', '=', 'c.content_key'),
    )
    .select([
      'c.id',
      'c.number',
      'c.matter',
      'c.area',
      'c.subject',
      'c.step',
      'c.step_kind',
      'c.model_version',
      'c.opened_on',
      'c.due_at',
      'c.owner_role',
      'k.id as key_id',
      'k.class',
      'k.wrapped',
    ])

type Brief = Awaited<ReturnType<ReturnType<typeof brief>['execute']>>[number]

const opened = (tx: TenantTx, row: Brief) => ({
  ...row,
  matter: tx.keys.reveal(
    tx.keys.open({ id: row.key_id, class: row.class, wrapped: row.wrapped }),
    { table: 'cases.case', column: 'matter', row: row.id },
    row.matter,
  ),
})

/** Cases for Heute, at most fifty, the next due first: open ones, and closed ones to be looked at again within a week. */
export async function waitingCases(tx: TenantTx) {
  const soon = new Date(tx.now.getTime() + 7 * 86_400_000)
  const rows = await brief(tx)
    .where((eb) => eb.or([eb('c.closed_on', 'is', null), eb('c.due_at', '<', soon)]))
    .orderBy('c.list_rank')
    .orderBy('c.list_at')
    .orderBy('c.id')
    .limit(pageSize)
    .execute()
  await recordReading(tx, 'listed', 'today:cases')
  return rows.map((row) => opened(tx, row))
}

/** Open cases for a choice, at most fifty, the next due first. Writes one entry. */
export async function openCases(tx: TenantTx) {
  const rows = await brief(tx)
    .where('c.closed_on', 'is', null)
    .orderBy('c.list_at')
    .orderBy('c.id')
    .limit(pageSize)
    .execute()
  await recordReading(tx, 'listed', 'cases:open')
  return rows.map((row) => opened(tx, row))
}

/** Cases in which all the words stand, newest first, at most fifty. Writes one entry. */
export async function findCases(tx: TenantTx, words: string) {
  const found = standsIn(tx, words, 'c.id')
  if (!found) return []
  const rows = await brief(tx).where(found).orderBy('c.opened_on', 'desc').orderBy('c.id').limit(pageSize).execute()
  await recordReading(tx, 'searched', 'cases')
  return rows.map((row) => opened(tx, row))
}

const caseRows = statement((db, id: string) =>
  db
    .selectFrom('cases.case as c')
    .innerJoin('platform.record_key as k', (join) =>
      join.onRef('k.municipality_id', '=', 'c.municipality_id').onRef('k.id', '=', 'c.content_key'),
    )
    .selectAll('c')
    .select(['k.class', 'k.wrapped'])
    .where('c.id', '=', id),
)

/** One case, opened: writes the read entry. Undefined when it is not there for this person. */
export async function openedCase(tx: TenantTx, id: string) {
  const [row] = await caseRows(tx, id)
  if (!row) return undefined
  tx.underWay(record(tx, 'read', `case:${id}`))
  const key = keyAlong(tx, { id: row.content_key, class: row.class, wrapped: row.wrapped })
  return {
    id,
    number: row.number,
    openedOn: row.opened_on,
    area: row.area,
    subject: row.subject,
    step: row.step,
    stepKind: row.step_kind,
    modelVersion: row.model_version,
    dueAt: row.due_at,
    closedOn: row.closed_on,
    outcome: row.outcome,
    hours: row.hours_quarters === null ? null : row.hours_quarters / 4,
    version: row.version,
    contentKey: row.content_key,
    level: row.level,
    ownerRole: row.owner_role,
    /** Answers to the model's own questions, by step. */
    answers: (row.answers
      ? JSON.parse(tx.keys.reveal(key, { table: 'cases.case', column: 'answers', row: id }, row.answers))
      : {}) as Record<string, Answers>,
    matter: tx.keys.reveal(key, { table: 'cases.case', column: 'matter', row: id }, row.matter),
  }
}

/** What whoever reported is told at the end of a case; undefined when nothing was written. */
export async function closingAnswer(tx: TenantTx, id: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('cases.case')
    .select(['closing_answer', 'content_key'])
    .where('id', '=', id)
    .executeTakeFirst()
  const key = row?.closing_answer && (await recordKey(tx, row.content_key))
  return row?.closing_answer && key
    ? tx.keys.reveal(key, { table: 'cases.case', column: 'closing_answer', row: id }, row.closing_answer)
    : undefined
}
export type OpenedCase = NonNullable<Awaited<ReturnType<typeof openedCase>>>

/** The kind of step a case stands at, for the sentence in the reporter's mailbox; asked by the program, not recorded. */
export async function stepKindOf(tx: TenantTx, id: string): Promise<string | undefined> {
  const row = await tx.db.selectFrom('cases.case').select('step_kind').where('id', '=', id).executeTakeFirst()
  return row?.step_kind
}

/** Which of these cases this person may open whole, not only as an extract; nothing sealed is opened. */
export async function openToHer(tx: TenantTx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('cases.case')
    .select('id')
    .where('id', 'in', [...ids])
    .where(sql<boolean>`id not in (select access.extracts())`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Open cases whose clock one of these roles owns: ids and times, nothing sealed is opened. */
export async function dueCases(tx: TenantTx, roles: readonly string[]) {
  if (roles.length === 0) return []
  return tx.db
    .selectFrom('cases.case')
    .select(['id', 'due_at'])
    .where('owner_role', 'in', [...roles])
    .where('due_at', 'is not', null)
    .where('closed_on', 'is', null)
    .execute()
}

/** Every case with the day it was closed, null while it runs: what hangs on a case ends with it. */
export const endsOfCases = async (tx: TenantTx): Promise<{ id: string; closedOn: string | null }[]> =>
  tx.db.selectFrom('cases.case').select(['id', 'closed_on as closedOn']).execute()

/** The open cases somebody may work on today, as what, by number; those that whoever asks may see. */
export async function openCasesOf(tx: TenantTx, person: string) {
  const today = berlinDay(tx.now)
  return tx.db
    .selectFrom('cases.case as c')
    .innerJoin('access.grant as g', (join) =>
      join.onRef('g.municipality_id', '=', 'c.municipality_id').onRef('g.record_id', '=', 'c.id'),
    )
    .select(['c.id', 'c.number', 'g.role'])
    .where('g.person_id', '=', person)
    .where('c.closed_on', 'is', null)
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>=', today)]))
    .orderBy('c.number')
    .execute()
}
