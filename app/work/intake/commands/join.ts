import { barredFrom, bindTogether, grantedOn } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import {
  clockAt,
  insideAgreed,
  isInside,
  modelInForce,
  modelVersion,
  rolesUnder,
  stepOf,
  type Move,
} from '#work/model/index.ts'
import { factsOf, type Missing } from '../rules.ts'
import { waysOn } from '../ways.ts'

const columns = [
  'id',
  'step',
  'step_kind',
  'model_version',
  'held_for',
  'danger',
  'anonymity',
  'contact_key',
  'content_key',
  'area',
  'subject',
  'channel',
  'case_id',
  'merged_into',
  'waiting_since',
] as const

/** The reports a command works on, locked in one order so that two people cannot wait for each other. */
async function lock(tx: TenantTx, ids: readonly string[]) {
  const rows = await tx.db
    .selectFrom('intake.report')
    .select(columns)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()
  if (rows.length !== new Set(ids).size) throw new NotAllowed('report', { hidden: true })
  return rows
}
type Row = Awaited<ReturnType<typeof lock>>[number]

const actor = (tx: TenantTx): string => {
  if (tx.who.kind !== 'person') throw new NotAllowed('merge', { hidden: false })
  return tx.who.id
}

/** The way from where a report stands into a case; joining another report or a case asks for the same right. */
async function wayIntoCase(tx: TenantTx, row: Row, roles: readonly string[]): Promise<Move | undefined> {
  const model = await modelVersion(tx, row.model_version)
  const inForce = await modelInForce(tx)
  if (isInside(inForce, row.subject) && !insideAgreed(inForce)) return undefined
  const held = rolesUnder(model, inForce, roles)
  return waysOn(model, { step: row.step, facts: factsOf(row) }, held).find(({ kind }) => kind === 'open')
}

/** What stands in the way of joining this report to anything. */
async function refused(tx: TenantTx, row: Row, roles: readonly string[]): Promise<Missing | undefined> {
  if (row.held_for) return { field: 'with', message: 'missing.held' }
  if (row.case_id || row.step_kind === 'closed') return { field: 'with', message: 'missing.settled' }
  return (await wayIntoCase(tx, row, roles)) ? undefined : { field: 'with', message: 'missing.way' }
}

async function note(tx: TenantTx, row: Row, into: { report?: string; case?: string }, reason: string): Promise<void> {
  const id = newId()
  const key = await livingKey(tx, row.content_key)
  await tx.db
    .insertInto('intake.joining')
    .values({
      id,
      report_id: row.id,
      into_report: into.report ?? null,
      into_case: into.case ?? null,
      reason: tx.keys.seal<'report'>(key, { table: 'intake.joining', column: 'reason', row: id }, reason),
      joined_on: berlinDay(tx.now),
      joined_by: actor(tx),
      from_step: row.step,
      from_version: row.model_version,
      parted_on: null,
      parted_by: null,
    })
    .execute()
}

/** Binds all that goes on together, so that whoever must not read one of them reads none. */
async function bind(tx: TenantTx, at: { lead?: string | null; case?: string | null }): Promise<void> {
  const rows = await tx.db
    .selectFrom('intake.report')
    .select('id')
    .where((eb) =>
      eb.or([
        ...(at.lead ? [eb('id', '=', at.lead), eb('merged_into', '=', at.lead)] : []),
        ...(at.case ? [eb('case_id', '=', at.case)] : []),
      ]),
    )
    .execute()
  await bindTogether(tx, [...(at.case ? [at.case] : []), ...rows.map(({ id }) => id)])
}

/** Whether somebody works on the case who is kept from a report that shall join it. */
async function leavesNobody(tx: TenantTx, caseId: string, reports: readonly string[]): Promise<boolean> {
  const barred = await barredFrom(tx, reports)
  return [...(await grantedOn(tx, caseId))].some((person) => barred.has(person))
}

/** Reports that are merged into these, so that whole groups join, not only their first. */
const followers = async (tx: TenantTx, leads: readonly string[]): Promise<string[]> =>
  (
    await tx.db
      .selectFrom('intake.report')
      .select('id')
      .where('merged_into', 'in', [...leads])
      .execute()
  ).map(({ id }) => id)

/**
 * Merges two reports of one occurrence: both go on behind the one that came first, each keeps its mailbox. Where the
 * other is already in a case, this one joins that case. Returns what stands in the way, or the report that leads on.
 */
export async function mergeReports(
  tx: TenantTx,
  roles: readonly string[],
  ids: readonly [report: string, other: string],
  reason: string,
): Promise<{ missing: Missing[] } | { lead: string }> {
  const rows = await lock(tx, ids)
  const [report, other] = ids.map((id) => rows.find((row) => row.id === id)) as [Row, Row]
  if (report.id === other.id || report.merged_into) return { missing: [{ field: 'with', message: 'missing.with' }] }
  const blocked = await refused(tx, report, roles)
  if (blocked) return { missing: [blocked] }
  if (other.case_id) {
    const missing = await addToCase(tx, roles, [report.id], other.case_id, reason)
    return missing.length > 0 ? { missing } : { lead: other.id }
  }
  const [head] = other.merged_into ? await lock(tx, [other.merged_into]) : [other]
  const faults = await refused(tx, head!, roles)
  if (faults) return { missing: [faults] }
  const [lead, joins] = head!.waiting_since <= report.waiting_since ? [head!, report] : [report, head!]
  const moved = [joins.id, ...(await followers(tx, [joins.id]))]
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({ merged_into: lead.id, due_at: null, owner_role: null, version: eb('version', '+', 1) }))
    .where('id', 'in', moved)
    .execute()
  await note(tx, joins, { report: lead.id }, reason)
  await bind(tx, { lead: lead.id })
  await record(tx, 'merged', `report:${joins.id}`)
  return { lead: lead.id }
}

/**
 * What was decided about a report holds for these others and for all that are merged into any of them. Called after the
 * report itself has moved. Returns all that came along.
 */
export async function carryAlong(tx: TenantTx, lead: string, others: readonly string[] = []): Promise<string[]> {
  const row = await tx.db
    .selectFrom('intake.report')
    .select(['step', 'step_kind', 'model_version', 'case_id', 'due_at', 'owner_role'])
    .where('id', '=', lead)
    .executeTakeFirstOrThrow()
  const move = (clock: { due_at: Date | null; owner_role: string | null }) =>
    tx.db
      .updateTable('intake.report')
      .set((eb) => ({ ...row, ...clock, version: eb('version', '+', 1) }))
      .returning('id')
  const silent = { due_at: null, owner_role: null }
  const beside =
    others.length > 0
      ? await move(row)
          .where('id', 'in', [...others])
          .execute()
      : []
  const behind = await move(silent)
    .where('merged_into', 'in', [lead, ...others])
    .execute()
  if (row.case_id) await bind(tx, { case: row.case_id })
  return [...beside, ...behind].map(({ id }) => id)
}

/** Lets a report stand in a case for good: its own clock ends, the case's goes on. */
async function enterCase(tx: TenantTx, row: Row, move: Move, caseId: string): Promise<void> {
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      step: move.to,
      step_kind: move.kind,
      case_id: caseId,
      due_at: null,
      owner_role: null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute()
  await carryAlong(tx, row.id)
}

/** Further reports join a running case. Returns what stands in the way; then nothing has changed. */
export async function addToCase(
  tx: TenantTx,
  roles: readonly string[],
  ids: readonly string[],
  caseId: string,
  reason: string,
): Promise<Missing[]> {
  const rows = await lock(tx, ids)
  for (const row of rows) {
    const blocked = await refused(tx, row, roles)
    if (blocked) return [blocked]
  }
  if (await leavesNobody(tx, caseId, ids)) return [{ field: 'with', message: 'missing.barred-handler' }]
  for (const row of rows) {
    await note(tx, row, { case: caseId }, reason)
    await enterCase(tx, row, (await wayIntoCase(tx, row, roles))!, caseId)
    await record(tx, 'joined', `report:${row.id}`)
  }
  await bind(tx, { case: caseId })
  return []
}

/** Diffuse complaints become one matter: one case with several reports. Returns what is missing, or the case. */
export async function bundle(
  tx: TenantTx,
  roles: readonly string[],
  ids: readonly string[],
  { matter, reason }: { matter: string; reason: string },
): Promise<{ missing: Missing[] } | { caseId: string }> {
  const rows = (await lock(tx, ids)).toSorted((a, b) => a.waiting_since.getTime() - b.waiting_since.getTime())
  for (const row of rows) {
    const blocked = await refused(tx, row, roles)
    if (blocked) return { missing: [{ ...blocked, field: 'reports' }] }
  }
  const [first] = rows
  const move = first && (await wayIntoCase(tx, first, roles))
  if (!first || !move) return { missing: [{ field: 'reports', message: 'missing.reports' }] }
  const same = (of: 'area' | 'subject') => (rows.every((row) => row[of] === first[of]) ? first[of] : 'unknown')
  const { model_version: modelVersion, channel } = first
  const place = { area: same('area'), subject: same('subject') }
  const caseId = await openCase(tx, { matter, ...place, at: move.lands, modelVersion, channel })
  const missing = await addToCase(tx, roles, ids, caseId, reason)
  if (missing.length > 0) throw new Error('a new case takes every report that was looked at before')
  return { caseId }
}

/** Parts a report from what it was joined to: it stands again where it stood, with a new clock and its own readers. */
export async function partReport(tx: TenantTx, id: string): Promise<void> {
  const [row] = await lock(tx, [id])
  const joining = await tx.db
    .selectFrom('intake.joining')
    .selectAll()
    .where('report_id', '=', id)
    .where('parted_on', 'is', null)
    .executeTakeFirst()
  if (!row || !joining) throw new NotAllowed('joining', { hidden: true })
  const model = await modelVersion(tx, joining.from_version)
  const kept = [id, ...(await followers(tx, [id]))]
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      step: joining.from_step,
      step_kind: stepOf(model, joining.from_step).kind,
      model_version: joining.from_version,
      case_id: null,
      version: eb('version', '+', 1),
    }))
    .where('id', 'in', kept)
    .execute()
  await tx.db
    .updateTable('intake.report')
    .set({ merged_into: null, ...clockAt(model, joining.from_step, tx.now) })
    .where('id', '=', id)
    .execute()
  await tx.db
    .updateTable('intake.joining')
    .set({ parted_on: berlinDay(tx.now), parted_by: actor(tx) })
    .where('id', '=', joining.id)
    .execute()
  if (row.merged_into ?? row.case_id) await bind(tx, { lead: row.merged_into, case: row.case_id })
  await bind(tx, { lead: id })
  await record(tx, 'parted', `report:${id}`)
}
