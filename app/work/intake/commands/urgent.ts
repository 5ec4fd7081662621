import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { newId, NotAllowed } from '#platform/kernel/index.ts'
import { alert } from '#platform/mail/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { urgentNoted } from '../facts.ts'
import type { UrgentData } from '../schema.ts'
import { keptClear } from './notices.ts'

async function write(
  tx: TenantTx,
  report: string,
  { kind, whom, what, basis }: Omit<UrgentData, 'at' | 'kind'> & { kind: UrgentData['kind'] | 'second-told' },
  at: Date,
): Promise<void> {
  const row = await tx.db.selectFrom('intake.report').select('content_key').where('id', '=', report).executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  const key = await livingKey(tx, row.content_key)
  const id = newId()
  const seal = (column: string, text: string | undefined) =>
    text ? tx.keys.seal<'report'>(key, { table: 'intake.urgent_entry', column, row: id }, text) : null
  await tx.db
    .insertInto('intake.urgent_entry')
    .values({
      id,
      report_id: report,
      content_key: key.id,
      at,
      by_person: tx.who.kind === 'person' ? tx.who.id : null,
      kind,
      whom: seal('whom', whom),
      what: seal('what', what),
      basis: basis ?? null,
    })
    .execute()
}

/** One line of what was done about ongoing danger. Nobody is waited for; the second person hears of it at once. */
export async function noteUrgent(tx: TenantTx, report: string, data: UrgentData, at: Date): Promise<void> {
  await write(tx, report, data, at)
  await record(tx, `urgent:${data.kind}`, `report:${report}`)
  await tell(tx, urgentNoted, `report:${report}`, { by: tx.who.kind === 'person' ? tx.who.id : '' })
}

/**
 * As the program: with the first line the second persons of the model are told, each by name in the record; never
 * somebody who must not know of the report, and before that is settled only the substitutes.
 */
export async function tellOfUrgent(tx: TenantTx, report: string, by: string): Promise<void> {
  const told = await tx.db
    .selectFrom('intake.urgent_entry')
    .select('id')
    .where('report_id', '=', report)
    .where('kind', '=', 'second-told')
    .executeTakeFirst()
  if (told) return
  const model = await modelInForce(tx)
  const roles = [...model.verbs].flatMap(([role, verbs]) => (verbs.has('second.decide') ? [role] : []))
  const holders = (await holdersOf(tx, roles)).map(({ person }) => person)
  const persons = (await keptClear(tx, model, report, holders)).filter((person) => person !== by)
  if (persons.length === 0) return
  await alert(tx, persons, `${report} second`)
  const names = await tx.db
    .selectFrom('auth.person')
    .select('name')
    .where('id', 'in', persons)
    .orderBy('name')
    .execute()
  await write(tx, report, { kind: 'second-told', whom: names.map(({ name }) => name).join(', ') }, tx.now)
}
