import autocannon from 'autocannon'
import type { Server } from './server.ts'

export interface Load {
  readonly title: string
  readonly connections: number
  readonly seconds: number
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Record<string, string>
  readonly body?: string
}

export interface Measured {
  readonly title: string
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly refused: number
  readonly cpuMs: number
}

/** A closed loop of so many clients, after three seconds of warming up: a server that has just started compiles while it answers. Times in ms; `cpuMs` of the app per request, 0 for another program. */
export async function load(
  server: Pick<Server, 'url'> & Partial<Pick<Server, 'cpu'>>,
  { title, connections, seconds, path, method = 'GET', headers = {}, body }: Load,
): Promise<Measured> {
  const run = (duration: number) =>
    autocannon({ url: `${server.url}${path}`, connections, duration, method, headers, body })
  await run(3)
  const before = server.cpu?.() ?? 0
  const result = await run(seconds)
  const cpu = (server.cpu?.() ?? 0) - before
  return {
    title,
    perSecond: Number((result.requests.total / result.duration).toPrecision(3)),
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors + result.timeouts,
    cpuMs: Number(((cpu * 1000) / result.requests.total).toFixed(2)),
  }
}
