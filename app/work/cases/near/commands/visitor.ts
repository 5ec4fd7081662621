import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor } from '../../commands/store.ts'
import type { Invitation } from '../schema.ts'

/* The municipality whose person is the guest. It knows that there is a case elsewhere, and nothing of it. */

const columns = [
  'id',
  'owner',
  'name',
  'purpose',
  'basis',
  'extent',
  'until_on as until',
  'state',
  'person_id',
] as const

/** An invitation has come; once, however often it is brought. */
export async function receiveInvitation(tx: TenantTx, owner: number, { until, ...invitation }: Invitation) {
  await tx.db
    .insertInto('cases.invited')
    .values({ ...invitation, owner, until_on: until, person_id: null, guest_id: null, answered_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await record(tx, 'invited', `guest:${invitation.id}`)
}

const today = (tx: TenantTx) => berlinDay(tx.now)

/** Invitations and visits that are not over: all for coordination, her own for whoever is a guest. */
export const visits = (tx: TenantTx) =>
  tx.db
    .selectFrom('cases.invited')
    .select(columns)
    .where('state', '<>', 'ended')
    .where('until_on', '>=', today(tx))
    .orderBy('until_on')
    .orderBy('id')
    .execute()
export type Visiting = Awaited<ReturnType<typeof visits>>[number]

/** Agrees: this person of ours goes, as that guest of theirs. */
export async function sendGuest(tx: TenantTx, id: string, person: string, guest: string): Promise<void> {
  await tx.db
    .updateTable('cases.invited')
    .set({ state: 'standing', person_id: person, guest_id: guest, answered_by: actor(tx) })
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .execute()
  await record(tx, 'guest-sent', `guest:${id}`)
}

/** It is over, whoever of the two ended it. */
export async function endVisit(tx: TenantTx, id: string): Promise<void> {
  await tx.db.updateTable('cases.invited').set({ state: 'ended' }).where('id', '=', id).execute()
  await record(tx, 'guest-ended', `guest:${id}`)
}

/** Where the actor may go: her own visit, today. Writes that she went, not what she read. */
export async function visitOf(tx: TenantTx, id: string): Promise<{ owner: number; guest: string }> {
  const row = await tx.db
    .selectFrom('cases.invited')
    .select(['owner', 'guest_id'])
    .where('id', '=', id)
    .where('person_id', '=', actor(tx))
    .where('state', '=', 'standing')
    .where('until_on', '>=', today(tx))
    .executeTakeFirst()
  if (!row?.guest_id) throw new NotAllowed('guest', { hidden: true })
  await record(tx, 'visited', `guest:${id}`)
  return { owner: row.owner, guest: row.guest_id }
}

/** A year after its last day nobody needs to know any more who went where. */
export async function forgetVisits(tx: TenantTx): Promise<void> {
  await tx.db
    .deleteFrom('cases.invited')
    .where('until_on', '<', addDays(today(tx), -366))
    .execute()
}

/** The directory of municipalities, which is no secret. */
export async function townNames(tx: TenantTx): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; name: string }>`select id, name from platform.municipality`.execute(tx.db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
