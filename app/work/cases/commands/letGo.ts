import { grantedOn, holdersOf, toldAbout } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, verbsHeld } from '#work/model/index.ts'
import { endVisit } from '../near/commands/visitor.ts'
import { may } from '../permissions.ts'
import { openCasesOf } from '../queries.ts'
import { withoutHandler } from '../queries/people.ts'
import { unassign } from './assign.ts'
import { forgetNotesOf } from './note.ts'
import { enter, lockCase } from './store.ts'

/**
 * As the program, after somebody left: takes away what was hers alone, and tells those who assign of cases that were
 * hers and are nobody's now – whoever handed over may not have been allowed to know of them. Done twice, nothing happens.
 */
export async function letGoOfCases(tx: TenantTx, person: string): Promise<void> {
  await forgetNotesOf(tx, person)
  await tx.db.deleteFrom('cases.readiness').where('person_id', '=', person).execute()
  await forgetRegisterRequests(tx, person)
  await endVisitsOf(tx, person)
  await record(tx, 'let-go', `person:${person}:cases`)
  for (const id of await leftAlone(tx, person)) await tellAssigners(tx, id)
}

/** The same after a role of hers ended, for what she may do no more. */
export async function letGoOfCasesWithRole(tx: TenantTx, person: string): Promise<void> {
  const verbs = await verbsHeld(tx, person)
  if (!may.read.some((verb) => verbs.has(verb))) await endVisitsOf(tx, person)
  if (!verbs.has('cases.export')) await forgetRegisterRequests(tx, person)
  if (may.note.some((verb) => verbs.has(verb))) return
  for (const { id } of await openCasesOf(tx, person)) {
    await unassign(tx, id, person)
    if ((await withoutHandler(tx, [id])).has(id)) await tellAssigners(tx, id)
  }
}

async function endVisitsOf(tx: TenantTx, person: string): Promise<void> {
  const visits = await tx.db
    .selectFrom('cases.invited')
    .select('id')
    .where('person_id', '=', person)
    .where('state', '<>', 'ended')
    .execute()
  for (const { id } of visits) await endVisit(tx, id)
}

const forgetRegisterRequests = (tx: TenantTx, person: string) =>
  tx.db.deleteFrom('cases.register_request').where('asked_by', '=', person).where('answered_by', 'is', null).execute()

/**
 * As the program, after somebody was kept from a case she worked on: her leaving stands in its course as any other, and
 * those who assign hear of it where nobody is left.
 */
export async function passOnWithdrawn(tx: TenantTx, id: string, person: string): Promise<void> {
  const row = await tx.db.selectFrom('cases.case').select('closed_on').where('id', '=', id).executeTakeFirst()
  if (!row || row.closed_on) return
  const { key } = await lockCase(tx, id)
  await enter(tx, id, key, { kind: 'unassigned', person })
  if ((await withoutHandler(tx, [id])).has(id)) await tellAssigners(tx, id)
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
  const holding = await grantedOn(tx, id, 'holder')
  const persons = holding.size > 0 ? [...holding] : (await holdersOf(tx, roles)).map((row) => row.person)
  await notify(tx, await toldAbout(tx, id, persons), tx.now)
}
