import { bar, barredFrom, grantedOn, holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, personsOf, readersToExclude } from '#work/model/index.ts'

/**
 * On the fact that somebody was appointed: an office that is kept from a report stays so with whoever joins it. Where the
 * substitute let one of its members read, the office is not kept from it; whoever was let in by name stays in.
 */
export async function keepNewcomerAway(tx: TenantTx, person: string): Promise<void> {
  const model = await modelInForce(tx)
  const everybody = await holdersOf(tx, [...model.roles.keys()])
  for (const { id: office } of readersToExclude(model)) {
    const members = personsOf(model, [office], everybody)
    if (!members.includes(person)) continue
    for (const { id, case_id: caseId } of await releasedFrom(tx, office)) {
      const barred = await barredFrom(tx, [id])
      if (members.some((one) => one !== person && !barred.has(one)) || barred.has(person)) continue
      const closed = caseId ? [id, caseId] : [id]
      const letIn = await Promise.all(closed.map((one) => grantedOn(tx, one)))
      if (letIn.some((one) => one.has(person))) continue
      for (const one of closed) await bar(tx, one, [person])
      await record(tx, 'kept-away', `report:${id}`)
    }
  }
}

/** Reports the substitute has released that whoever reported wanted this office not to read. */
const releasedFrom = (tx: TenantTx, office: string) =>
  tx.db
    .selectFrom('intake.exclusion as e')
    .innerJoin('intake.report as r', (join) =>
      join.onRef('r.municipality_id', '=', 'e.municipality_id').onRef('r.id', '=', 'e.report_id'),
    )
    .select(['r.id', 'r.case_id'])
    .where('e.reader', '=', office)
    .where('r.held_for', 'is', null)
    .execute()
