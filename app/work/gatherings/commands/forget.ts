import { sql } from 'kysely'
import { berlinDay } from '#platform/kernel/index.ts'
import type { Gone, Retained } from '#platform/retention/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import '../tables.ts'

/** How long somebody who withdrew can still be written to about it, in days. */
const afterEnd = 14

/** The day of each key: of a way into the room and of everybody with a place the gathering's own, of whoever withdrew a fortnight later; of needs theirs. */
async function date(tx: TenantTx): Promise<void> {
  await sql`update platform.record_key k set destroy_on = w.day
    from (
      select p.municipality_id, p.key_id, least(p.ended_on + ${sql.lit(afterEnd)}, g.delete_on) as day
        from gatherings.registration p
        join gatherings.gathering g on g.municipality_id = p.municipality_id and g.id = p.gathering_id
      union all
      select n.municipality_id, n.key_id, n.delete_on from gatherings.need n
      union all
      select f.municipality_id, f.key_id, g.delete_on
        from gatherings.feedback f
        join gatherings.gathering g on g.municipality_id = f.municipality_id and g.id = f.gathering_id
       where f.key_id is not null
      union all
      select r.municipality_id, r.content_key, r.delete_on from gatherings.gathering r
      union all
      -- Settings of a video service that were replaced.
      select k.municipality_id, k.id, ${berlinDay(tx.now)}::date from platform.record_key k
       where k.class = 'service' and not exists (
         select from gatherings.service s where s.municipality_id = k.municipality_id and s.key_id = k.id)
    ) w
   where k.municipality_id = w.municipality_id and k.id = w.key_id and k.destroy_on is distinct from w.day`.execute(
    tx.db,
  )
}

/** What nobody can read any more. Titles, programme, proceedings and the figures of the feedback stay. */
async function forget(tx: TenantTx, gone: readonly Gone[]): Promise<void> {
  const keys = gone.map(({ key }) => key)
  await tx.db.deleteFrom('gatherings.need').where('key_id', 'in', keys).execute()
  await tx.db
    .deleteFrom('gatherings.need')
    .where('registration_id', 'in', (eb) =>
      eb.selectFrom('gatherings.registration').select('id').where('key_id', 'in', keys),
    )
    .execute()
  await tx.db.deleteFrom('gatherings.registration').where('key_id', 'in', keys).execute()
  await tx.db
    .updateTable('gatherings.feedback')
    .set({ remark: null, key_id: null })
    .where('key_id', 'in', keys)
    .execute()
  await tx.db
    .updateTable('gatherings.gathering')
    .set({ room: null, instructions: null })
    .where('content_key', 'in', keys)
    .execute()
  await tx.db
    .deleteFrom('gatherings.feedback_token')
    .where('gathering_id', 'in', (eb) =>
      eb.selectFrom('gatherings.gathering').select('id').where('delete_on', '<=', berlinDay(tx.now)),
    )
    .execute()
}

export const retained: Retained = {
  classes: {
    participant: { kind: 'participant', whole: true },
    'access-need': { kind: 'access-need', whole: false },
    feedback: { kind: 'feedback', whole: false },
    room: { kind: 'gathering', whole: false },
    service: { kind: 'service', whole: false },
  },
  date,
  forget,
}
