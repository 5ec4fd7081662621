import { mkdirSync, mkdtempSync, rmSync, writeFileSync, chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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
