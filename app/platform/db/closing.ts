import { escapeIdentifier as quote, type Client } from 'pg'

const current = `nullif(current_setting('app.municipality', true), '')::int`
const upkeep = `current_setting('app.upkeep', true) = 'on'`

interface TableFound {
  schema: string
  name: string
  comment: string | null
  tenant: boolean
}

/** What the app role may do, from the table's comment `app: select, insert, update(a, b)`; everything by default. */
function rightsOf(comment: string | null): string {
  return /^app: (.+)$/.exec(comment ?? '')?.[1] ?? 'select, insert, update, delete'
}

async function closeTenantTable(client: Client, table: TableFound): Promise<void> {
  const name = `${quote(table.schema)}.${quote(table.name)}`
  await client.query(`alter table ${name} enable row level security, force row level security`)
  await client.query(`alter table ${name} alter column municipality_id set default ${current}`)
  await client.query(`drop policy if exists tenant on ${name}`)
  await client.query(
    `create policy tenant on ${name} using (municipality_id = ${current}) with check (municipality_id = ${current})`,
  )
  await client.query(`drop policy if exists upkeep on ${name}`)
  await client.query(
    `create policy upkeep on ${name} to besonnen_owner, besonnen_backup using (${upkeep}) with check (${upkeep})`,
  )
}

const guest = `current_setting('app.reach', true) = 'guest'`

/**
 * A guest of another municipality (reach `guest`) is shut out of every table that has no policy named `guest`; of those
 * she reads what it says. She adds rows only where there is `guest_adds`, and changes or deletes none.
 */
async function closeToGuests(client: Client, { schema, name }: TableFound): Promise<void> {
  const table = `${quote(schema)}.${quote(name)}`
  const { rows } = await client.query<{ policyname: string }>(
    'select policyname from pg_policies where schemaname = $1 and tablename = $2',
    [schema, name],
  )
  const has = (policy: string) => rows.some(({ policyname }) => policyname === policy)
  const shut = (policy: string, command: string, rule: string, closed: boolean) =>
    `drop policy if exists ${policy} on ${table};
     ${closed ? `create policy ${policy} on ${table} as restrictive for ${command} to besonnen_app ${rule};` : ''}`
  await client.query(
    [
      shut('no_guest_reads', 'select', `using (not (${guest}))`, !has('guest')),
      shut('no_guest_adds', 'insert', `with check (not (${guest}))`, !has('guest_adds')),
      shut('no_guest_changes', 'update', `using (not (${guest}))`, true),
      shut('no_guest_deletes', 'delete', `using (not (${guest}))`, true),
    ].join('\n'),
  )
}

async function grantRights(client: Client, table: TableFound): Promise<void> {
  const name = `${quote(table.schema)}.${quote(table.name)}`
  await client.query(`revoke all on ${name} from besonnen_app`)
  await client.query(`grant ${table.tenant ? rightsOf(table.comment) : 'select'} on ${name} to besonnen_app`)
  await client.query(`grant select on ${name} to besonnen_backup`)
}

/** Rows that hang on a record go with it: whose id column says `record`, is not held back by those who point at it. */
async function cascade(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; constraint: string; definition: string }>(`
    select f.conrelid::regclass::text as name, f.conname as constraint, pg_get_constraintdef(f.oid) as definition
      from pg_constraint f join pg_attribute a on a.attrelid = f.confrelid and a.attname = 'id'
     where f.contype = 'f' and f.confdeltype = 'a' and col_description(f.confrelid, a.attnum) like 'record%'`)
  for (const { name, constraint, definition } of rows)
    await client.query(
      `alter table ${name} drop constraint ${quote(constraint)}, add constraint ${quote(constraint)} ${definition} on delete cascade`,
    )
}

/**
 * The closing step after migrations: every table that is not marked shared becomes a tenant table with forced
 * row-level security, and the app role gets exactly the rights its comment names.
 */
export async function closeTables(client: Client): Promise<void> {
  const { rows } = await client.query<TableFound>(`
    select n.nspname as schema, c.relname as name, obj_description(c.oid, 'pg_class') as comment,
           coalesce(obj_description(c.oid, 'pg_class'), '') not like 'shared:%' as tenant
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'migration', 'graphile_worker', 'jobs', 'pg_toast')`)
  for (const schema of new Set(rows.map((row) => row.schema))) {
    await client.query(
      `grant usage on schema ${quote(schema)} to besonnen_app, besonnen_seal, besonnen_shred, besonnen_backup`,
    )
  }
  for (const table of rows) {
    if (table.tenant) {
      await closeTenantTable(client, table)
      await closeToGuests(client, table)
    }
    await grantRights(client, table)
  }
  await cascade(client)
  await client.query('grant select on platform.audit_entry to besonnen_seal')
  await client.query('grant update (seal) on platform.audit_entry to besonnen_seal')
  await client.query('grant select, insert on platform.audit_seal to besonnen_seal')
  await client.query('grant select, delete on platform.record_key to besonnen_shred')
  await client.query('grant select, insert on platform.deletion_proof to besonnen_shred')
  await client.query('grant select, update (who, thing) on platform.audit_entry to besonnen_shred')
  await client.query('grant select on platform.municipality to besonnen_seal, besonnen_shred, besonnen_jobs')
}
