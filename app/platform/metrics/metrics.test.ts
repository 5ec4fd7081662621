import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMetrics, type Metrics } from './index.ts'

let metrics: Metrics
let broken = false
beforeAll(async () => {
  metrics = await startMetrics(0, {
    pool: () => ({ total: 3, idle: 2, waiting: 1 }),
    mails: async () => {
      if (broken) throw new Error('database gone')
      return [
        { state: 'due', count: 4, overdueSeconds: 90 },
        { state: 'sent', count: 7, overdueSeconds: 0 },
      ]
    },
    jobs: async () => [{ task: 'intake.purge-drafts', waiting: 2, failing: 1 }],
  })
})
afterAll(() => metrics.stop())
const ask = (path = '/metrics', host = '127.0.0.1') => fetch(`http://${host}:${metrics.port}${path}`)

test('every name begins with besonnen_, and requests are counted by the pattern of their route', async () => {
  metrics.observe('GET', '/:town/eingang/:report', 200, 0.02)
  const text = await (await ask()).text()
  const names = text.split('\n').filter((line) => line && !line.startsWith('#'))
  expect(names.length).toBeGreaterThan(20)
  expect(names.filter((line) => !line.startsWith('besonnen_'))).toEqual([])
  expect(text).toContain('besonnen_request_seconds_count{method="GET",path="/:town/eingang/:report",status="200"} 1')
  expect(text).toContain('besonnen_mails{state="due"} 4')
  expect(text).toContain('besonnen_mail_overdue_seconds 90')
  expect(text).toContain('besonnen_jobs{task="intake.purge-drafts",state="failing"} 1')
  expect(text).toContain('besonnen_database_connections{state="waiting"} 1')
})

test('without the database it says 503, elsewhere 404', async () => {
  broken = true
  expect((await ask()).status).toBe(503)
  broken = false
  expect((await ask('/')).status).toBe(404)
})

test('no other machine reaches it', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')
  if (outside) await expect(ask('/metrics', outside.address)).rejects.toThrow()
})
