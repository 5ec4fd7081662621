import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, startOfBerlinDay } from '#platform/kernel/index.ts'
import { queueMail } from '#platform/mail/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { confirmToken, hashOfToken } from '../links.ts'
import { answerTo, limits, sameAddress } from '../rules.ts'
import type { Wish } from '../schema.ts'
import { prove } from './proof.ts'

/** Where and under which words somebody asked. */
export interface Asking {
  /** The text the page showed, whole. */
  readonly wording: { readonly id: string; readonly text: string }
  /** Address of the page. */
  readonly page: string
}

export const placeOfAddress = (id: string) => ({ table: 'newsletter.subscriber', column: 'address', row: id })

export const addressToken = (tx: TenantTx, address: string): Buffer =>
  tx.lookup('newsletter-address', sameAddress(address))

/** The row of this address, made where there is none; locked until the end of the transaction. */
async function rowOf(tx: TenantTx, wish: Wish) {
  const token = addressToken(tx, wish.address)
  const find = () =>
    tx.db
      .selectFrom('newsletter.subscriber')
      .selectAll()
      .where('address_token', '=', token)
      .forUpdate()
      .executeTakeFirst()
  const present = await find()
  if (present) return present
  const id = newId()
  const key = await addKey(tx, 'newsletter', id)
  await tx.db
    .insertInto('newsletter.subscriber')
    .values({
      id,
      address: tx.keys.seal(key, placeOfAddress(id), wish.address.trim()),
      address_token: token,
      key_id: key.id,
      state: 'requested',
      language: wish.language,
      topics: [...wish.topics],
      request: newId(),
      token_until: tx.now,
      requested_at: tx.now,
    })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'address_token']).doNothing())
    .execute()
  return (await find())!
}

/** How many times this address has asked today; each time it got one mail. */
async function askedToday(tx: TenantTx, subscriber: string): Promise<number> {
  const { count } = await tx.db
    .selectFrom('newsletter.proof')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('subscriber_id', '=', subscriber)
    .where('step', '=', 'requested')
    .where('at', '>=', startOfBerlinDay(berlinDay(tx.now)))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/**
 * Somebody asks for the newsletter. Whoever owns the address gets one mail: the way to confirm, or that all is as it
 * was. Says nothing to whoever asked, because it could be anybody.
 */
export async function subscribe(tx: TenantTx, wish: Wish, { wording, page }: Asking): Promise<void> {
  await keepWording(tx, wish.language, wording)
  const row = await rowOf(tx, wish)
  const answer = answerTo(row.state, await askedToday(tx, row.id))
  if (answer === 'nothing') return
  const request = newId()
  const key = await livingKey(tx, row.key_id)
  const detail = {
    address: wish.address.trim(),
    topics: wish.topics,
    language: wish.language,
    page,
    request,
    token: hashOfToken(confirmToken((purpose, value) => tx.lookup(purpose, value), row.id, request)),
  }
  if (answer === 'confirmation')
    await tx.db
      .updateTable('newsletter.subscriber')
      .set({
        state: 'requested',
        language: wish.language,
        topics: [...wish.topics],
        request,
        token_until: new Date(tx.now.getTime() + limits.confirmWithin),
        requested_at: tx.now,
      })
      .where('id', '=', row.id)
      .execute()
  await prove(tx, [{ subscriber: row.id, key, step: 'requested', wording: wording.id, detail }])
  await queueMail(tx, {
    kind: `newsletter.${answer}`,
    once: request,
    thing: `subscriber:${row.id}`,
    priority: 'alert',
    traceable: true,
  })
  await record(tx, 'asked', `subscriber:${row.id}`)
}

async function keepWording(tx: TenantTx, language: string, { id, text }: Asking['wording']): Promise<void> {
  await tx.db
    .insertInto('newsletter.wording')
    .values({ id, language, text, shown_from: tx.now })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'id']).doNothing())
    .execute()
}
