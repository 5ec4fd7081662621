import { gzipSync } from 'node:zlib'
import { publish } from './support/results.ts'
import { startServer } from './support/server.ts'

/** What does the first page of the public form weigh, in each language? Fonts are counted by the letters a page shows. */
const server = await startServer()
const figures: Record<string, unknown>[] = []
for (const language of ['de', 'leicht', 'en', 'tr', 'ar', 'uk', 'ru']) {
  const html = await (await fetch(`${server.url}/lindenau/melden?sprache=${language}`)).text()
  const linked = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!)
  let bytes = gzipSync(html, { level: 9 }).length
  for (const path of linked) {
    const answer = await fetch(`${server.url}${path}`, { headers: { 'accept-encoding': 'gzip' } })
    bytes += gzipSync(Buffer.from(await answer.arrayBuffer()), { level: 9 }).length
  }
  figures.push({ language, htmlCssScriptKB: Number((bytes / 1000).toFixed(1)), files: linked.length })
}
await server.stop()
publish('first-view', figures)
