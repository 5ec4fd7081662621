import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { liftHold } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { requestEnded } from '../facts.ts'
import { tellKeeper } from './handOver.ts'
import type { Concerns } from './note.ts'
import { demandPreparer, lockRequest } from './store.ts'

async function letGo(tx: TenantTx, id: string, { cases, reports }: Concerns): Promise<void> {
  for (const one of cases) await liftHold(tx, 'case', one, id)
  for (const one of reports) await liftHold(tx, 'report', one, id)
}

/**
 * The request is over: what it concerned may be deleted again. The holds of a quiet one are lifted on the fact: whoever
 * decided with the substitute does not see them.
 */
export async function over(tx: TenantTx, id: string, row: Concerns & { readonly quiet: boolean }): Promise<void> {
  if (!row.quiet) await letGo(tx, id, row)
  await tell(tx, requestEnded, `inspection:${id}`, {})
}

const withdrawn = (tx: TenantTx, id: string) =>
  tx.db
    .updateTable('inspection.request')
    .set({ state: 'withdrawn', ended_on: berlinDay(tx.now), extract: null, choices: null })
    .where('id', '=', id)
    .execute()

/** Whoever asked does not ask any more. */
export async function withdraw(tx: TenantTx, id: string): Promise<void> {
  const { row } = await lockRequest(tx, id, 'open', 'proposed', 'decided')
  demandPreparer(tx, row)
  await withdrawn(tx, id)
  await over(tx, id, row)
  await record(tx, 'inspection-withdrawn', `inspection:${id}`)
}

/** As the program, after a request ended: lets go of what a quiet one held; with what was withdrawn its part ends, too. */
export async function followEnd(tx: TenantTx, id: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('inspection.request')
    .select(['id', 'state', 'quiet', 'cases', 'reports', 'kept_by', 'answers'])
    .where((eb) => eb.or([eb('id', '=', id), eb.and([eb('answers', '=', id), eb('ended_on', 'is', null)])]))
    .execute()
  const ended = rows.find((row) => row.id === id)
  if (ended?.quiet) await letGo(tx, id, ended)
  if (ended?.state !== 'withdrawn') return
  for (const part of rows.filter(({ answers }) => answers === id)) {
    await withdrawn(tx, part.id)
    await letGo(tx, part.id, part)
    await record(tx, 'inspection-withdrawn', `inspection:${part.id}`)
    await tellKeeper(tx, part)
  }
}
