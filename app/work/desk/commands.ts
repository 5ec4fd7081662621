import { createHash, randomBytes } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import './tables.ts'

const hash = (secret: string) => createHash('sha256').update(secret).digest()

/** Gives the person a new address for her calendar; the one before opens nothing any more. */
export async function renewCalendar(tx: TenantTx, person: string): Promise<string> {
  const secret = randomBytes(24).toString('base64url')
  const values = { secret_hash: hash(secret), made_on: berlinDay(tx.now) }
  await tx.db
    .insertInto('desk.calendar')
    .values({ person_id: person, ...values })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'person_id']).doUpdateSet(values))
    .execute()
  await record(tx, 'renewed', `calendar:${person}`)
  return secret
}

/** Ends the feed altogether. */
export async function endCalendar(tx: TenantTx, person: string): Promise<undefined> {
  await tx.db.deleteFrom('desk.calendar').where('person_id', '=', person).execute()
  await record(tx, 'ended', `calendar:${person}`)
}

/** She has left: her feed is gone. */
export const forgetCalendar = async (tx: TenantTx, person: string): Promise<void> => {
  await tx.db.deleteFrom('desk.calendar').where('person_id', '=', person).execute()
}

/** Since when the person has a feed, an ISO day; undefined when she has none. */
export async function calendarSince(tx: TenantTx, person: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('desk.calendar')
    .select('made_on')
    .where('person_id', '=', person)
    .executeTakeFirst()
  return row?.made_on
}

/** Whose feed it is; undefined for a secret that opens nothing. */
export async function calendarOwner(tx: TenantTx, secret: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('desk.calendar')
    .select('person_id')
    .where('secret_hash', '=', hash(secret))
    .executeTakeFirst()
  return row?.person_id
}
