import { fill } from './support/fill.ts'
import { load, type Load, type Measured } from './support/load.ts'
import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'
import { signedIn } from './support/session.ts'

/**
 * The same work as other programs do it, in one run on one machine: accept a report, a list of 50 of 10,000, a word
 * in 10,000 texts. Whoever wants to measure starts the peers, each filled with 10,000 invented reports of about 90
 * words, and gives their addresses: PEER_DIRECTUS (collection `cases`, token `bench-static-token`) and PEER_RT
 * (queue `General`, user `root`, password `bench-pass-1`).
 */
type Works = Record<'accept' | 'list' | 'search', Omit<Load, 'seconds' | 'title'>>
interface Peer {
  readonly name: string
  readonly url: string
  readonly works: Works
}

const text = 'Am Spielplatz im Nordviertel gibt es abends Streit zwischen Jugendlichen und Anwohnern. '.repeat(6)
const json = { 'content-type': 'application/json' }

function directus(url: string): Peer {
  const auth = { authorization: 'Bearer bench-static-token' }
  const path = '/items/cases?limit=50&sort=-id'
  const body = JSON.stringify({ subject: 'Streit', body: text, district: 'Nordviertel', status: 'new' })
  return {
    name: 'Directus 12, JSON',
    url,
    works: {
      accept: { connections: 8, method: 'POST', path: '/items/cases', headers: json, body },
      list: { connections: 8, path: `${path}&fields=id,subject,status,district,date_created`, headers: auth },
      search: { connections: 1, path: `${path}&fields=id,subject,status&search=Schwimmbad`, headers: auth },
    },
  }
}

async function requestTracker(url: string): Promise<Peer> {
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0]
  const login = `${url}/NoAuth/Login.html`
  const first = cookieOf(await fetch(login)) ?? ''
  const body = new URLSearchParams({ user: 'root', pass: 'bench-pass-1', next: '' })
  const headers = { cookie: first, referer: `${url}/` }
  const signed = await fetch(login, { method: 'POST', redirect: 'manual', headers, body })
  const cookie = cookieOf(signed) ?? first
  const ticket = { Queue: 'General', Subject: 'Streit', Content: text, ContentType: 'text/plain' }
  const query = (words: string) =>
    `/Search/Results.html?Query=${encodeURIComponent(words)}&Rows=50&OrderBy=id&Order=DESC`
  return {
    name: 'Request Tracker 5, HTML',
    url,
    works: {
      accept: {
        connections: 8,
        method: 'POST',
        path: '/REST/2.0/ticket',
        headers: { ...json, cookie },
        body: JSON.stringify(ticket),
      },
      list: { connections: 8, path: query("Queue='General'"), headers: { cookie } },
      search: { connections: 1, path: query("Queue='General' AND Content LIKE 'Schwimmbad'"), headers: { cookie } },
    },
  }
}

const peers: Peer[] = []
if (process.env.PEER_DIRECTUS) peers.push(directus(process.env.PEER_DIRECTUS))
if (process.env.PEER_RT) peers.push(await requestTracker(process.env.PEER_RT))
if (peers.length === 0) {
  console.log('peers: none given (PEER_DIRECTUS, PEER_RT)')
  process.exit(0)
}

const folder = folderFor('peers')
await (await startServer({ folder })).stop()
await fill(folder, { reports: 10_000, cases: 10_000 })
const server = await startServer({ folder })
const cookie = await signedIn(server, 'lindenau', 'Miriam Aydın')
const report = JSON.stringify({ observed: text, area: 'nordviertel', subject: 'noise', wish: 'talk' })
const ours: Works = {
  accept: { connections: 8, method: 'POST', path: '/api/v1/lindenau/reports', headers: json, body: report },
  list: { connections: 8, path: '/lindenau/eingang', headers: { cookie } },
  search: { connections: 1, path: '/lindenau/suche?worte=Spielplatz', headers: { cookie } },
}

/** Turn and turn about, so that what else the machine does falls on everybody; the middle of three. */
async function inTurns(work: keyof Works): Promise<Measured[]> {
  const all = [{ on: server, does: ours[work] }, ...peers.map((peer) => ({ on: peer, does: peer.works[work] }))]
  const rounds: Measured[][] = all.map(() => [])
  for (let round = 0; round < 3; round += 1)
    for (const [i, { on, does }] of all.entries())
      rounds[i]!.push(await load({ url: on.url }, { title: work, seconds: 5, ...does }))
  return rounds.map((three) => three.toSorted((a, b) => a.perSecond - b.perSecond)[1]!)
}

const figures: Record<string, unknown>[] = []
for (const work of ['list', 'search', 'accept'] as const) {
  const [own, ...theirs] = await inTurns(work)
  const clients = ours[work].connections
  peers.forEach(({ name }, i) => {
    const { perSecond, p99, refused } = theirs[i]!
    const ratio = (value: number) => (perSecond > 0 ? Number(value.toPrecision(2)) : 'theirs finished none')
    figures.push({
      work: `${work}, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
      peer: name,
      refused,
      timesAsMany: ratio(own!.perSecond / perSecond),
      timesFasterAtP99: ratio(p99 / own!.p99),
    })
  })
}
await server.stop()
publish('peers', figures)
