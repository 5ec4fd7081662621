import { join } from 'node:path'
import { Client } from 'pg'
import { Installation } from '#platform/crypto/index.ts'
import { startEmbedded } from '#platform/db/embedded/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { Tenants } from '#platform/tenancy/index.ts'
import { fillTown } from '#tests/support/fill.ts'

/** Fills Lindenau of a stopped demo folder with so many sealed reports and cases, the same every time. */
export async function fill(folder: string, wanted: { reports: number; cases: number }): Promise<void> {
  const server = await startEmbedded({ dataDir: join(folder, 'demo/postgres') })
  const admin = { host: server.host, port: server.port, user: server.superuser, database: 'postgres' }
  const installation = Installation.read(join(folder, 'key'), [])
  const tenants = new Tenants({ app: asRole(admin, 'besonnen', 'app'), installation })
  const lindenau = (await tenants.municipalities()).find(({ slug }) => slug === 'lindenau')!.id
  await fillTown(tenants, lindenau, wanted)
  await tenants.close()
  const client = new Client({ ...admin, database: asRole(admin, 'besonnen', 'owner').database })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
  await server.stop()
}
