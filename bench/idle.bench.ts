import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'

/** How much memory does it take to do nothing, and how long from an existing folder to the first page? */
const folder = folderFor('idle')
await (await startServer({ folder })).stop()
const begin = performance.now()
const server = await startServer({ folder })
await (await fetch(`${server.url}/lindenau/melden`)).text()
const firstPageMs = Math.round(performance.now() - begin)
await new Promise((resolve) => setTimeout(resolve, 20_000))
const { app, all } = server.memory()
await server.stop()
publish('idle', [{ firstPageMs, appMiB: Math.round(app), withDatabaseMiB: Math.round(all) }])
