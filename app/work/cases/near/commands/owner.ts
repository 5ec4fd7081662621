import { grant, withdrawGrant } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, enter, lockCase, lockOpenCase } from '../../commands/store.ts'
import type { Missing } from '../../rules.ts'
import type { Invitation } from '../schema.ts'

/*
 * The municipality whose case it is. What the other one writes down stands in `visitor.ts`; neither reads the other's
 * rows, and whoever calls enters one after the other.
 */

const longest = 366

/** Asks another municipality for somebody to work on this case. Answers what is missing, or the invitation's id. */
export async function inviteGuest(
  tx: TenantTx,
  caseId: string,
  town: number,
  { name, purpose, basis, extent, until }: Omit<Invitation, 'id'>,
): Promise<{ missing: Missing[] } | { id: string }> {
  const { key } = await lockOpenCase(tx, caseId)
  const today = berlinDay(tx.now)
  if (town === tx.municipality) return { missing: [{ message: 'missing.town', field: 'town' }] }
  if (until < today || until > addDays(today, longest))
    return { missing: [{ message: 'missing.until', field: 'until' }] }
  const id = newId()
  const asked = { asked_by: actor(tx), asked_on: today, person_id: null }
  await tx.db
    .insertInto('cases.guest')
    .values({ id, case_id: caseId, town, name, purpose, basis, extent, until_on: until, ...asked })
    .execute()
  await enter(tx, caseId, key, { kind: 'guest-asked', note: name })
  await record(tx, 'guest-asked', `case:${caseId}`)
  return { id }
}

/**
 * The other office has agreed and named her: from now on she is a guest here, for this case, until the day. Undefined
 * when the invitation no longer stands. To be called by the program, on behalf of whoever asked.
 */
export async function admitGuest(tx: TenantTx, id: string, name: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('cases.guest')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .where('until_on', '>=', berlinDay(tx.now))
    .forUpdate()
    .executeTakeFirst()
  if (!row) return undefined
  const { key } = await lockCase(tx, row.case_id)
  const person = newId()
  await tx.db.insertInto('auth.person').values({ id: person, name, mail: null, guest: true }).execute()
  const role = row.extent === 'case' ? 'guest' : 'extract'
  await grant(tx, { record: row.case_id, person, role, until: row.until_on, by: row.asked_by })
  await tx.db
    .updateTable('cases.guest')
    .set({ state: 'standing', person_id: person, name })
    .where('id', '=', id)
    .execute()
  await enter(tx, row.case_id, key, { kind: 'guest-came', person })
  await record(tx, 'granted', `case:${row.case_id}`)
  return person
}

/** Ends it at once, whoever of the two ends it: her very next request finds nothing. Nothing happens a second time. */
export async function endGuest(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db
    .selectFrom('cases.guest')
    .select(['case_id', 'person_id'])
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  const { key } = await lockCase(tx, row.case_id)
  await tx.db.updateTable('cases.guest').set({ state: 'ended' }).where('id', '=', id).execute()
  await enter(tx, row.case_id, key, { kind: 'guest-gone', person: row.person_id ?? undefined })
  if (row.person_id) {
    await withdrawGrant(tx, row.case_id, row.person_id)
    await tx.db
      .updateTable('auth.person')
      .set({ left_on: berlinDay(tx.now) })
      .where('id', '=', row.person_id)
      .execute()
  }
  await record(tx, 'withdrawn', `case:${row.case_id}`)
}

/** Who of other municipalities was asked for a case, the newest first. */
export const guestsOf = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.guest')
    .select(['id', 'town', 'name', 'purpose', 'basis', 'extent', 'until_on as until', 'state'])
    .where('case_id', '=', caseId)
    .orderBy('asked_on', 'desc')
    .orderBy('id')
    .execute()

/** The case a guest was let near; hidden once that has ended. To be asked as the guest herself. */
export async function visitedCase(tx: TenantTx, id: string): Promise<{ case: string; extent: 'extract' | 'case' }> {
  const row = await tx.db
    .selectFrom('cases.guest')
    .select(['case_id', 'extent'])
    .where('id', '=', id)
    .where('person_id', '=', actor(tx))
    .where('state', '=', 'standing')
    .executeTakeFirst()
  if (!row) throw new NotAllowed('guest', { hidden: true })
  return { case: row.case_id, extent: row.extent }
}

/** A guest tells those who work on the case something; with an extract she only reads. */
export async function sayAsGuest(tx: TenantTx, id: string, text: string): Promise<void> {
  const { case: caseId, extent } = await visitedCase(tx, id)
  if (extent !== 'case') throw new NotAllowed('guest', { hidden: false })
  const { key } = await lockOpenCase(tx, caseId)
  await enter(tx, caseId, key, { kind: 'guest-said', note: text })
  await record(tx, 'guest-said', `case:${caseId}`)
}
