import { randomBytes } from 'node:crypto'
import { Client, escapeIdentifier, type PoolConfig } from 'pg'
import { inject } from 'vitest'
import { createDatabase } from '#platform/db/roles.ts'

export interface FreshDatabase {
  readonly name: string
  /** As superuser; for the roles of the program see asRole() in #platform/db/prepare.ts. */
  readonly config: PoolConfig
  drop(): Promise<void>
}

async function run(config: PoolConfig, sql: string): Promise<void> {
  const client = new Client(config)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** A migrated, empty database of its own for one test file. */
export const freshDatabase = (): Promise<FreshDatabase> => copied(inject('database').template)

/** A second database with the same rows; nobody may be connected to the first meanwhile. */
export const copyOf = ({ name }: FreshDatabase): Promise<FreshDatabase> => copied(name)

async function copied(from: string): Promise<FreshDatabase> {
  const { template: _, ...server } = inject('database')
  const admin = { ...server, database: 'postgres' }
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(admin, `create database ${escapeIdentifier(name)} template ${escapeIdentifier(from)}`)
  // Rights on the database itself are not part of what a template hands on.
  await createDatabase(admin, name)
  return {
    name,
    config: { ...server, database: name },
    drop: () => run(admin, `drop database ${escapeIdentifier(name)} with (force)`),
  }
}
