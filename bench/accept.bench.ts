import { load, type Measured } from './support/load.ts'
import { whereTimeGoes } from './support/profile.ts'
import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'

/** How fast is a report accepted – sealed, recorded, durable, its receipt code made? */
const folder = folderFor('accept')
const server = await startServer({ folder })
const path = '/api/v1/lindenau/reports'
const headers = { 'content-type': 'application/json' }
const observed =
  'Seit zwei Wochen gibt es auf dem Spielplatz im Nordviertel abends Streit zwischen Jugendlichen und Anwohnern. Es wird laut, und gestern flogen Flaschen. Die Kinder trauen sich nicht mehr hinaus.'
const body = JSON.stringify({ observed, area: 'nordviertel', subject: 'noise', wish: 'talk' })

/** 64 requests at the same moment: all accepted, all codes distinct. */
async function allAtOnce(): Promise<{ accepted: number; distinct: number }> {
  const answers = await Promise.all(
    Array.from({ length: 64 }, () => fetch(`${server.url}${path}`, { method: 'POST', headers, body })),
  )
  const codes = await Promise.all(
    answers.filter((one) => one.status === 201).map(async (one) => ((await one.json()) as { code: string }).code),
  )
  return { accepted: codes.length, distinct: new Set(codes).size }
}

const post = { path, method: 'POST', headers, body } as const
const figures: (Measured | Record<string, unknown>)[] = [
  await load(server, { title: '1 client', connections: 1, seconds: 8, ...post }),
  await load(server, { title: '8 clients', connections: 8, seconds: 12, ...post }),
  { title: '64 at once', ...(await allAtOnce()) },
]
await server.stop()
const profile = await whereTimeGoes(folder, async () => ({ title: 'accept', connections: 8, seconds: 5, ...post }))
publish('accept', figures, profile)
