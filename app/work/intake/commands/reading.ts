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

/** Ends that, unless whoever reported chose this office herself. */
export async function endOfficeReading(tx: TenantTx, report: string, model: Compiled, office: string): Promise<void> {
  const roles = model.offices.get(office)?.roles ?? []
  if (roles.length === 0) return
  const chosen = tx.db.selectFrom('intake.report').select('office').where('id', '=', report)
  if ((await chosen.executeTakeFirst())?.office === office) return
  const areas = model.offices.get(office)?.areas ?? ['*']
  await tx.db
    .deleteFrom('intake.reading')
    .where('report_id', '=', report)
    .where('role', 'in', [...roles])
    .where('area', 'in', [...areas])
    .execute()
}
