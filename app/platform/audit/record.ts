import { sql, type Insertable, type Selectable } from 'kysely'
import { createHash } from 'node:crypto'
import type { MunicipalityKeys, RecordKey, Sealed } from '../crypto/index.ts'
import { insertMany } from '../db/many.ts'
import type { Tables } from '../db/tables.ts'
import { berlinDay, newId, startOfBerlinDay } from '../kernel/index.ts'
import type { TenantTx, Who } from '../tenancy/index.ts'

export type AuditEntry = Insertable<Tables['platform.audit_entry']> & { id: string }

const nameOf = (who: Who) => (who.kind === 'person' ? who.id : who.kind === 'public' ? 'public' : `program:${who.name}`)

/** What residents do is kept with the calendar day only, in a lane of its own: a time could tell who it was. */
function timeOf(tx: TenantTx): Date {
  if (tx.who.kind !== 'public') return tx.now
  return startOfBerlinDay(berlinDay(tx.now))
}

/**
 * One audit entry, ready to be inserted together with other rows. `thing` names the record (`report:<id>`);
 * `detail` is sealed under the record's key, so that it dies with the record while the entry's mac stays.
 */
export function entryOf(
  tx: TenantTx,
  verb: string,
  thing: string,
  detail?: { text: string; key: RecordKey },
): AuditEntry {
  const id = newId()
  const at = timeOf(tx)
  const who = nameOf(tx.who)
  const sealed: Sealed | null = detail
    ? tx.keys.seal(detail.key, { table: 'platform.audit_entry', column: 'detail', row: id }, detail.text)
    : null
  const lane = tx.who.kind === 'public' ? 'public' : 'staff'
  const entry = {
    id,
    at,
    who,
    verb,
    thing,
    lane,
    detail: sealed,
    detail_key: detail?.key.id ?? null,
    detail_hash: sealed && createHash('sha256').update(sealed).digest(),
  } as const
  return { ...entry, mac: macOf(tx.keys, entry) }
}

type Vouched = Pick<
  Selectable<Tables['platform.audit_entry']>,
  'id' | 'at' | 'who' | 'verb' | 'thing' | 'lane' | 'detail_key' | 'detail_hash'
>

/** What an entry's mac vouches for: everything but the detail's text, which retention may destroy. */
export const macOf = (
  keys: MunicipalityKeys,
  { id, at, who, verb, thing, lane, detail_key, detail_hash }: Vouched,
): Buffer =>
  keys.token(
    'audit',
    JSON.stringify([id, at.toISOString(), who, verb, thing, lane, detail_key, detail_hash?.toString('hex') ?? null]),
  )

/** Writes who did what to which record, in the transaction of the deed itself. */
export async function record(
  tx: TenantTx,
  verb: string,
  thing: string,
  detail?: { text: string; key: RecordKey },
): Promise<void> {
  await tx.db
    .insertInto('platform.audit_entry')
    .values(entryOf(tx, verb, thing, detail))
    .execute()
}

const columns = {
  id: 'uuid',
  at: 'timestamptz',
  who: 'text',
  verb: 'text',
  thing: 'text',
  mac: 'bytea',
  lane: 'text',
} as const

/** The same deed done to many things in one go. */
export async function recordAll(tx: TenantTx, verb: string, things: readonly string[]): Promise<void> {
  const entries = things.map((thing) => entryOf(tx, verb, thing))
  if (entries.length > 0) await insertMany('platform.audit_entry', columns, entries).execute(tx.db)
}

/** Which of these things some person of the staff has ever done this to. */
export async function doneTo(tx: TenantTx, verb: string, things: readonly string[]): Promise<Set<string>> {
  if (things.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('platform.audit_entry')
    .select('thing')
    .distinct()
    .where('thing', 'in', [...things])
    .where('verb', '=', verb)
    .where('lane', '=', 'staff')
    .where('who', 'not like', 'program:%')
    .execute()
  return new Set(rows.map((row) => row.thing))
}

/**
 * Records that a list was read. Nobody waits for the disk because of it: the transaction, which changes nothing else,
 * commits without waiting (`synchronous_commit = off`, set in the same round trip).
 */
export async function recordReading(tx: TenantTx, verb: string, thing: string): Promise<void> {
  const { id, at, who, mac, lane } = entryOf(tx, verb, thing)
  await sql`insert into platform.audit_entry (id, at, who, verb, thing, mac, lane)
    select ${id}::uuid, ${at}::timestamptz, ${who}, ${verb}, ${thing}, ${mac}::bytea, ${lane}
      from (select set_config('synchronous_commit', 'off', true)) as waiting`.execute(tx.db)
}
