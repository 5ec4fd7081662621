import { createHash, hkdfSync } from 'node:crypto'
import { revealWith, sealWith } from '#platform/crypto/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

const purpose = 'idempotent-answer'

/** Random enough not to be guessed: a UUIDv4, or at least 22 characters of base64url. */
export const strongKey = (key: string) =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(key) ||
  /^[A-Za-z0-9_-]{22,200}$/.test(key)

export type Once = { kind: 'answer'; text: string } | { kind: 'other-body' }

/**
 * Does the work once per key: a repetition with the same body gets the first answer, one with another body is told
 * so. The answer is sealed under a key derived from the caller's, so that nobody else can open it. Two at once: the
 * second waits at the primary key until the first has committed.
 */
export async function once(tx: TenantTx, key: string, body: string, work: () => Promise<string>): Promise<Once> {
  const secret = Buffer.from(hkdfSync('sha256', key, 'besonnen', purpose, 32))
  const key_hash = tx.lookup('idempotency', key)
  const body_hash = createHash('sha256').update(secret).update(body).digest()
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('intake.idempotent')
    .values({ key_hash, body_hash, answer: null, expires_on: addDays(berlinDay(tx.now), 1) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!numInsertedOrUpdatedRows) {
    const row = await tx.db
      .selectFrom('intake.idempotent')
      .selectAll()
      .where('key_hash', '=', key_hash)
      .executeTakeFirstOrThrow()
    if (!row.body_hash.equals(body_hash)) return { kind: 'other-body' }
    return { kind: 'answer', text: revealWith(secret, purpose, row.answer!) }
  }
  const text = await work()
  await tx.db
    .updateTable('intake.idempotent')
    .set({ answer: sealWith(secret, purpose, text) })
    .where('key_hash', '=', key_hash)
    .execute()
  return { kind: 'answer', text }
}
