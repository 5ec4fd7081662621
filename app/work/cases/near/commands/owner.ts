import { grant, withdrawGrant } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { enqueue } from '#platform/jobs/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { actor, enter, lockCase, lockOpenCase } from '../../commands/store.ts'
import type { Missing } from '../../rules.ts'
import type { GuestPart, Invitation } from '../schema.ts'

/*
 * The municipality whose case it is. What the other one writes down stands in `visitor.ts`; neither reads the other's
 * rows. Each writes its own, and in the same transaction the job that lets the other one know (`carry.ts`).
 */

const longest = 366

/** Where the other municipality is told how an invitation stands here; a later word replaces one still waiting. */
export const tellVisitor = 'cases.guest-told'
const carry = (tx: TenantTx, guest: string) => enqueue(tx, tellVisitor, { guest }, { key: `${tellVisitor}:${guest}` })

/** Asks another municipality for somebody to work on this case. Answers what is missing, or the invitation's id. */
export async function inviteGuest(
  tx: TenantTx,
  caseId: string,
  town: number,
  { name, purpose, basis, parts, until }: Omit<Invitation, 'id'>,
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
    .values({ id, case_id: caseId, town, name, purpose, basis, parts: [...parts], until_on: until, ...asked })
    .execute()
  await enter(tx, caseId, key, { kind: 'guest-asked', note: name })
  await record(tx, 'guest-asked', `case:${caseId}`)
  await carry(tx, id)
  return { id }
}

/** Every invitation whose last day is not over. */
export async function invitationsToday(tx: TenantTx): Promise<string[]> {
  const today = berlinDay(tx.now)
  const rows = await tx.db.selectFrom('cases.guest').select('id').where('until_on', '>=', today).execute()
  return rows.map(({ id }) => id)
}

/** An invitation as the other municipality may know it, for the program that takes it there. */
export async function invitationOf(tx: TenantTx, id: string) {
  const row = await tx.db
    .selectFrom('cases.guest')
    .select(['id', 'town', 'name', 'purpose', 'basis', 'parts', 'until_on as until', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { town, state, ...invitation } = row
  return { town, ended: state === 'ended', invitation }
}

/**
 * The office of `town` has agreed and named her: from now on she is a guest here, for this case, until the day. Answers
 * who she is here, the same however often it is called; undefined when that town was not asked, or is no longer. To be
 * called by the program, on behalf of whoever asked.
 */
export async function admitGuest(tx: TenantTx, id: string, town: number, name: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('cases.guest')
    .selectAll()
    .where('id', '=', id)
    .where('town', '=', town)
    .where('state', '<>', 'ended')
    .where('until_on', '>=', berlinDay(tx.now))
    .forUpdate()
    .executeTakeFirst()
  if (!row || row.person_id) return row?.person_id ?? undefined
  const { key } = await lockCase(tx, row.case_id)
  const person = newId()
  await tx.db.insertInto('auth.person').values({ id: person, name, mail: null, guest: true }).execute()
  await grant(tx, { record: row.case_id, person, role: 'guest', until: row.until_on, by: row.asked_by })
  await tx.db
    .updateTable('cases.guest')
    .set({ state: 'standing', person_id: person, name })
    .where('id', '=', id)
    .execute()
  await enter(tx, row.case_id, key, { kind: 'guest-came', person })
  await record(tx, 'granted', `case:${row.case_id}`)
  return person
}

/**
 * Ends it at once, whatever the other municipality does: her very next request finds nothing. `by` is the other one,
 * where that ended it; it ends only what was asked of it. Nothing happens a second time.
 */
export async function endGuest(tx: TenantTx, id: string, by?: number): Promise<void> {
  const row = await tx.db
    .selectFrom('cases.guest')
    .select(['case_id', 'person_id', 'town'])
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .forUpdate()
    .executeTakeFirst()
  if (!row || (by !== undefined && by !== row.town)) return
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
  await carry(tx, id)
}

/** Who of other municipalities was asked for a case, the newest first. */
export const guestsOf = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.guest')
    .select(['id', 'town', 'name', 'purpose', 'basis', 'parts', 'until_on as until', 'state'])
    .where('case_id', '=', caseId)
    .orderBy('asked_on', 'desc')
    .orderBy('id')
    .execute()

/** The case a guest was let near, and what of it; hidden once that has ended. To be asked as the guest herself. */
export async function visitedCase(tx: TenantTx, id: string): Promise<{ case: string; parts: readonly GuestPart[] }> {
  const row = await tx.db
    .selectFrom('cases.guest')
    .select(['case_id', 'parts'])
    .where('id', '=', id)
    .where('person_id', '=', actor(tx))
    .where('state', '=', 'standing')
    .executeTakeFirst()
  if (!row) throw new NotAllowed('guest', { hidden: true })
  return { case: row.case_id, parts: row.parts }
}

/** A guest who may tells those who work on the case something. She locks nothing: she may change no row. */
export async function sayAsGuest(tx: TenantTx, id: string, text: string): Promise<void> {
  const { case: caseId, parts } = await visitedCase(tx, id)
  if (!parts.includes('say')) throw new NotAllowed('guest', { hidden: false })
  const row = await tx.db
    .selectFrom('cases.case')
    .select('content_key')
    .where('id', '=', caseId)
    .where('closed_on', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotAllowed('closed case', { hidden: false })
  await enter(tx, caseId, await livingKey(tx, row.content_key), { kind: 'guest-said', note: text })
  await record(tx, 'guest-said', `case:${caseId}`)
}
