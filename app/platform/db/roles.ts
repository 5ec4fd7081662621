import { Client, escapeIdentifier, escapeLiteral, type ClientConfig } from 'pg'

/**
 * The logins of the program. None is superuser or BYPASSRLS, so row-level security binds every one of them.
 * owner: migrations · app: the pages · jobs: the queue · seal: chains audit entries · shred: destroys keys ·
 * backup: reads everything, writes nothing.
 */
const roles = ['owner', 'app', 'jobs', 'seal', 'shred', 'backup'] as const
export type Role = (typeof roles)[number]

export const login = (role: Role) => `besonnen_${role}`

/** Passwords are derived from the key file; on the embedded server (socket of mode 0700) none are needed. */
export type Passwords = ((role: Role) => string) | undefined

async function createRole(client: Client, role: Role, passwords: Passwords): Promise<void> {
  const name = escapeIdentifier(login(role))
  const password = passwords ? `password ${escapeLiteral(passwords(role))}` : ''
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [login(role)])
  const settings = `login nosuperuser nocreatedb nocreaterole nobypassrls ${password}`
  await client.query(rows.length === 0 ? `create role ${name} ${settings}` : `alter role ${name} ${settings}`)
  // The pages prepare their statements; left to itself, the database plans some of them anew each time all the same.
  if (role === 'app') await client.query(`alter role ${name} set plan_cache_mode = force_generic_plan`)
}

/** Creates the logins where they are missing. Needs a connection that may create roles. */
export async function createRoles(admin: ClientConfig, passwords?: Passwords): Promise<void> {
  const client = new Client(admin)
  await client.connect()
  try {
    // Two starts at once (several nodes on one server) must not both create them.
    await client.query('select pg_advisory_lock(4711001)')
    for (const role of roles) await createRole(client, role, passwords)
  } finally {
    await client.end()
  }
}

/** Creates the database where it is missing, owned by the owner role, with its schema for jobs. */
export async function createDatabase(admin: ClientConfig, name: string): Promise<void> {
  const client = new Client(admin)
  await client.connect()
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [name])
    if (rows.length === 0)
      await client.query(`create database ${escapeIdentifier(name)} template template0 encoding 'UTF8'`)
    await client.query(`grant connect, create on database ${escapeIdentifier(name)} to besonnen_owner, besonnen_jobs`)
    await client.query(`revoke all on database ${escapeIdentifier(name)} from public`)
    // A restore sorts what came back in temporary tables.
    await client.query(`grant temporary on database ${escapeIdentifier(name)} to besonnen_owner`)
    for (const role of roles)
      await client.query(`grant connect on database ${escapeIdentifier(name)} to ${login(role)}`)
  } finally {
    await client.end()
  }
}

/** Refuses an app login that could look past row-level security. Throws a sentence for the administrator. */
export async function assertBound(app: ClientConfig): Promise<void> {
  const client = new Client(app)
  await client.connect()
  try {
    const { rows } = await client.query<{ reason: string }>(`
      select case when rolsuper then 'ist Superuser' when rolbypassrls then 'hat BYPASSRLS' end as reason
        from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
      union all
      select 'besitzt die Tabelle ' || schemaname || '.' || tablename from pg_tables where tableowner = current_user limit 1`)
    if (rows[0]) {
      throw new Error(
        `Die Datenbankrolle der Anwendung ${rows[0].reason}. So gälte der Schutz zwischen den Kommunen nicht; der Start ist abgebrochen.`,
      )
    }
  } finally {
    await client.end()
  }
}
