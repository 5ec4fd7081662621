import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load, type Load } from './load.ts'
import { startServer, type Server } from './server.ts'

interface Profile {
  readonly nodes: readonly { id: number; callFrame: { functionName: string; url: string } }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
  readonly startTime: number
}

/** Where a sample counts: the first pattern that its function's name and file match. */
const parts: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['idle', /^\(idle\)/],
  ['garbage collection', /^\(garbage/],
  ['sealing and hashes', /internal\/crypto|^(Hmac|Hash|getKeyObjectSlots)/],
  [
    'sockets (system calls)',
    /^(writev|write|writeBuffer|writeUtf8String|writeLatin1String|readStart|shutdown) |net:|internal\/stream|streams\//,
  ],
  ['http', /_http|node-server|undici|internal\/url|webstreams/],
  ['database driver', /\/pg\/|pg-protocol|pg-pool|postgres-/],
  ['building statements', /kysely|operation-node|query-(builder|compiler|executor)|object-utils|expression/],
  ['making HTML', /jsx|utils\/html/],
  ['the program itself', /dist\/(chunks\/|demo|server)/],
]
const partOf = (at: string) => parts.find(([, pattern]) => pattern.test(at))?.[0] ?? 'the rest of Node'

/** Shares of the time the app was busy in a window (µs on the monotonic clock), the largest first. */
function sharesOf({ nodes, samples, timeDeltas, startTime }: Profile, from: number, until: number) {
  const named = new Map(nodes.map(({ id, callFrame: { functionName, url } }) => [id, partOf(`${functionName} ${url}`)]))
  const spent = new Map<string, number>()
  let at = startTime
  samples.forEach((sample, i) => {
    const took = timeDeltas[i] ?? 0
    at += took
    const part = named.get(sample) ?? ''
    if (at >= from && at <= until && part !== 'idle') spent.set(part, (spent.get(part) ?? 0) + took)
  })
  const all = [...spent.values()].reduce((sum, one) => sum + one, 0)
  const share = (time: number) => `${Math.round((time / all) * 100)} %`
  return Object.fromEntries([...spent].toSorted((a, b) => b[1] - a[1]).map(([part, time]) => [part, share(time)]))
}

const clock = () => Number(process.hrtime.bigint() / 1000n)

/** What the app's time goes into while it is asked `what` for; on a server of its own over a filled folder. */
export async function whereTimeGoes(
  folder: string,
  what: (server: Server) => Promise<Load>,
): Promise<Record<string, string>> {
  const into = mkdtempSync(join(tmpdir(), 'besonnen-profile-'))
  const server = await startServer({ folder, args: ['--cpu-prof', `--cpu-prof-dir=${into}`] })
  const asked = await what(server)
  await load(server, { ...asked, seconds: 2 })
  const from = clock()
  await load(server, { ...asked, seconds: 5 })
  const until = clock()
  await server.stop()
  const texts = readdirSync(into).map((name) => readFileSync(join(into, name), 'utf8'))
  rmSync(into, { recursive: true })
  const largest = texts.toSorted((a, b) => b.length - a.length)[0] ?? ''
  return sharesOf(JSON.parse(largest) as Profile, from, until)
}
