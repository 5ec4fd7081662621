import { record } from '#platform/audit/index.ts'
import { berlinDay, caseNumber, newId, NotAllowed } from '#platform/kernel/index.ts'
import { liftHold, setHold } from '#platform/retention/index.ts'
import { addKey, type TenantTx } from '#platform/tenancy/index.ts'
import { caseRecord } from '#work/cases/index.ts'
import { reportRecord, reportsOfCase } from '#work/intake/index.ts'
import { dueOn, type Basis } from '../bases.ts'
import { words } from '../words.ts'
import { demandPreparer, lockRequest, seal } from './store.ts'

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

/** Holds what a request concerns, and says whether any of it is kept from everybody but the substitute. */
async function hold(tx: TenantTx, request: string, { cases, reports }: Concerns): Promise<boolean> {
  const reason = words('de')('hold.reason')
  for (const id of cases) {
    const { contentKey } = await caseRecord(tx, id)
    await setHold(tx, { kind: 'case', record: id, contentKey, reason, because: request })
  }
  let quiet = false
  for (const id of reports) {
    const found = await reportRecord(tx, id)
    if (!found) throw new NotAllowed('report', { hidden: true })
    const { contentKey } = found
    quiet ||= found.quiet
    await setHold(tx, { kind: 'report', record: id, contentKey, reason, because: request, quiet: found.quiet })
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
  const by = demandPreparer(tx)
  const id = newId()
  const concerns = await withReports(tx, about)
  const quiet = await hold(tx, id, concerns)
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
  demandPreparer(tx)
  const { row } = await lockRequest(tx, id, 'open')
  const all = await withReports(tx, {
    cases: [...row.cases, ...about.cases],
    reports: [...row.reports, ...about.reports],
  })
  const quiet = await hold(tx, id, all)
  await tx.db
    .updateTable('inspection.request')
    .set({ cases: [...all.cases], reports: [...all.reports], quiet: row.quiet || quiet })
    .where('id', '=', id)
    .execute()
  await record(tx, 'inspection-widened', `inspection:${id}`)
}

/** Another day, as agreed with whoever asks or as a court sets it. */
export async function setDue(tx: TenantTx, id: string, day: string): Promise<void> {
  demandPreparer(tx)
  await lockRequest(tx, id, 'open', 'proposed', 'decided')
  await tx.db.updateTable('inspection.request').set({ due_on: day }).where('id', '=', id).execute()
  await record(tx, 'inspection-due', `inspection:${id}`)
}

/** The request is over: what it concerned may be deleted again. */
export async function letGo(tx: TenantTx, id: string, { cases, reports }: Concerns): Promise<void> {
  for (const one of cases) await liftHold(tx, 'case', one, id)
  for (const one of reports) await liftHold(tx, 'report', one, id)
}

/** Whoever asked does not ask any more. */
export async function withdraw(tx: TenantTx, id: string): Promise<void> {
  demandPreparer(tx)
  const { row } = await lockRequest(tx, id, 'open', 'proposed', 'decided')
  await tx.db
    .updateTable('inspection.request')
    .set({ state: 'withdrawn', ended_on: berlinDay(tx.now), extract: null, choices: null })
    .where('id', '=', id)
    .execute()
  await letGo(tx, id, row)
  await record(tx, 'inspection-withdrawn', `inspection:${id}`)
}
