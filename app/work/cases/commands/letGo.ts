import { holdersOf, toldAbout } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { endVisit } from '../near/commands/visitor.ts'
import { forgetNotesOf } from './note.ts'

/**
 * As the program, after somebody left: takes away what was hers alone, and tells those who assign of cases that were
 * hers and are nobody's now – whoever handed over may not have been allowed to know of them. Done twice, nothing happens.
 */
export async function letGoOfCases(tx: TenantTx, person: string): Promise<void> {
  await forgetNotesOf(tx, person)
  await tx.db.deleteFrom('cases.readiness').where('person_id', '=', person).execute()
  await tx.db
    .deleteFrom('cases.register_request')
    .where('asked_by', '=', person)
    .where('answered_by', 'is', null)
    .execute()
  const visits = await tx.db
    .selectFrom('cases.invited')
    .select('id')
    .where('person_id', '=', person)
    .where('state', '<>', 'ended')
    .execute()
  for (const { id } of visits) await endVisit(tx, id)
  await record(tx, 'let-go', `person:${person}:cases`)
  for (const id of await leftAlone(tx, person)) await tellAssigners(tx, id)
}

/** Open cases she worked on until she left, and nobody works on now. */
async function leftAlone(tx: TenantTx, person: string): Promise<string[]> {
  const today = berlinDay(tx.now)
  const rows = await tx.db
    .selectFrom('cases.case as c')
    .innerJoin('access.grant as g', (join) =>
      join.onRef('g.municipality_id', '=', 'c.municipality_id').onRef('g.record_id', '=', 'c.id'),
    )
    .select('c.id')
    .where('g.person_id', '=', person)
    .where('g.until_on', '>=', addDays(today, -2))
    .where('c.closed_on', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('access.grant as o')
            .select('o.person_id')
            .whereRef('o.record_id', '=', 'c.id')
            .where('o.person_id', '<>', person)
            .where('o.role', 'in', ['lead', 'with'])
            .where((eb) => eb.or([eb('o.until_on', 'is', null), eb('o.until_on', '>=', today)])),
        ),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}

async function tellAssigners(tx: TenantTx, id: string): Promise<void> {
  const { verbs } = await modelInForce(tx)
  const roles = [...verbs].filter(([, held]) => held.has('cases.assign')).map(([role]) => role)
  const persons = (await holdersOf(tx, roles)).map((row) => row.person)
  await notify(tx, await toldAbout(tx, id, persons), tx.now)
}
