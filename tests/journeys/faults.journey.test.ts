import { spawnSync } from 'node:child_process'
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  rmdirSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { below, folderFor, startServer, type Server } from '../../bench/support/server.ts'
import { signedIn } from '../../bench/support/session.ts'

/* What can go wrong around the program: each a clear sentence, and nothing lost. */

const root = join(import.meta.dirname, '../..')
const folders: string[] = []
const folder = () => {
  const made = folderFor('faults')
  folders.push(made)
  return made
}
afterAll(() => folders.forEach((one) => rmSync(one, { recursive: true, force: true })))

/** Starts the demo and expects it to give up: its exit code and everything it said. */
function refusedStart(data: string, key: string) {
  const { status, stderr, stdout } = spawnSync(process.execPath, [join(root, 'dist/demo.js')], {
    env: { ...process.env, PORT: '0', BESONNEN_DATA: data, BESONNEN_KEY_FILE: key, BESONNEN_DEMO_EMPTY: 'yes' },
    timeout: 60_000,
    encoding: 'utf8',
  })
  return { status, said: stderr + stdout }
}

const report = (server: Server, observed: string) =>
  fetch(`${server.url}/api/v1/lindenau/reports`, { method: 'POST', body: JSON.stringify({ observed }) })
const mailbox = (server: Server, code: string) =>
  fetch(`${server.url}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${code}` } })

/** The postmaster below the app, or the one a killed app left behind. */
function postmasterOf(data: string): number {
  const lines = readFileSync(join(data, 'demo/postgres/postmaster.pid'), 'utf8').split('\n')
  return Number(lines[0])
}

test('a key file inside the data folder is refused in one sentence, before anything is made', () => {
  const at = folder()
  mkdirSync(join(at, 'data'))
  const { status, said } = refusedStart(join(at, 'data'), join(at, 'data/key'))
  expect(status).not.toBe(0)
  expect(said).toMatch(/^Die Schlüsseldatei liegt im Ordner .*BESONNEN_KEY_FILE/mu)
  expect(said).not.toMatch(/^\s+at /mu)
  expect(existsSync(join(at, 'data/key'))).toBe(false)
})

test('another installation’s key file is refused, naming what to do; with the right one everything is there', async () => {
  const [mine, other] = [folder(), folder()]
  const server = await startServer({ folder: mine })
  const { code } = (await (await report(server, 'Streit am Brunnen')).json()) as { code: string }
  await server.stop()
  await (await startServer({ folder: other })).stop()
  cpSync(join(mine, 'key'), join(mine, 'right'))
  rmSync(join(mine, 'key'))
  cpSync(join(other, 'key'), join(mine, 'key'))
  const { status, said } = refusedStart(join(mine, 'demo'), join(mine, 'key'))
  expect(status).not.toBe(0)
  expect(said).toMatch(/gehört nicht zu diesen Daten/u)
  rmSync(join(mine, 'key'))
  cpSync(join(mine, 'right'), join(mine, 'key'))
  const again = await startServer({ folder: mine })
  expect((await mailbox(again, code)).status).toBe(200)
  await again.stop()
})

test('the database dies under the running program: a calm page, nothing lost, back by itself', async () => {
  const at = folder()
  const server = await startServer({ folder: at })
  const { code } = (await (await report(server, 'Musik in der Nacht')).json()) as { code: string }
  const before = postmasterOf(at)
  process.kill(before, 'SIGKILL')
  const during = await fetch(`${server.url}/lindenau/rueckmeldung`)
  expect([200, 503]).toContain(during.status)
  expect(await during.text()).not.toMatch(/ECONN|postgres|at .*\.js/u)
  await expect.poll(async () => (await mailbox(server, code)).status, { timeout: 60_000, interval: 500 }).toBe(200)
  expect(postmasterOf(at)).not.toBe(before)
  await server.stop()
})

test('a killed program leaves its database behind: the next start takes over, with one database and every report', async () => {
  const at = folder()
  const first = await startServer({ folder: at })
  const { code } = (await (await report(first, 'Zaun')).json()) as { code: string }
  process.kill(first.pid, 'SIGKILL')
  const second = await startServer({ folder: at })
  expect((await mailbox(second, code)).status).toBe(200)
  const running = [second.pid, ...below(second.pid)]
  const left = postmasterOf(at)
  expect(running.includes(left) || existsSync(`/proc/${left}`)).toBe(true)
  await second.stop()
  await expect.poll(() => existsSync(`/proc/${left}/exe`), { timeout: 20_000 }).toBe(false)
})

/** The program's folder as a package manager or a container image lays it down: nobody may write to it. */
function readOnly(): string | undefined {
  const at = folderFor('read-only')
  if (spawnSync('mount', ['--bind', root, at]).status !== 0) return undefined
  mounted.push(at)
  return spawnSync('mount', ['-o', 'remount,ro,bind', at]).status === 0 ? at : undefined
}
const mounted: string[] = []
// Only the empty folder goes: what was mounted there is the program itself.
afterAll(() => mounted.forEach((at) => spawnSync('umount', [at]).status === 0 && rmdirSync(at)))

test('an ordinary account runs the program from a folder nobody may write to, letters included', async (context) => {
  const from = process.getuid?.() === 0 ? readOnly() : undefined
  if (!from) return context.skip('only root may take on another account and make a folder read-only')
  const [at, nobody] = [folder(), { uid: 65_534, gid: 65_534 }]
  chownSync(at, nobody.uid, nobody.gid)
  expect(() => accessSync(join(from, 'node_modules'), constants.W_OK)).toThrow('EROFS')
  const server = await startServer({ folder: at, from, account: nobody })
  expect(readFileSync(`/proc/${postmasterOf(at)}/status`, 'utf8')).toMatch(/^Uid:\s+65534/mu)
  const { code } = (await (await report(server, 'Laub auf dem Gehweg')).json()) as { code: string }
  expect((await mailbox(server, code)).status).toBe(200)
  const cookie = await signedIn(server, 'lindenau', 'Miriam Aydın')
  const poster = await fetch(`${server.url}/lindenau/verwaltung/papier/aushang-a4.pdf`, { headers: { cookie } })
  expect([poster.status, poster.headers.get('content-type')]).toEqual([200, 'application/pdf'])
  await server.stop()
})
