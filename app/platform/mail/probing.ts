import { sql } from 'kysely'
import { newId } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'
import { queueMail } from './ledger.ts'
import { probeMark, type ProbeFinding } from './probe.ts'
import { readReturnPath, type Returning } from './verp.ts'

let reads = false
/** Whether this installation reads a box, so that a probe can be sent there and checked by itself. */
export const boxIsRead = (): boolean => reads
export const boxReads = (now: boolean): void => void (reads = now)

/** The last probe: when it was sent, and what was found where the box has read it. */
export const lastProbe = (tx: TenantTx) =>
  tx.db.selectFrom('mail.probe').select(['sent_at', 'found']).executeTakeFirst()

/** Sends a probe of this kind to the person and, where a box is read, one to that box. */
export async function sendProbe(tx: TenantTx, kind: string, person: string): Promise<void> {
  const id = newId()
  await tx.db
    .insertInto('mail.probe')
    .values({ id, sent_at: tx.now, found: null })
    .onConflict((conflict) => conflict.column('municipality_id').doUpdateSet({ id, sent_at: tx.now, found: null }))
    .execute()
  await queueMail(tx, { kind, once: `${id} person`, person, priority: 'alert' })
  if (reads) await queueMail(tx, { kind, once: `${id} box`, thing: `probe:${id}`, priority: 'alert' })
}

/** Whose probe this is, by the address it came to; undefined for any other mail. */
export function readProbe(secret: Buffer, raw: string | Uint8Array): Returning | undefined {
  const text = typeof raw === 'string' ? raw : Buffer.from(raw).toString('latin1')
  const head = text.slice(0, text.search(/\r?\n\r?\n/))
  return new RegExp(`^${probeMark}:`, 'im').test(head) ? readReturnPath(secret, head, 'probe') : undefined
}

/** Writes down what was found; false for a probe that is no longer the last. */
export async function noteProbe(tx: TenantTx, id: string, found: ProbeFinding): Promise<boolean> {
  const { numAffectedRows } = await sql`update mail.probe set found = ${JSON.stringify(found)}::jsonb
    where id = ${id}::uuid and found is null`.execute(tx.db)
  return Number(numAffectedRows ?? 0) === 1
}
