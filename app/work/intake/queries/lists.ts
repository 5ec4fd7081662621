import { sql } from 'kysely'
import { recordReading } from '#platform/audit/index.ts'
import { standsIn } from '#platform/search/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { underVeil } from '../veil.ts'

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
      'r.veil',
      'r.area',
      'r.subject',
      'r.channel',
      'r.language',
      'r.translated',
      'r.step_kind',
      'r.danger',
      'r.due_at',
    ])
    .select(['r.owner_role', 'r.received_on', 'r.anonymity', 'r.held_for', 'r.rank', 'r.waiting_since', 'r.pile'])
    .select(['k.id as key_id', 'k.class', 'k.wrapped'])

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

function opened(tx: TenantTx, { key_id, class: retentionClass, wrapped, ...row }: Row) {
  const key = tx.keys.open({ id: key_id, class: retentionClass, wrapped })
  return {
    ...row,
    headline: underVeil(
      row.veil,
      tx.keys.reveal(key, { table: 'intake.report', column: 'headline', row: row.id }, row.headline),
    ),
  }
}
export type ReportRow = ReturnType<typeof opened>

/** Neither closed nor part of a case: it still waits for somebody. */
const waiting = (tx: TenantTx) =>
  rows(tx)
    .where('r.case_id', 'is', null)
    .where('r.merged_into', 'is', null)
    .where('r.step_kind', '<>', sql.lit('closed'))
    .orderBy('r.rank')
    .orderBy('r.waiting_since')
    .orderBy('r.id')

/** Of the look-alikes of a pile only the first that this person sees: what is hidden from her shows in nothing. */
const folded = (tx: TenantTx) =>
  waiting(tx).where(
    sql<boolean>`(r.pile is null or not exists (select 1 from intake.report q where q.pile = r.pile
      and q.case_id is null and q.merged_into is null and q.step_kind <> 'closed'
      and (q.waiting_since, q.id) < (r.waiting_since, r.id)))`,
  )

/** How many reports stand behind these rows: merged into them, or look-alikes on their pile, themselves included. */
async function behind(tx: TenantTx, found: readonly Row[]): Promise<(row: Row) => { merged: number; piled: number }> {
  if (found.length === 0) return () => ({ merged: 0, piled: 0 })
  const ids = found.map(({ id }) => id)
  const piles = [...new Set(found.flatMap(({ pile }) => pile ?? []))]
  const countedBy = (column: 'merged_into' | 'pile', among: readonly string[]) =>
    tx.db
      .selectFrom('intake.report')
      .select((eb) => [`${column} as at` as const, eb.fn.countAll<number>().as('count')])
      .where(column, 'in', [...among])
      .groupBy(column)
  const [merged, piled] = await Promise.all([
    countedBy('merged_into', ids).execute(),
    piles.length === 0
      ? []
      : countedBy('pile', piles)
          .where('case_id', 'is', null)
          .where('merged_into', 'is', null)
          .where('step_kind', '<>', sql.lit('closed'))
          .execute(),
  ])
  const numbers = new Map([...merged, ...piled].map(({ at, count }) => [at, Number(count)]))
  return ({ id, pile }) => ({ merged: (numbers.get(id) ?? 0) + 1, piled: (pile && numbers.get(pile)) || 1 })
}

/** What this person wrote down herself, newest first, in whatever state, at most 200. Writes one entry. */
export async function ownReports(tx: TenantTx, person: string): Promise<ReportRow[]> {
  const found = await rows(tx)
    .where('r.entered_by', '=', person)
    .orderBy('r.received_on', 'desc')
    .orderBy('r.id')
    .limit(200)
    .execute()
  await recordReading(tx, 'listed', 'own:reports')
  return found.map((row) => opened(tx, row))
}

/** How many open look-alikes lie on this pile, as far as this person sees them. */
export async function pileSize(tx: TenantTx, pile: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('intake.report')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('pile', '=', pile)
    .where('case_id', 'is', null)
    .where('merged_into', 'is', null)
    .where('step_kind', '<>', sql.lit('closed'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The open look-alikes of a report's pile that this person sees, the longest waiting first; at most 200. */
export async function pileOf(tx: TenantTx, report: string): Promise<{ rows: ReportRow[]; count: number }> {
  const head = await tx.db.selectFrom('intake.report').select('pile').where('id', '=', report).executeTakeFirst()
  if (!head?.pile) return { rows: [], count: 0 }
  const found = await waiting(tx).where('r.pile', '=', head.pile).limit(200).execute()
  await recordReading(tx, 'listed', `pile:${head.pile}`)
  return { rows: found.map((row) => opened(tx, row)), count: await pileSize(tx, head.pile) }
}

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

/** A row of the inbox with how many reports it stands for. */
export type InboxRow = ReportRow & { readonly merged: number; readonly piled: number }

/** Open reports, the urgent and the longest waiting first; 50 at a time. Writes one entry with its filter. */
export async function inbox(
  tx: TenantTx,
  filter: InboxFilter,
): Promise<{ rows: InboxRow[]; next: string | undefined }> {
  let query = folded(tx).limit(pageSize + 1)
  if (filter.area) query = query.where('r.area', '=', filter.area)
  if (filter.subject) query = query.where('r.subject', '=', filter.subject)
  if (filter.step) query = query.where('r.step_kind', '=', filter.step)
  const after = afterOf(filter.after)
  if (after)
    query = query.where(
      sql<boolean>`(r.rank, r.waiting_since, r.id) > (${after.rank}, ${after.since}, ${after.id}::uuid)`,
    )
  const { area, subject, step } = filter
  const reading = `inbox:${JSON.stringify({ area, subject, step })}`
  const [found] = await Promise.all([query.execute(), recordReading(tx, 'listed', reading)])
  const last = found.length > pageSize ? found[pageSize - 1] : undefined
  const shown = found.slice(0, pageSize)
  const count = await behind(tx, shown)
  return {
    rows: shown.map((row) => ({ ...opened(tx, row), ...count(row) })),
    next: last && `${last.rank}|${last.waiting_since.toISOString()}|${last.id}`,
  }
}

/** The open reports for Heute, at most fifty, the most urgent first. */
export async function waitingReports(tx: TenantTx): Promise<ReportRow[]> {
  const [found] = await Promise.all([
    folded(tx).limit(pageSize).execute(),
    recordReading(tx, 'listed', 'today:reports'),
  ])
  return found.map((row) => opened(tx, row))
}

/** What may be bundled: the chosen first, then the other open reports, at most 50 of each. */
export async function waitingToBundle(tx: TenantTx, chosen: readonly string[]): Promise<ReportRow[]> {
  const wanted = chosen.filter((id) => /^[0-9a-f-]{36}$/.test(id))
  const first = wanted.length > 0 ? await waiting(tx).where('r.id', 'in', wanted).limit(200).execute() : []
  let others = waiting(tx).where('r.held_for', 'is', null).limit(pageSize)
  if (wanted.length > 0) others = others.where('r.id', 'not in', wanted)
  await recordReading(tx, 'listed', 'bundle:reports')
  return [...first, ...(await others.execute())].map((row) => opened(tx, row))
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
