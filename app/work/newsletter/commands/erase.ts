import { sql } from 'kysely'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Retained } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { eraseProofOn, limits } from '../rules.ts'

/** Blanks the proofs of these subscribers, hands their keys to the shredder and forgets their addresses. */
async function erase(tx: TenantTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.db.updateTable('newsletter.proof').set({ detail: null }).where('subscriber_id', 'in', ids).execute()
  const gone = await tx.db.deleteFrom('newsletter.subscriber').where('id', 'in', ids).returning('key_id').execute()
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where(
      'id',
      'in',
      gone.map(({ key_id }) => key_id),
    )
    .execute()
}

/**
 * Every night: requests nobody confirmed within a week, and proofs whose time is over. Whoever had been a subscriber
 * before an unconfirmed request is one who withdrew, and her proof keeps its time.
 */
export async function eraseDue(tx: TenantTx): Promise<void> {
  const since = new Date(tx.now.getTime() - limits.unconfirmedDays * 86_400_000)
  const old = await tx.db
    .selectFrom('newsletter.subscriber')
    .select(['id', 'confirmed_at', 'erase_on'])
    .where('state', '=', 'requested')
    .where('requested_at', '<', since)
    .execute()
  for (const { id, erase_on } of old.filter(({ confirmed_at }) => confirmed_at))
    await tx.db
      .updateTable('newsletter.subscriber')
      .set({ state: 'withdrawn', erase_on: erase_on ?? eraseProofOn(berlinDay(tx.now)) })
      .where('id', '=', id)
      .execute()
  const due = await tx.db
    .selectFrom('newsletter.subscriber')
    .select('id')
    .where('erase_on', '<=', berlinDay(tx.now))
    .where('state', '=', 'withdrawn')
    .execute()
  await erase(
    tx,
    [...old.filter(({ confirmed_at }) => !confirmed_at), ...due].map(({ id }) => id),
  )
}

/** The days are set by eraseDue(), which takes the rows with them; what is left of an earlier round goes here. */
export const retained: Retained = {
  classes: { newsletter: { kind: 'newsletter', whole: false } },
  date: async (tx) => {
    await sql`update platform.record_key k set destroy_on = ${berlinDay(tx.now)}::date
      where k.class = 'newsletter' and k.destroy_on is null and not exists (
        select from newsletter.subscriber s where s.municipality_id = k.municipality_id and s.key_id = k.id)`.execute(
      tx.db,
    )
  },
  forget: async (tx, gone) => {
    const keys = gone.map(({ key }) => key)
    await tx.db.deleteFrom('newsletter.subscriber').where('key_id', 'in', keys).execute()
  },
}
