import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { endAccess } from '#platform/auth/index.ts'
import { defineFact, tell } from '#platform/facts/index.ts'
import { addDays, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { indispensable, modelInForce } from '#work/model/index.ts'

/** Somebody has left. Delivered as the program, which also sees what whoever handed over may not know of. */
export const personLeft = defineFact<Record<string, never>>('people.person.left')

async function assigners(tx: TenantTx): Promise<string[]> {
  const { verbs } = await modelInForce(tx)
  const roles = [...verbs].filter(([, held]) => held.has('cases.assign')).map(([role]) => role)
  return [...new Set((await holdersOf(tx, roles)).map((row) => row.person))]
}

/** Roles of hers that nobody else holds and without which the municipality cannot work. */
export async function rolesOnlyHers(tx: TenantTx, person: string): Promise<string[]> {
  const { verbs } = await modelInForce(tx)
  const all = await holdersOf(tx, [...verbs.keys()])
  const others = all.filter((one) => one.person !== person).flatMap(({ role }) => [...(verbs.get(role) ?? [])])
  const rest = new Set(others)
  const hers = all.filter((one) => one.person === person).map(({ role }) => role)
  return hers.filter((role) => indispensable.some((verb) => verbs.get(role)?.has(verb) && !rest.has(verb)))
}

/** Whoever she stood in for, or who stood in for her, stands without deputy from now on. */
async function endAbsences(tx: TenantTx, person: string): Promise<void> {
  const today = berlinDay(tx.now)
  const running = await tx.db
    .selectFrom('auth.absence')
    .select(['id', 'person_id', 'from_on'])
    .where((eb) => eb.or([eb('person_id', '=', person), eb('deputy_id', '=', person)]))
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  for (const { id, from_on } of running)
    await (
      from_on < today
        ? tx.db
            .updateTable('auth.absence')
            .set({ until_on: addDays(today, -1) })
            .where('id', '=', id)
        : tx.db.deleteFrom('auth.absence').where('id', '=', id)
    ).execute()
  const alone = running.map((row) => row.person_id).filter((id) => id !== person)
  await notify(tx, alone, tx.now)
}

/** Ends roles and grants as of yesterday, so that nothing of them works today; a role that lay ahead is taken back. */
async function endRights(tx: TenantTx, person: string): Promise<void> {
  const today = berlinDay(tx.now)
  const yesterday = addDays(today, -1)
  await tx.db.deleteFrom('auth.appointment').where('person_id', '=', person).where('from_on', '>=', today).execute()
  // Grants stay as rows, also those of today: from them the other fields of work see what was hers.
  for (const table of ['auth.appointment', 'access.grant'] as const)
    await tx.db
      .updateTable(table)
      .set({ until_on: yesterday })
      .where('person_id', '=', person)
      .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>', yesterday)]))
      .execute()
}

/** Lost accesses she was the first to confirm: the second goes on with them, or two others begin anew. */
async function endConfirming(tx: TenantTx, person: string): Promise<void> {
  await tx.db
    .updateTable('people.recovery')
    .set((eb) => ({
      first_by: eb.ref('second_by'),
      second_by: eb.case().when('second_by', 'is', null).then(null).else(eb.ref('first_by')).end(),
    }))
    .where('first_by', '=', person)
    .execute()
}

/**
 * Somebody leaves today: sessions, ways in, roles, grants and deputyships end at once. What she worked on must have
 * been handed over before; when the program itself does it, whoever assigns cases is told instead. Throws NotAllowed for oneself, and where a role would be left without anybody.
 */
export async function leave(tx: TenantTx, person: string): Promise<void> {
  if (tx.who.kind === 'person' && tx.who.id === person) throw new NotAllowed('own leaving', { hidden: false })
  const row = await tx.db
    .selectFrom('auth.person')
    .select('id')
    .where('id', '=', person)
    .where('left_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('person', { hidden: true })
  if (tx.who.kind === 'person' && (await rolesOnlyHers(tx, person)).length > 0)
    throw new NotAllowed('the last of a role', { hidden: false })
  await endAccess(tx, person)
  await endRights(tx, person)
  await endAbsences(tx, person)
  await tx.db.deleteFrom('people.proposal').where('person_id', '=', person).execute()
  await tx.db.deleteFrom('people.recovery').where('person_id', '=', person).execute()
  await endConfirming(tx, person)
  await tx.db.updateTable('auth.person').set({ superior_id: null }).where('superior_id', '=', person).execute()
  await tx.db
    .updateTable('auth.person')
    .set({ left_on: berlinDay(tx.now) })
    .where('id', '=', person)
    .execute()
  if (tx.who.kind === 'program') await notify(tx, await assigners(tx), tx.now)
  await record(tx, 'left', `person:${person}`)
  await tell(tx, personLeft, `person:${person}`, {})
}
