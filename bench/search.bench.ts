import { fill } from './support/fill.ts'
import { load, type Measured } from './support/load.ts'
import { whereTimeGoes } from './support/profile.ts'
import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'
import { signedIn } from './support/session.ts'

/** How fast does a word find its page among 10,000 sealed cases: a rare word, a frequent one, two together? */
const folder = folderFor('search')
await (await startServer({ folder })).stop()
await fill(folder, { reports: 0, cases: 10_000 })
const server = await startServer({ folder })
const cookie = await signedIn(server, 'lindenau', 'Miriam Aydın')
const figures: Measured[] = []
for (const [title, words] of [
  ['a rare word', '4711'],
  ['a frequent word', 'Spielplatz'],
  ['two frequent words', 'Spielplatz Eltern'],
  ['no such word', 'Kaninchenzucht'],
] as const) {
  figures.push(
    await load(server, {
      title,
      connections: 1,
      seconds: 4,
      path: `/lindenau/suche?worte=${encodeURIComponent(words)}`,
      headers: { cookie },
    }),
  )
}
await server.stop()
const profile = await whereTimeGoes(folder, async (on) => ({
  title: 'a frequent word',
  connections: 1,
  seconds: 5,
  path: '/lindenau/suche?worte=Spielplatz',
  headers: { cookie: await signedIn(on, 'lindenau', 'Miriam Aydın') },
}))
publish('search', figures, profile)
