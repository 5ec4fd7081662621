import type { RecordKey } from '../crypto/index.ts'
import type { TenantTx } from './tenants.ts'

/** Keys a transaction has opened already: a page reads many texts of one record, and asks for its key each time. */
const opened = new WeakMap<TenantTx, Map<string, RecordKey>>()

/** Opens a record's key; undefined when it has been destroyed, and with it everything it sealed. */
export async function recordKey(tx: TenantTx, id: string): Promise<RecordKey | undefined> {
  const held = opened.get(tx) ?? new Map<string, RecordKey>()
  opened.set(tx, held)
  const known = held.get(id)
  if (known) return known
  const row = await tx.db
    .selectFrom('platform.record_key')
    .select(['id', 'class', 'wrapped'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const key = tx.keys.open(row)
  held.set(id, key)
  return key
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
