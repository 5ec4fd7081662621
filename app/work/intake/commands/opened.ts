import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, openedBy } from '#work/model/index.ts'

const ranking = ['coordination', 'contact-point', 'specialist'] as const

/** Notes for the mailbox that somebody opened a report: one of three words and the month. */
export async function noteOpened(tx: TenantTx, report: string): Promise<void> {
  if (tx.who.kind !== 'person') return
  const model = await modelInForce(tx)
  if (!model.model.mailbox.openedBy) return
  const today = berlinDay(tx.now)
  const appointments = await tx.db
    .selectFrom('auth.appointment')
    .select('role')
    .where('person_id', '=', tx.who.id)
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  const as = new Set(appointments.map(({ role }) => openedBy(model, role)))
  const who = ranking.find((word) => as.has(word)) ?? 'specialist'
  await tx.db
    .insertInto('intake.opened')
    .values({ report_id: report, month: `${today.slice(0, 7)}-01`, who })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
