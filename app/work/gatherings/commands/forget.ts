import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** How long somebody who withdrew can still be written to about it, in days. */
const afterEnd = 14

/** From today on the shredder destroys these keys, and with them every copy of what they sealed. */
async function giveUp(tx: TenantTx, keys: readonly (string | null)[]): Promise<void> {
  const ids = keys.filter((key) => key !== null)
  if (ids.length === 0) return
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('id', 'in', ids)
    .execute()
}

async function forgetNeeds(tx: TenantTx, today: string): Promise<void> {
  const rows = await tx.db.deleteFrom('gatherings.need').where('delete_on', '<=', today).returning('key_id').execute()
  await giveUp(
    tx,
    rows.map((row) => row.key_id),
  )
}

async function forgetRegistrations(tx: TenantTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const needs = await tx.db
    .deleteFrom('gatherings.need')
    .where('registration_id', 'in', [...ids])
    .returning('key_id')
    .execute()
  const rows = await tx.db
    .deleteFrom('gatherings.registration')
    .where('id', 'in', [...ids])
    .returning('key_id')
    .execute()
  await giveUp(
    tx,
    [...needs, ...rows].map((row) => row.key_id),
  )
}

/** Every night: what has reached its day is deleted, row and key. */
export async function forget(tx: TenantTx): Promise<void> {
  const today = berlinDay(tx.now)
  await forgetNeeds(tx, today)
  const ended = await tx.db
    .selectFrom('gatherings.registration')
    .select('id')
    .where('ended_on', '<', addDays(today, -afterEnd))
    .execute()
  await forgetRegistrations(
    tx,
    ended.map(({ id }) => id),
  )
  const over = await tx.db.selectFrom('gatherings.gathering').select('id').where('delete_on', '<=', today).execute()
  for (const { id } of over) await forgetParticipants(tx, id)
}

/** All that tells who came; titles, programme, proceedings and the figures of the feedback stay. */
async function forgetParticipants(tx: TenantTx, gathering: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('gatherings.registration')
    .select('id')
    .where('gathering_id', '=', gathering)
    .execute()
  await tx.db.deleteFrom('gatherings.feedback_token').where('gathering_id', '=', gathering).execute()
  const remarks = await tx.db
    .selectFrom('gatherings.feedback')
    .select(['id', 'key_id'])
    .where('gathering_id', '=', gathering)
    .where('key_id', 'is not', null)
    .execute()
  if (rows.length === 0 && remarks.length === 0) return
  await forgetRegistrations(
    tx,
    rows.map(({ id }) => id),
  )
  if (remarks.length > 0)
    await tx.db
      .updateTable('gatherings.feedback')
      .set({ remark: null, key_id: null })
      .where('gathering_id', '=', gathering)
      .execute()
  await giveUp(
    tx,
    remarks.map((row) => row.key_id),
  )
  await record(tx, 'forgot-participants', `gathering:${gathering}`)
}
