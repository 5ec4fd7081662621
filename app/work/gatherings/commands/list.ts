import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { queueMails } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { runList, startsAt } from '../rules.ts'
import { remind } from './reminders.ts'
import { counts, lockGathering, queueOf, roomOf, whenOf } from './store.ts'

/**
 * Lets lapse what has run out and offers what is free. The caller holds the gathering or takes it here. Whoever never
 * confirmed her address gets no further mail: it may be somebody else's.
 */
export async function moveList(tx: TenantTx, id: string): Promise<void> {
  const row = await lockGathering(tx, id)
  if (row.state !== 'announced') return
  const moves = runList(roomOf(row), startsAt(whenOf(row)), await queueOf(tx, id), tx.now)
  const ended = [...moves.lapse, ...moves.unconfirmed]
  if (ended.length > 0)
    await tx.db
      .updateTable('gatherings.registration')
      .set({ state: 'lapsed', offered_until: null, ended_on: berlinDay(tx.now) })
      .where('id', 'in', ended)
      .execute()
  const until = moves.offer[0]?.until
  if (until)
    await tx.db
      .updateTable('gatherings.registration')
      .set({ state: 'offered', offered_until: until })
      .where(
        'id',
        'in',
        moves.offer.map((one) => one.id),
      )
      .execute()
  await queueMails(tx, [
    ...moves.lapse.map((one) => letter('lapsed', one, 'lapsed')),
    ...moves.offer.map((one) => letter('offer', one.id, one.until.toISOString())),
  ])
}

const letter = (what: string, id: string, once: string) =>
  ({ kind: `gatherings.${what}`, once: `${id} ${once}`, thing: `registration:${id}`, priority: 'alert' }) as const

/** Gives these a place by hand, whatever the order. Returns how many are too many; then nothing is changed. */
export async function choose(tx: TenantTx, id: string, chosen: readonly string[]): Promise<number> {
  const row = await lockGathering(tx, id)
  const { held } = await counts(tx, id)
  const waiting = (await queueOf(tx, id)).filter(({ state, id: one }) => state === 'waiting' && chosen.includes(one))
  const over = row.places === null ? 0 : held + waiting.length - row.places
  if (over > 0) return over
  if (waiting.length === 0) return 0
  const ids = waiting.map((one) => one.id)
  await tx.db.updateTable('gatherings.registration').set({ state: 'confirmed' }).where('id', 'in', ids).execute()
  await record(tx, 'chosen', `gathering:${id}`)
  await remind(tx, id, ids)
  await queueMails(
    tx,
    ids.map((one) => letter('confirmed', one, 'chosen')),
  )
  return 0
}

/** Tells these kindly that there will be no place. */
export async function refuse(tx: TenantTx, id: string, chosen: readonly string[]): Promise<void> {
  await lockGathering(tx, id)
  const waiting = (await queueOf(tx, id)).filter(({ state, id: one }) => state === 'waiting' && chosen.includes(one))
  if (waiting.length === 0) return
  const ids = waiting.map((one) => one.id)
  await tx.db
    .updateTable('gatherings.registration')
    .set({ state: 'refused', ended_on: berlinDay(tx.now) })
    .where('id', 'in', ids)
    .execute()
  await record(tx, 'refused', `gathering:${id}`)
  await queueMails(
    tx,
    ids.map((one) => letter('refused', one, 'refused')),
  )
}

/** Every list on which an offer has run out or a place is free although somebody waits. */
export async function runLists(tx: TenantTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('gatherings.registration as p')
    .innerJoin('gatherings.gathering as g', (join) =>
      join.onRef('g.municipality_id', '=', 'p.municipality_id').onRef('g.id', '=', 'p.gathering_id'),
    )
    .select('g.id')
    .distinct()
    .where('g.state', '=', 'announced')
    .where('p.ended_on', 'is', null)
    .where('p.attended_at', 'is', null)
    .where((eb) => eb.or([eb('p.offered_until', '<=', tx.now), eb('p.confirm_until', '<=', tx.now)]))
    .execute()
  for (const { id } of rows) await moveList(tx, id)
}
