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

/** A closed loop of so many clients, after a second of warming up. Times in ms; `cpuMs` of the app per request. */
export async function load(
  server: Server,
  { title, connections, seconds, path, method = 'GET', headers = {}, body }: Load,
): Promise<Measured> {
  const run = (duration: number) =>
    autocannon({ url: `${server.url}${path}`, connections, duration, method, headers, body })
  await run(1)
  const before = server.cpu()
  const result = await run(seconds)
  const cpu = server.cpu() - before
  return {
    title,
    perSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors + result.timeouts,
    cpuMs: Number(((cpu * 1000) / result.requests.total).toFixed(2)),
  }
}
