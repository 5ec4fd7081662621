import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Gauge } from 'prom-client'

/** What is read when somebody asks; sums of the whole installation, never of one municipality or person. */
export interface Readings {
  /** Connections of the pages to the database. */
  pool(): { total: number; idle: number; waiting: number }
  mails(): Promise<readonly { state: string; count: number; overdueSeconds: number }[]>
  jobs(): Promise<readonly { task: string; waiting: number; failing: number }[]>
}

export interface Metrics {
  readonly port: number
  /** One answered request; `path` is the route's pattern, so that no id, code or secret becomes a label. */
  observe(method: string, path: string, status: number, seconds: number): void
  stop(): Promise<void>
}

type Prom = typeof import('prom-client')

function gauges({ Gauge: Make }: Prom) {
  const make = (name: string, help: string, labelNames: string[] = []): Gauge =>
    new Make({ name: `besonnen_${name}`, help, labelNames, registers: [] })
  return {
    pool: make('database_connections', 'Connections of the pages by state', ['state']),
    mails: make('mails', 'Mails in the ledger by state', ['state']),
    late: make('mail_overdue_seconds', 'How long the oldest due mail has waited'),
    jobs: make('jobs', 'Jobs in the queue by task and state', ['task', 'state']),
  }
}

async function read({ pool, mails, late, jobs }: ReturnType<typeof gauges>, readings: Readings): Promise<void> {
  for (const [state, count] of Object.entries(readings.pool())) pool.set({ state }, count)
  const ledger = await readings.mails()
  mails.reset()
  for (const { state, count } of ledger) mails.set({ state }, count)
  late.set(Math.max(0, ...ledger.map(({ overdueSeconds }) => overdueSeconds)))
  jobs.reset()
  for (const { task, waiting, failing } of await readings.jobs()) {
    jobs.set({ task, state: 'waiting' }, waiting)
    jobs.set({ task, state: 'failing' }, failing)
  }
}

/** Serves `/metrics` to this machine only. The package is loaded here, so that it costs nothing where it is not wanted. */
export async function startMetrics(port: number, readings: Readings): Promise<Metrics> {
  const prom = await import('prom-client')
  const registry = new prom.Registry()
  prom.collectDefaultMetrics({ register: registry, prefix: 'besonnen_' })
  const durations = new prom.Histogram({
    name: 'besonnen_request_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'path', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const all = gauges(prom)
  for (const gauge of Object.values(all)) registry.registerMetric(gauge)
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    read(all, readings)
      .then(() => registry.metrics())
      .then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        () => response.writeHead(503).end(),
      )
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()))
  return {
    port: (server.address() as AddressInfo).port,
    observe: (method, path, status, seconds) => durations.observe({ method, path, status }, seconds),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
