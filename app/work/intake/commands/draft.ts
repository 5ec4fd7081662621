import { hkdfSync, randomBytes } from 'node:crypto'
import { revealWith, sealWith } from '#platform/crypto/index.ts'
import type { RawForm } from '#platform/forms/index.ts'
import { enqueue } from '#platform/jobs/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

/** What a browser that has begun a report will see again. */
export interface Draft {
  readonly values: RawForm
  /** Set once the report is saved; what was typed is gone by then. */
  readonly receipt?: Receipt
  /** The code of a wish to be called back, beside whatever else was begun. */
  readonly callback?: Receipt
  /** In a flood: from when on this report may be handed in, milliseconds. */
  readonly turn?: number
}

export interface Receipt {
  readonly code: string
  readonly receivedOn: string
  /** The person said that the danger goes on. */
  readonly danger?: boolean
}

const purpose = 'draft'
const tenMinutes = 600_000
/** The ten minutes it was made in are the first of six. */
const lifetime = 6

const slotOf = (now: Date) => Math.floor(now.getTime() / tenMinutes)
const keyOf = (secret: string) => Buffer.from(hkdfSync('sha256', secret, 'besonnen', purpose, 32))

/** What the cookie holds: row and key are both derived from it, neither leads back. */
export const newDraftSecret = () => randomBytes(32).toString('base64url')
export const draftSeconds = (lifetime * tenMinutes) / 1000

/** The draft of this cookie, undefined when there is none or its hour is over. `lock`: nobody else until the end. */
export async function openDraft(tx: TenantTx, secret: string, lock = false): Promise<Draft | undefined> {
  const query = tx.db
    .selectFrom('intake.draft')
    .select(['content', 'made_in'])
    .where('id', '=', tx.lookup(purpose, secret))
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row || slotOf(tx.now) - row.made_in >= lifetime) return undefined
  return JSON.parse(revealWith(keyOf(secret), purpose, row.content)) as Draft
}

/** Keeps the draft; its hour counts from the first time. */
export async function saveDraft(tx: TenantTx, secret: string, draft: Draft): Promise<void> {
  const id = tx.lookup(purpose, secret)
  const content = sealWith(keyOf(secret), purpose, JSON.stringify(draft))
  const slot = slotOf(tx.now)
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.draft')
    .set({ content })
    .where('id', '=', id)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  await tx.db
    .insertInto('intake.draft')
    .values({ id, made_in: slot, content })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'id']).doUpdateSet({ content }))
    .execute()
  // One job for all drafts of the same ten minutes: its time tells no more than theirs.
  await enqueue(tx, 'intake.purge-drafts', {}, { at: new Date((slot + lifetime) * tenMinutes), key: `drafts:${slot}` })
}

export async function dropDraft(tx: TenantTx, secret: string): Promise<void> {
  await tx.db.deleteFrom('intake.draft').where('id', '=', tx.lookup(purpose, secret)).execute()
}

/** Job: deletes what is older than its hour. */
export async function purgeDrafts(tx: TenantTx): Promise<void> {
  await tx.db
    .deleteFrom('intake.draft')
    .where('made_in', '<=', slotOf(tx.now) - lifetime)
    .execute()
}
