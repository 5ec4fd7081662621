import type { ClientConfig } from 'pg'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '#platform/config/index.ts'
import { Installation } from '#platform/crypto/index.ts'
import { EmbeddedError, runningServer, startEmbedded, type EmbeddedServer } from '#platform/db/embedded/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import type { Passwords } from '#platform/db/roles.ts'
import { silentLog, type Log } from '#platform/log/index.ts'
import { Tenants } from '#platform/tenancy/index.ts'

/** How the logins of the program reach the one database. */
export interface Database {
  readonly admin: ClientConfig
  readonly name: string
  readonly passwords: Passwords
}

/** The key file is made at the very first start only: a folder with data but without its key must not get a new one. */
export function readOrCreateKey(env: Environment): Installation {
  const fresh =
    !existsSync(join(env.BESONNEN_DATA, 'PG_VERSION')) &&
    !existsSync(join(env.BESONNEN_DATA, 'postgres')) &&
    !env.DATABASE_URL
  if (!existsSync(env.BESONNEN_KEY_FILE) && (fresh || env.DATABASE_URL))
    Installation.create(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA])
  return Installation.read(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA])
}

export async function openDatabase(
  env: Environment,
  installation: Installation,
  log: Log,
): Promise<Database & { server?: EmbeddedServer }> {
  if (env.DATABASE_URL) {
    const url = env.DATABASE_URL
    const admin: ClientConfig = {
      // A socket's folder stands in the place of the host, percent-encoded, as libpq has it.
      host: decodeURIComponent(url.hostname),
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: 'postgres',
    }
    return {
      admin,
      name: url.pathname.slice(1) || 'besonnen',
      passwords: (role) => installation.derive(`database:${role}`).toString('base64url'),
    }
  }
  const server = await startEmbedded({
    dataDir: join(env.BESONNEN_DATA, 'postgres'),
    log: (line) => log.info({ database: true }, line),
  })
  return {
    admin: { host: server.host, port: server.port, user: server.superuser, database: 'postgres' },
    name: 'besonnen',
    passwords: undefined,
    server,
  }
}

/**
 * Runs one command against the data, whether the program itself is running on them or not. The database is not
 * migrated here: a command of another release must not change what a running one works with.
 */
export async function withTenants<T>(
  env: Environment,
  work: (tenants: Tenants, database: Database) => Promise<T>,
): Promise<T> {
  const installation = Installation.read(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA])
  const database = await openDatabase(env, installation, silentLog).catch((error: unknown) => {
    if (!(error instanceof EmbeddedError) || error.code !== 'second') throw error
    const { host, port, superuser } = runningServer(join(env.BESONNEN_DATA, 'postgres'))
    const found: Database & { server?: EmbeddedServer } = {
      admin: { host, port, user: superuser, database: 'postgres' },
      name: 'besonnen',
      passwords: undefined,
    }
    return found
  })
  const tenants = new Tenants({ app: asRole(database.admin, database.name, 'app', database.passwords), installation })
  try {
    return await work(tenants, database)
  } finally {
    await tenants.close()
    await database.server?.stop()
  }
}
