import { serve as listen } from '@hono/node-server'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { programOver } from '#tests/support/web.ts'

let towns: Towns
beforeAll(async () => void (towns = await foundTowns()))
afterAll(() => towns.end())

/** Many of one kind at once over a real socket, as a proxy on this machine that adds no headers brings them. */
async function flood(town: string, localOnly: boolean): Promise<{ accepted: number; slowed: boolean }> {
  const app = programOver(towns, { trustedProxies: [], localOnly })
  const server = listen({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const begun = performance.now()
  const answers = await Promise.all(
    Array.from({ length: 30 }, () =>
      fetch(`http://127.0.0.1:${port}/api/v1/${town}/reports`, {
        method: 'POST',
        body: JSON.stringify({ observed: 'Musik in der Nacht' }),
      }),
    ),
  )
  const took = performance.now() - begun
  await new Promise((resolve) => server.close(resolve))
  return { accepted: answers.filter(({ status }) => status === 201).length, slowed: took > 2_000 }
}

test('a proxy that says nothing about who asks is slowed like anybody; only where nobody else can ask nothing is', async () => {
  expect(await flood('auental', true)).toEqual({ accepted: 30, slowed: false })
  expect(await flood('lindenau', false)).toEqual({ accepted: 30, slowed: true })
  const piled = await towns.at(
    (tx) => tx.db.selectFrom('intake.report').select('id').where('pile', 'is not', null).execute(),
    program,
  )
  expect(piled.length).toBeGreaterThan(0)
})
