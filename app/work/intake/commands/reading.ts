import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Compiled } from '#work/model/index.ts'

/**
 * Lets an office of the model read one report: the contact point of a town that whoever reported chose, or that it was
 * passed on to. Who that is follows from the appointments of the day, not from a list of persons.
 */
export async function letOfficeRead(tx: TenantTx, report: string, model: Compiled, office: string): Promise<void> {
  const found = model.offices.get(office)
  // Partner offices get the letter; only contact points work here with a view of their own.
  if (found?.component !== 'contact-point') return
  const areas = found.areas ?? ['*']
  const rows = found.roles.flatMap((role) => areas.map((area) => ({ report_id: report, role, area })))
  if (rows.length === 0) return
  await tx.db
    .insertInto('intake.reading')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
