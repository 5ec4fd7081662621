import { record } from '#platform/audit/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { confirmedId, hashOfToken, isConfirmToken } from '../links.ts'
import { eraseProofOn } from '../rules.ts'
import type { Preferences } from '../schema.ts'
import { prove, type ProofDetail } from './proof.ts'

export type Confirmation =
  /** Nobody made this link, or it has been erased. */
  { readonly state: 'unknown' } | { readonly state: 'open' | 'late' | 'done'; readonly subscriber: string }

const lookupOf = (tx: TenantTx) => (purpose: string, value: string) => tx.lookup(purpose, value)

const locked = (tx: TenantTx, id: string) =>
  tx.db.selectFrom('newsletter.subscriber').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** What a confirmation link is good for now. Changes nothing. */
export async function confirmationOf(tx: TenantTx, token: string): Promise<Confirmation> {
  const id = confirmedId(token)
  const row =
    id && (await tx.db.selectFrom('newsletter.subscriber').selectAll().where('id', '=', id).executeTakeFirst())
  if (!row || !isConfirmToken(lookupOf(tx), row.id, row.request, token)) return { state: 'unknown' }
  if (row.state === 'confirmed') return { state: 'done', subscriber: row.id }
  if (row.state === 'withdrawn') return { state: 'unknown' }
  return { state: row.token_until < tx.now ? 'late' : 'open', subscriber: row.id }
}

/** The second yes. Twice is once; a late one changes nothing and says so. */
export async function confirm(tx: TenantTx, token: string): Promise<Confirmation> {
  const id = confirmedId(token)
  if (id) await locked(tx, id)
  const found = await confirmationOf(tx, token)
  if (found.state !== 'open') return found
  const row = (await locked(tx, found.subscriber))!
  await tx.db
    .updateTable('newsletter.subscriber')
    .set({ state: 'confirmed', confirmed_at: tx.now, ended_at: null, erase_on: null, bounces: 0 })
    .where('id', '=', row.id)
    .execute()
  await keepKey(tx, row.key_id, null)
  await tx.db.deleteFrom('newsletter.suppression').where('address_token', '=', row.address_token).execute()
  const detail = { method: 'button', token: hashOfToken(token), request: row.request, topics: row.topics }
  await prove(tx, [{ subscriber: row.id, key: await livingKey(tx, row.key_id), step: 'confirmed', detail }])
  await record(tx, 'confirmed', `subscriber:${row.id}`)
  return { state: 'done', subscriber: row.id }
}

/** What somebody wants to get, from her own page. Nothing happens to a subscription that has ended. */
export async function changePreferences(tx: TenantTx, id: string, wish: Preferences): Promise<void> {
  const row = await locked(tx, id)
  if (row?.state !== 'confirmed') return
  await tx.db
    .updateTable('newsletter.subscriber')
    .set({ topics: [...wish.topics], language: wish.language })
    .where('id', '=', id)
    .execute()
  const detail = { topics: wish.topics, language: wish.language }
  await prove(tx, [{ subscriber: id, key: await livingKey(tx, row.key_id), step: 'changed', detail }])
  await record(tx, 'changed', `subscriber:${id}`)
}

export type EndedBy = 'link' | 'one-click' | 'mail' | 'staff' | 'returned' | 'complaint'

/**
 * Ends a subscription: from the next mail on nothing leaves. Twice is once. The proof stays, closed to all but the
 * staff, until the claims of whoever complains have lapsed; then it is erased.
 */
export async function withdraw(tx: TenantTx, id: string, by: EndedBy, more: ProofDetail = {}): Promise<void> {
  const row = await locked(tx, id)
  if (!row || row.state === 'withdrawn') return
  const erase_on = eraseProofOn(berlinDay(tx.now))
  await tx.db
    .updateTable('newsletter.subscriber')
    .set({ state: 'withdrawn', ended_at: tx.now, erase_on })
    .where('id', '=', id)
    .execute()
  await keepKey(tx, row.key_id, erase_on)
  const reason = by === 'returned' || by === 'complaint' ? by : 'withdrawn'
  await tx.db
    .insertInto('newsletter.suppression')
    .values({ address_token: row.address_token, reason, since_on: berlinDay(tx.now) })
    .onConflict((conflict) =>
      conflict.columns(['municipality_id', 'address_token']).doUpdateSet({ reason, since_on: berlinDay(tx.now) }),
    )
    .execute()
  const detail = { channel: by, ...more }
  await prove(tx, [{ subscriber: id, key: await livingKey(tx, row.key_id), step: 'withdrawn', detail }])
  await record(tx, 'withdrawn', `subscriber:${id}`)
}

const keepKey = (tx: TenantTx, key: string, destroy_on: string | null) =>
  tx.db.updateTable('platform.record_key').set({ destroy_on }).where('id', '=', key).execute()
