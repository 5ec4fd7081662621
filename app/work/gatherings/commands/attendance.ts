import { createHash } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { addKey, type TenantTx } from '#platform/tenancy/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import { feedbackOpen } from '../rules.ts'
import { remind } from './reminders.ts'
import { seal, theGathering, whenOf } from './store.ts'

const hash = (token: string) => createHash('sha256').update(token).digest()

/** The secret in the mail that asks how it was. The table keeps its hash without a person. */
export const feedbackToken = (tx: TenantTx, registration: string): string =>
  tx.keys.token('gathering-feedback', registration).toString('base64url')

/** Notes that these are there; at the door one by one, from the paper list all at once. */
export async function checkIn(tx: TenantTx, gathering: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.db
    .updateTable('gatherings.registration')
    .set({ attended_at: tx.now })
    .where('gathering_id', '=', gathering)
    .where('id', 'in', [...ids])
    .where('state', '=', 'confirmed')
    .where('attended_at', 'is', null)
    .returning('id')
    .execute()
  if (rows.length === 0) return
  await tx.db
    .insertInto('gatherings.feedback_token')
    .values(rows.map(({ id }) => ({ gathering_id: gathering, token_hash: hash(feedbackToken(tx, id)) })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  for (const { id } of rows) await record(tx, 'checked-in', `registration:${id}`)
  await remind(
    tx,
    gathering,
    rows.map(({ id }) => id),
  )
}

/** A slip of the finger at the door. */
export async function undoCheckIn(tx: TenantTx, gathering: string, id: string): Promise<void> {
  await tx.db
    .updateTable('gatherings.registration')
    .set({ attended_at: null })
    .where('gathering_id', '=', gathering)
    .where('id', '=', id)
    .execute()
  await tx.db
    .deleteFrom('gatherings.feedback_token')
    .where('token_hash', '=', hash(feedbackToken(tx, id)))
    .execute()
  await record(tx, 'checked-out', `registration:${id}`)
}

export interface Feedback {
  readonly worth: number | null
  readonly understood: number | null
  readonly heard: number | null
  readonly remark: string
}

/** The gathering a feedback link is for; undefined when it was used, is unknown, or the fortnight is over. */
export async function feedbackFor(tx: TenantTx, token: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('gatherings.feedback_token')
    .select('gathering_id')
    .where('token_hash', '=', hash(token))
    .executeTakeFirst()
  if (!row) return undefined
  return feedbackOpen(whenOf(await theGathering(tx, row.gathering_id)), tx.now) ? row.gathering_id : undefined
}

/**
 * Takes an answer and forgets the token: nothing leads from the answer to a person, and the day is all that is kept of
 * the time. There is no entry in the audit for the same reason.
 */
export async function giveFeedback(tx: TenantTx, token: string, answer: Feedback): Promise<boolean> {
  const gathering = await feedbackFor(tx, token)
  if (!gathering) return false
  const { numDeletedRows } = await tx.db
    .deleteFrom('gatherings.feedback_token')
    .where('token_hash', '=', hash(token))
    .executeTakeFirst()
  if (numDeletedRows !== 1n) return false
  const { remark, ...numbers } = answer
  const id = newId()
  const key = remark ? await addKey(tx, 'feedback', id) : undefined
  await tx.db
    .insertInto('gatherings.feedback')
    .values({
      ...numbers,
      id,
      gathering_id: gathering,
      answered_on: berlinDay(tx.now),
      key_id: key?.id ?? null,
      remark: key ? seal(tx, key, ['feedback', 'remark', id], remark) : null,
    })
    .execute()
  return true
}
