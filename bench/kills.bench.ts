import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'

/** App and database killed twenty times while eight clients report: is any acknowledged report lost, how soon is it back? */
const rounds = 20
const folder = folderFor('kills')
const port = 21_777
const acknowledged: string[] = []
const back: number[] = []

/** Eight clients that report until the server is gone; only answered reports count. */
async function reportUntilGone(url: string): Promise<void> {
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (;;) {
        try {
          const answer = await fetch(`${url}/api/v1/lindenau/reports`, {
            method: 'POST',
            body: JSON.stringify({ observed: 'Streit am Brunnen' }),
          })
          if (answer.status === 201) acknowledged.push(((await answer.json()) as { code: string }).code)
        } catch {
          return
        }
      }
    }),
  )
}

for (let round = 0; round < rounds; round++) {
  const begin = performance.now()
  const server = await startServer({ folder, port })
  back.push(Math.round(performance.now() - begin))
  const reporting = reportUntilGone(server.url)
  await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 700))
  await server.kill()
  await reporting
}

const server = await startServer({ folder, port })
let lost = 0
for (const code of acknowledged) {
  const answer = await fetch(`${server.url}/api/v1/lindenau/mailbox`, { headers: { authorization: `Bearer ${code}` } })
  if (answer.status !== 200) lost += 1
}
await server.stop()
const sorted = back.slice(1).toSorted((a, b) => a - b)
publish('kills', [
  {
    rounds,
    acknowledged: acknowledged.length,
    lost,
    backAfterMsMedian: sorted[Math.floor(sorted.length / 2)],
    backAfterMsMost: sorted.at(-1),
  },
])
if (lost > 0) process.exit(1)
