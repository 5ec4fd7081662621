import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#platform/db/embedded/index.ts'
import { prepareDatabase } from '#platform/db/prepare.ts'

declare module 'vitest' {
  interface ProvidedContext {
    database: { host: string; port: number; user: string; template: string }
  }
}

/** One server for the whole run. Nothing in it must survive, so it need not wait for the disk. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync('/tmp/besonnen-test-')
  // As root the server runs under an account of its own, which has to get through to its data.
  chmodSync(folder, 0o755)
  const server = await startEmbedded({
    dataDir: join(folder, 'postgres'),
    native: process.env.BESONNEN_TEST_PG === '15' ? '/usr/lib/postgresql/15' : undefined,
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '100' },
  })
  const template = 'besonnen_template'
  await prepareDatabase(
    { host: server.host, port: server.port, user: server.superuser, database: 'postgres' },
    template,
  )
  project.provide('database', { host: server.host, port: server.port, user: server.superuser, template })
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
