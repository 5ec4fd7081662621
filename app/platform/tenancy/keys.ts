import type { RecordKey } from '../crypto/index.ts'
import type { TenantTx } from './tenants.ts'

/** Keys a transaction has asked for: a page reads many texts of one record, and asks for its key each time. */
const asked = new WeakMap<TenantTx, Map<string, Promise<RecordKey | undefined>>>()

/** Opens a record's key; undefined when it has been destroyed, and with it everything it sealed. */
export function recordKey(tx: TenantTx, id: string): Promise<RecordKey | undefined> {
  const held = asked.get(tx) ?? new Map<string, Promise<RecordKey | undefined>>()
  asked.set(tx, held)
  const known = held.get(id) ?? fetched(tx, held, id)
  held.set(id, known)
  return known
}

/** Opens a key that was read together with its record, and remembers it like one that was asked for. */
export function keyAlong(tx: TenantTx, row: { id: string; class: string; wrapped: Buffer }): RecordKey {
  const key = tx.keys.open(row)
  const held = asked.get(tx) ?? new Map<string, Promise<RecordKey | undefined>>()
  asked.set(tx, held.set(row.id, Promise.resolve(key)))
  return key
}

async function fetched(tx: TenantTx, held: Map<string, unknown>, id: string): Promise<RecordKey | undefined> {
  const row = await tx.db
    .selectFrom('platform.record_key')
    .select(['id', 'class', 'wrapped'])
    .where('id', '=', id)
    .executeTakeFirst()
  // What is not there yet may be there later in the same transaction.
  if (!row) held.delete(id)
  return row && tx.keys.open(row)
}

/** Opens the key of a record that must still have one. Throws when it has been destroyed. */
export async function livingKey(tx: TenantTx, id: string): Promise<RecordKey> {
  const key = await recordKey(tx, id)
  if (!key) throw new Error('the key of this record has been destroyed')
  return key
}

/** Makes and stores a key for one record and retention class. */
export async function addKey(tx: TenantTx, retentionClass: string, record: string): Promise<RecordKey> {
  const { key, wrapped } = tx.keys.newKey(retentionClass)
  await tx.db
    .insertInto('platform.record_key')
    .values({ id: key.id, class: key.class, record_id: record, wrapped })
    .execute()
  return key
}
