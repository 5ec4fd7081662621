import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, caseNumber, newId, NotAllowed } from '#platform/kernel/index.ts'
import { setHold } from '#platform/retention/index.ts'
import { addKey, type TenantTx } from '#platform/tenancy/index.ts'
import { caseRecord } from '#work/cases/index.ts'
import { reportRecord, reportsOfCase } from '#work/intake/index.ts'
import { dueOn, type Basis } from '../bases.ts'
import { requestMoved } from '../facts.ts'
import { partOf } from '../queries/requests.ts'
import { words } from '../words.ts'
import { actor, demandPreparer, lockRequest, seal } from './store.ts'

export interface NewRequest {
  readonly basis: Basis
  readonly asker: string
  readonly wants: string
  /** Calendar days; without `dueOn`, what the basis says. */
  readonly receivedOn: string
  readonly dueOn?: string | undefined
}

/** What a request concerns: ids of cases and of reports. */
export interface Concerns {
  readonly cases: readonly string[]
  readonly reports: readonly string[]
}

/** Holds what a request concerns, and says whether any of it is kept from everybody but the substitute (`own`: all). */
async function hold(tx: TenantTx, request: string, { cases, reports }: Concerns, own = false): Promise<boolean> {
  const reason = words('de')('hold.reason')
  for (const id of cases) {
    const { contentKey } = await caseRecord(tx, id)
    await setHold(tx, { kind: 'case', record: id, contentKey, reason, because: request })
  }
  let quiet = own
  for (const id of reports) {
    const found = await reportRecord(tx, id)
    if (!found) throw new NotAllowed('report', { hidden: true })
    const { contentKey } = found
    quiet ||= found.quiet
    await setHold(tx, { kind: 'report', record: id, contentKey, reason, because: request, quiet: own || found.quiet })
  }
  return quiet
}

/** The reports of these cases belong to what is asked about. */
async function withReports(tx: TenantTx, { cases, reports }: Concerns): Promise<Concerns> {
  const inCases = await Promise.all(cases.map((id) => reportsOfCase(tx, id)))
  return { cases: [...new Set(cases)], reports: [...new Set([...reports, ...inCases.flat()])] }
}

/** Notes a request; what it concerns is not deleted while it runs. Returns its id. */
export async function noteRequest(tx: TenantTx, request: NewRequest, about: Concerns): Promise<string> {
  demandPreparer(tx, { quiet: false })
  return keep(tx, request, await withReports(tx, about), null)
}

/** Writes a request down; `answers`: the request of which this is the substitute's part. */
export async function keep(
  tx: TenantTx,
  request: NewRequest,
  concerns: Concerns,
  answers: string | null,
): Promise<string> {
  const by = actor(tx)
  const id = newId()
  const quiet = await hold(tx, id, concerns, answers !== null)
  const key = await addKey(tx, 'inspection', id)
  await tx.db
    .insertInto('inspection.request')
    .values({
      id,
      // Random like those of cases: a count would tell of requests somebody must not know of.
      number: caseNumber().replace('F-', 'E-'),
      basis: request.basis,
      received_on: request.receivedOn,
      due_on: request.dueOn ?? dueOn(request.basis, request.receivedOn),
      cases: [...concerns.cases],
      reports: [...concerns.reports],
      quiet,
      answers,
      made_by: by,
      kept_by: by,
      made_on: berlinDay(tx.now),
      content_key: key.id,
      asker: seal(tx, key, 'asker', id, request.asker),
      wants: seal(tx, key, 'wants', id, request.wants),
    })
    .execute()
  await record(tx, 'inspection-noted', `inspection:${id}`)
  return id
}

/** Adds what was found to what a request concerns. */
export async function addToRequest(tx: TenantTx, id: string, about: Concerns): Promise<void> {
  const { row } = await lockRequest(tx, id, 'open')
  demandPreparer(tx, row)
  const all = await withReports(tx, {
    cases: [...row.cases, ...about.cases],
    reports: [...row.reports, ...about.reports],
  })
  const quiet = await hold(tx, id, all, row.answers !== null)
  await tx.db
    .updateTable('inspection.request')
    .set({ cases: [...all.cases], reports: [...all.reports], quiet: row.quiet || quiet })
    .where('id', '=', id)
    .execute()
  await record(tx, 'inspection-widened', `inspection:${id}`)
}

/** Another day, as agreed with whoever asks or as a court sets it. */
export async function setDue(tx: TenantTx, id: string, day: string): Promise<void> {
  const { row } = await lockRequest(tx, id, 'open', 'proposed', 'decided')
  demandPreparer(tx, row)
  await tx.db.updateTable('inspection.request').set({ due_on: day }).where('id', '=', id).execute()
  await record(tx, 'inspection-due', `inspection:${id}`)
  await tell(tx, requestMoved, `inspection:${id}`, {})
}

/** As the program, after another day was set: the substitute's part is due with the request it answers. */
export async function followDue(tx: TenantTx, id: string): Promise<void> {
  const [request, part] = await Promise.all([
    tx.db.selectFrom('inspection.request').select('due_on').where('id', '=', id).executeTakeFirst(),
    partOf(tx, id),
  ])
  if (!request || !part) return
  await tx.db.updateTable('inspection.request').set({ due_on: request.due_on }).where('id', '=', part.id).execute()
  await record(tx, 'inspection-due', `inspection:${part.id}`)
}
