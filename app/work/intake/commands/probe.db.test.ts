import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { application } from '#app/application.ts'
import { subscriptions } from '#app/subscriptions.ts'
import { Courier } from '#platform/facts/index.ts'
import { silentLog } from '#platform/log/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { probeHeader, proveChannel } from './probe.ts'

let towns: Towns
let server: Server
let base: string
const rows = () =>
  towns.at(
    (tx) => tx.db.selectFrom('intake.report').select(['id', 'synthetic', 'step_kind', 'received_on']).execute(),
    program,
  )
const alerts = () => towns.at((tx) => tx.db.selectFrom('mail.delivery').select(['kind', 'priority']).execute(), program)
const prove = (to = base) => towns.at(proveChannel(to), program)
const post = (body: string, header: string) =>
  fetch(`${base}/api/v1/lindenau/reports`, { method: 'POST', body, headers: { [probeHeader]: header } })

beforeAll(async () => {
  towns = await foundTowns()
  const { tenants } = towns
  const first = { waiting: false }
  const origin = 'http://localhost'
  const app = application({
    tenants,
    log: silentLog,
    origin,
    sendsMail: true,
    trustedProxies: [],
    extraRoutes: [],
    first,
  })
  server = await new Promise<Server>((resolve) => {
    const made = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(made as Server)) as Server
  })
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await towns.appoint('administrator')
  await towns.appoint('guide')
})
beforeEach(() =>
  towns.at(async (tx) => {
    for (const table of ['intake.report', 'mail.delivery', 'platform.fact'] as const)
      await tx.db.deleteFrom(table).execute()
  }, program),
)
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await towns.end()
})

test('the probe goes through the real door, is seen by nobody, and the one of yesterday goes', async () => {
  expect(await prove()).toBe(true)
  const courier = new Courier(towns.tenants, subscriptions, silentLog)
  await courier.deliver()
  const [first, ...more] = await rows()
  expect(more).toEqual([])
  expect(first).toMatchObject({ synthetic: true, step_kind: 'closed' })
  expect(await alerts(), 'nobody is told of a report').toEqual([])
  const tokens = await towns.at((tx) => tx.db.selectFrom('search.token').selectAll().execute(), program)
  expect(tokens, 'nobody finds it').toEqual([])
  towns.clock.now = new Date(towns.clock.now.getTime() + 86_400_000)
  expect(await prove()).toBe(true)
  expect((await rows()).map(({ id }) => id)).not.toContain(first!.id)
  expect(await rows()).toHaveLength(1)
})

test('when the door is shut those who look after the town are told, once a day', async () => {
  expect(await prove('http://127.0.0.1:9')).toBe(false)
  expect(await prove('http://127.0.0.1:9')).toBe(false)
  expect(await alerts()).toEqual([{ kind: 'notice.broken', priority: 0 }])
})

test('without the key of the installation nobody makes a report that is not seen', async () => {
  const body = JSON.stringify({ observed: 'Kanarienvogel' })
  const right = await towns.at(
    async (tx) => tx.lookup('probe', `2026-11-24 ${'0'.repeat(64)}`).toString('hex'),
    program,
  )
  for (const header of ['', 'true', 'ff'.repeat(32), right]) expect((await post(body, header)).status).toBe(201)
  expect((await rows()).map(({ synthetic }) => synthetic)).toEqual([false, false, false, false])
})

test('the mark is neither set nor cleared afterwards, and a forged one raises the alarm', async () => {
  await prove()
  await post(JSON.stringify({ observed: 'Kanarienvogel' }), '')
  const set = (synthetic: boolean, mark: Buffer | null) =>
    towns.at(
      (tx) =>
        tx.db
          .updateTable('intake.report')
          .set({ synthetic, synthetic_mark: mark })
          .where('synthetic', '=', !synthetic)
          .execute(),
      program,
    )
  await expect(set(false, null)).rejects.toThrow('neither set nor cleared')
  await expect(set(true, Buffer.from('x'))).rejects.toThrow('neither set nor cleared')
  await towns.at(async (tx) => {
    const real = await tx.db
      .selectFrom('intake.report')
      .selectAll()
      .where('synthetic', '=', false)
      .executeTakeFirstOrThrow()
    const { municipality_id: _, ...row } = real
    const forged = { ...row, id: crypto.randomUUID(), receipt: null, synthetic: true, synthetic_mark: Buffer.alloc(32) }
    await tx.db.insertInto('intake.report').values(forged).execute()
  }, program)
  expect(await prove()).toBe(false)
  expect((await alerts()).map(({ kind }) => kind)).toEqual(['notice.broken'])
})
