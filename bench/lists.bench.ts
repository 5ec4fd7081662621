import { fill } from './support/fill.ts'
import { load, type Measured } from './support/load.ts'
import { whereTimeGoes } from './support/profile.ts'
import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'
import { signedIn } from './support/session.ts'

/** How fast is a page of 50 rows – sealed headlines opened, the reading recorded – of ten and a hundred thousand? */
const figures: Measured[] = []
let profile: Record<string, string> = {}
for (const size of [10_000, 100_000]) {
  const folder = folderFor('lists')
  await (await startServer({ folder })).stop()
  await fill(folder, { reports: size, cases: size / 10 })
  const server = await startServer({ folder })
  const cookie = await signedIn(server, 'lindenau', 'Miriam Aydın')
  const get = { connections: 8, seconds: 8, headers: { cookie } }
  figures.push(await load(server, { title: `inbox of ${size}`, path: '/lindenau/eingang', ...get }))
  const page = await (await fetch(`${server.url}/lindenau/eingang`, { headers: { cookie } })).text()
  const next = /href="([^"]*nach=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  if (!next) throw new Error('the inbox has no second page')
  figures.push(await load(server, { title: `inbox of ${size}, second page`, path: next, ...get }))
  if (size === 10_000)
    figures.push(await load(server, { title: 'cases, list of 1000', path: '/lindenau/faelle', ...get }))
  await server.stop()
  profile = await whereTimeGoes(folder, async (on) => ({
    title: 'inbox',
    path: '/lindenau/eingang',
    ...get,
    headers: { cookie: await signedIn(on, 'lindenau', 'Miriam Aydın') },
  }))
}
publish('lists', figures, profile)
