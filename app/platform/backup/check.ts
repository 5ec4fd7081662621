import { sql } from 'kysely'
import { Client, escapeIdentifier as quote, type ClientConfig } from 'pg'
import { SealBroken, type RecordKey, type Sealed } from '../crypto/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'
import { references, shapes, type Shape } from './shape.ts'
import { quoted } from './tables.ts'

/** Something in the data that cannot be right. */
export interface DataFinding {
  readonly kind: 'no-municipality' | 'points-nowhere' | 'does-not-open' | 'no-key' | 'no-record'
  /** The table, with the column or constraint. */
  readonly where: string
  /** The municipality's number; undefined where there is none. */
  readonly municipality?: number
  readonly count: number
}

async function countOf(client: Client, query: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${query}`)
  return rows[0]!.count
}

/** Rows of no municipality, and rows that point at what is not there. As the owner role. */
async function structure(client: Client, all: readonly Shape[]): Promise<DataFinding[]> {
  const findings: DataFinding[] = []
  for (const { name } of all) {
    const count = await countOf(
      client,
      `${quoted(name)} t where not exists (select from platform.municipality m where m.id = t.municipality_id)`,
    )
    if (count > 0) findings.push({ kind: 'no-municipality', where: name, count })
  }
  for (const { table, name, target, columns, targets } of await references(client)) {
    const set = columns.map((column) => `c.${quote(column)} is not null`).join(' and ')
    const same = columns.map((column, at) => `p.${quote(targets[at]!)} = c.${quote(column)}`).join(' and ')
    const count = await countOf(
      client,
      `${quoted(table)} c where ${set} and not exists (select from ${quoted(target)} p where ${same})`,
    )
    if (count > 0) findings.push({ kind: 'points-nowhere', where: `${table} (${name})`, count })
  }
  return findings
}

const isKeyColumn = (column: string) => /(^|_)key(_id)?$/.test(column)

/** Keys that belong to nothing. Those whose day is set are given up already and wait for the night. */
async function orphans(tx: TenantTx, all: readonly Shape[]): Promise<number> {
  const others = all.filter(({ name }) => !['platform.record_key', 'platform.deletion_proof'].includes(name))
  const owners = others.flatMap(({ name, key, uuids }) => {
    const columns = [key[0], ...uuids.filter(isKeyColumn)].filter((column) => column && uuids.includes(column))
    return [...new Set(columns)].map(
      (column) => `not exists (select from ${quoted(name)} t where t.municipality_id = k.municipality_id
        and t.${quote(column!)} = ${isKeyColumn(column!) ? 'k.id' : 'k.record_id'})`,
    )
  })
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from platform.record_key k
    where k.destroy_on is null and ${sql.raw(owners.join(' and '))}`.execute(tx.db)
  return rows[0]!.count
}

interface Keys {
  readonly byId: ReadonlyMap<string, { id: string; class: string; wrapped: Buffer }>
  readonly byRecord: ReadonlyMap<string, readonly string[]>
  /** Ids of keys and records of which something was destroyed, by proof. */
  readonly gone: ReadonlySet<string>
}

async function keysOf(tx: TenantTx): Promise<Keys> {
  const rows = await tx.db.selectFrom('platform.record_key').select(['id', 'class', 'record_id', 'wrapped']).execute()
  const proofs = await tx.db.selectFrom('platform.deletion_proof').select(['key_id', 'record_id']).execute()
  const byRecord = Map.groupBy(rows, (row) => row.record_id)
  return {
    byId: new Map(rows.map((row) => [row.id, row])),
    byRecord: new Map([...byRecord].map(([record, keys]) => [record, keys.map(({ id }) => id)])),
    gone: new Set(proofs.flatMap(({ key_id, record_id }) => [key_id, record_id])),
  }
}

type Row = Record<string, unknown>

function opens(tx: TenantTx, key: RecordKey, place: { table: string; column: string; row: string }, value: Buffer) {
  try {
    tx.keys.reveal(key, place, value as Sealed)
    return true
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}

/** Whether one sealed value opens under any of the keys that could be meant, or was destroyed on purpose. */
function verdict(tx: TenantTx, shape: Shape, keys: Keys, row: Row, column: string): DataFinding['kind'] | undefined {
  const ids = shape.uuids.map((name) => row[name] as string | null).filter((id) => id !== null)
  const candidates = new Set([
    ...ids.filter((id) => keys.byId.has(id)),
    ...ids.flatMap((id) => keys.byRecord.get(id) ?? []),
  ])
  const place = { table: shape.name, column, row: shape.key.map((name) => String(row[name])).join(':') }
  for (const id of candidates) {
    const key = tx.keys.open(keys.byId.get(id)!)
    if (opens(tx, key, place, row[column] as Buffer)) return undefined
  }
  if (ids.some((id) => keys.gone.has(id))) return undefined
  return candidates.size === 0 ? 'no-key' : 'does-not-open'
}

const perFetch = 500

/** Opens every sealed value of a table, a few hundred rows at a time. */
async function sealedIn(tx: TenantTx, shape: Shape, keys: Keys): Promise<DataFinding[]> {
  const counts = new Map<string, DataFinding>()
  const columns = [...new Set([...shape.key, ...shape.uuids, ...shape.sealed])].map(quote).join(', ')
  await sql.raw(`declare sealed_rows no scroll cursor for select ${columns} from ${quoted(shape.name)}`).execute(tx.db)
  for (;;) {
    const { rows } = await sql.raw<Row>(`fetch ${perFetch} from sealed_rows`).execute(tx.db)
    for (const row of rows) {
      for (const column of shape.sealed) {
        const kind = row[column] === null ? undefined : verdict(tx, shape, keys, row, column)
        if (!kind) continue
        const where = `${shape.name}.${column}`
        const count = (counts.get(`${kind} ${where}`)?.count ?? 0) + 1
        counts.set(`${kind} ${where}`, { kind, where, municipality: tx.municipality, count })
      }
    }
    if (rows.length < perFetch) break
  }
  await sql.raw('close sealed_rows').execute(tx.db)
  return [...counts.values()]
}

/** Everything that cannot be right in the data, by counts: no content is shown. Changes nothing. */
export async function checkData(owner: ClientConfig, tenants: Tenants): Promise<DataFinding[]> {
  const client = new Client(owner)
  await client.connect()
  try {
    await client.query(`begin read only; set local app.upkeep = 'on'`)
    const all = await shapes(client)
    const findings = await structure(client, all)
    await tenants.inAllTenants('check', async (tx) => {
      const count = await orphans(tx, all)
      if (count > 0)
        findings.push({ kind: 'no-record', where: 'platform.record_key', municipality: tx.municipality, count })
      const keys = await keysOf(tx)
      for (const shape of all) if (shape.sealed.length > 0) findings.push(...(await sealedIn(tx, shape, keys)))
    })
    return findings
  } finally {
    await client.end()
  }
}
