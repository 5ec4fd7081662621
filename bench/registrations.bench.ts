import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { publish } from './support/results.ts'
import { startServer } from './support/server.ts'
import { signedIn } from './support/session.ts'

/** Two hundred people press the button at the same moment, for fifty places. Who has one, and how long did it take? */
const server = await startServer()
const cookie = await signedIn(server, 'lindenau', 'Miriam Aydın')
const base = `${server.url}/lindenau/veranstaltungen`
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

const tokenOf = (html: string) => /name="_token" value="([^"]+)"/.exec(html)?.[1] ?? ''

async function send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const token = tokenOf(await (await fetch(`${base}${path}`, { headers })).text())
  const body = new URLSearchParams({ ...fields, _token: token })
  return fetch(`${base}${path}`, { method: 'POST', redirect: 'manual', headers, body })
}

/** An announced gathering; its id and the last part of its public address. */
async function gathering(title: string, places: number): Promise<{ id: string; slug: string }> {
  const fields = {
    kind: 'conference',
    title,
    summary: 'Last',
    day: day(20),
    from: '10',
    until: '15',
    deadline: day(10),
    places: String(places),
    where: 'online',
    room: 'https://video.example/r',
  }
  const made = await send('/verwalten/neu', fields, { cookie })
  const id = /verwalten\/([0-9a-f-]{36})/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
  await send(`/verwalten/${id}`, { do: 'announce' }, { cookie })
  return { id, slug: title.toLowerCase() }
}

/** Somebody whose form is open and whose browser holds the line; the client costs next to nothing itself. */
async function person(path: string, fields: Record<string, string>): Promise<() => Promise<number>> {
  const { host, hostname, port, pathname } = new URL(`${base}${path}`)
  const line = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(line, 'connect')
  const body = new URLSearchParams(fields).toString()
  const kind = 'content-type: application/x-www-form-urlencoded'
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\n${kind}\r\ncontent-length: ${body.length}\r\n\r\n`
  const request = Buffer.from(head + body)
  return async () => {
    const begin = performance.now()
    line.write(request)
    const [answer] = (await once(line, 'data')) as [Buffer]
    const took = performance.now() - begin
    line.destroy()
    if (!answer.toString('latin1').startsWith('HTTP/1.1 303')) throw new Error(`registration answered ${answer}`)
    return took
  }
}

async function crowd({ slug }: { slug: string }, count: number): Promise<number[]> {
  const _token = tokenOf(await (await fetch(`${base}/${slug}/anmelden`)).text())
  const people = await Promise.all(
    Array.from({ length: count }, (_, n) =>
      person(`/${slug}/anmelden`, { name: `Gast ${n}`, mail: `gast${n}@example.org`, _token }),
    ),
  )
  return Promise.all(people.map((press) => press()))
}

async function seats({ id }: { id: string }): Promise<{ confirmed: number; waiting: number }> {
  const html = await (await fetch(`${base}/verwalten/${id}/teilnehmende`, { headers: { cookie } })).text()
  const count = (pattern: RegExp) => [...html.matchAll(pattern)].length
  return { confirmed: count(/hat einen Platz</g), waiting: count(/name="who"/g) }
}

const at = (sorted: readonly number[], part: number) => Math.round(sorted[Math.ceil(sorted.length * part) - 1] ?? 0)

const figures: Record<string, unknown>[] = []
await crowd(await gathering('Vorlauf', 500), 200)
for (const title of ['Erste', 'Zweite', 'Dritte']) {
  const one = await gathering(title, 50)
  // The mails of those before have left.
  await sleep(5_000)
  const before = server.cpu()
  const times = (await crowd(one, 200)).toSorted((a, b) => a - b)
  figures.push({
    title: '200 at once for 50 places',
    ...(await seats(one)),
    p50: at(times, 0.5),
    p95: at(times, 0.95),
    most: at(times, 1),
    cpuMs: Math.round((server.cpu() - before) * 1000),
  })
}
await server.stop()
publish('registrations', figures)
