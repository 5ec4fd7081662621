import type { RecordKey } from '../crypto/index.ts'
import type { TenantTx } from './tenants.ts'

/** Opens a record's key; undefined when it has been destroyed, and with it everything it sealed. */
export async function recordKey(tx: TenantTx, id: string): Promise<RecordKey | undefined> {
  const row = await tx.db
    .selectFrom('platform.record_key')
    .select(['id', 'class', 'wrapped'])
    .where('id', '=', id)
    .executeTakeFirst()
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
