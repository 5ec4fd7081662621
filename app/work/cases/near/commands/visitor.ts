import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import { enqueue } from '#platform/jobs/index.ts'
import { addDays, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor } from '../../commands/store.ts'
import { namesOf } from '../../queries/people.ts'
import type { Invitation } from '../schema.ts'

/* The municipality whose person is the guest. It knows that there is a case elsewhere, and nothing of it. */

const columns = ['id', 'owner', 'name', 'purpose', 'basis', 'parts', 'until_on as until', 'state', 'person_id'] as const

/** Where the owner is told what this office answered; a later word replaces one still waiting. */
export const tellOwner = 'cases.guest-answered'
const carry = (tx: TenantTx, guest: string) => enqueue(tx, tellOwner, { guest }, { key: `${tellOwner}:${guest}` })

/**
 * What the owner says of an invitation: that there is one, or that it is over, also before it was heard of. The same
 * however often it is brought; what is over stays so. To be called by the program.
 */
export async function hearOfInvitation(
  tx: TenantTx,
  owner: number,
  { until, ...invitation }: Invitation,
  ended: boolean,
) {
  const state = ended ? 'ended' : 'asked'
  const unknown = { person_id: null, guest_id: null, answered_by: null }
  const done = await tx.db
    .insertInto('cases.invited')
    .values({ ...invitation, parts: [...invitation.parts], owner, until_on: until, state, ...unknown })
    .onConflict((conflict) =>
      conflict
        .columns(['municipality_id', 'id'])
        .doUpdateSet({ state: 'ended' })
        .where('cases.invited.owner', '=', owner)
        .where('cases.invited.state', '<>', 'ended')
        .where('excluded.state', '=', 'ended'),
    )
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows) await record(tx, ended ? 'guest-ended' : 'invited', `guest:${invitation.id}`)
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

/** Agrees: this person of ours goes. The owner lets her in, and only then may she. */
export async function agreeTo(tx: TenantTx, id: string, person: string): Promise<void> {
  await tx.db
    .updateTable('cases.invited')
    .set({ state: 'agreed', person_id: person, answered_by: actor(tx) })
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .execute()
  await record(tx, 'guest-sent', `guest:${id}`)
  await carry(tx, id)
}

/** What this office answered, for the program that takes it to the owner. Undefined where there is nothing to take. */
export async function answerOf(tx: TenantTx, id: string) {
  const row = await tx.db
    .selectFrom('cases.invited')
    .select(['owner', 'state', 'person_id'])
    .where('id', '=', id)
    .where('state', 'in', ['agreed', 'ended'])
    .executeTakeFirst()
  if (!row) return undefined
  const [names, towns] = await Promise.all([namesOf(tx, [row.person_id]), townNames(tx)])
  const name = names.get(row.person_id ?? '') ?? ''
  return { owner: row.owner, ended: row.state === 'ended', name, town: towns.get(tx.municipality) ?? '' }
}

/** Every invitation of which the owner may not have heard how it was answered. */
export async function answersToday(tx: TenantTx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('cases.invited')
    .select('id')
    .where('until_on', '>=', today(tx))
    .where('state', 'in', ['agreed', 'ended'])
    .execute()
  return rows.map(({ id }) => id)
}

/** The owner has let her in, as that guest of theirs; for whatever has ended meanwhile it comes too late. */
export async function letGo(tx: TenantTx, id: string, guest: string): Promise<void> {
  await tx.db
    .updateTable('cases.invited')
    .set({ state: 'standing', guest_id: guest })
    .where('id', '=', id)
    .where('state', '=', 'agreed')
    .execute()
}

/** It is over, whoever of the two ended it: whoever went goes no more. */
export async function endVisit(tx: TenantTx, id: string): Promise<void> {
  const done = await tx.db
    .updateTable('cases.invited')
    .set({ state: 'ended' })
    .where('id', '=', id)
    .where('state', '<>', 'ended')
    .executeTakeFirst()
  if (done.numUpdatedRows === 0n) return
  await record(tx, 'guest-ended', `guest:${id}`)
  await carry(tx, id)
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
