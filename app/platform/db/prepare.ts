import type { ClientConfig } from 'pg'
import { root } from '../config/index.ts'
import { prepareJobs } from '../jobs/index.ts'
import { migrate, migrationsOf } from './migrate.ts'
import { createDatabase, createRoles, login, type Passwords, type Role } from './roles.ts'

/** The same server and database, as another role. */
export function asRole(admin: ClientConfig, database: string, role: Role, passwords?: Passwords): ClientConfig {
  return { ...admin, database, user: login(role), password: passwords?.(role) }
}

/** Roles, database, queue, migrations: everything between an empty server and the first page. */
export async function prepareDatabase(admin: ClientConfig, database: string, passwords?: Passwords): Promise<string[]> {
  await createRoles(admin, passwords)
  await createDatabase(admin, database)
  await prepareJobs(asRole(admin, database, 'jobs', passwords))
  return migrate(asRole(admin, database, 'owner', passwords), migrationsOf(root))
}
