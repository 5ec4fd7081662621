import { record } from '#platform/audit/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { partOf } from '../queries/requests.ts'
import { secondsFor } from '../queries/seconds.ts'
import { over } from './end.ts'
import { addToRequest, keep } from './note.ts'
import { noteSearch } from './search.ts'
import { demandPreparer, lockRequest, reveal } from './store.ts'

/**
 * The substitute answers herself for what she found: a request of her own, of which the one it answers shows nothing but
 * that she has looked. Found again while she prepares it, reports are added. Returns its id.
 */
export async function beginPart(tx: TenantTx, of: string, reports: readonly string[]): Promise<string> {
  demandPreparer(tx, { quiet: true })
  const { row, key } = await lockRequest(tx, of, 'open')
  if (row.quiet || reports.length === 0) throw new NotAllowed('request', { hidden: false })
  await noteSearch(tx, of)
  const part = await partOf(tx, of)
  const found = { cases: [], reports }
  if (part) {
    await addToRequest(tx, part.id, found)
    return part.id
  }
  const open = (column: 'asker' | 'wants') => reveal(tx, key, column, of, row[column])
  const asked = { basis: row.basis, asker: open('asker'), wants: open('wants') }
  return keep(tx, { ...asked, receivedOn: row.received_on, dueOn: row.due_on }, found, of)
}

/** Somebody else shall decide with the substitute. Answers false when she may not. */
export async function askSecond(tx: TenantTx, id: string, second: string): Promise<boolean> {
  const { row } = await lockRequest(tx, id, 'proposed', 'decided')
  demandPreparer(tx, row)
  const able = row.quiet ? await secondsFor(tx, row.reports) : []
  if (second === row.proposed_by || !able.some((one) => one.id === second)) return false
  await tx.db.updateTable('inspection.request').set({ second_by: second }).where('id', '=', id).execute()
  await record(tx, 'inspection-second', `inspection:${id}`)
  await notify(tx, [second], tx.now)
  return true
}

/** Nobody may decide with the substitute: she answered outside the program, and that is written down. */
export async function answeredOnPaper(tx: TenantTx, id: string): Promise<void> {
  const { row } = await lockRequest(tx, id, 'open', 'proposed', 'decided')
  demandPreparer(tx, row)
  if (!row.quiet || (await secondsFor(tx, row.reports)).length > 0) throw new NotAllowed('request', { hidden: false })
  await tx.db
    .updateTable('inspection.request')
    .set({ state: 'answered', ended_on: berlinDay(tx.now), extract: null, choices: null })
    .where('id', '=', id)
    .execute()
  await over(tx, id, row)
  await record(tx, 'inspection-on-paper', `inspection:${id}`)
}
