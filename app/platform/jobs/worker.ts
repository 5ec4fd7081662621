import { run, Logger, type Runner } from 'graphile-worker'
import { Client, Pool, type PoolConfig } from 'pg'
import type { Log } from '../log/index.ts'
import type { Tenants, TenantTx } from '../tenancy/index.ts'

export type JobPayload = Record<string, string>
/** A transaction of another municipality, as the program: for what two offices hand to one another. */
export type Elsewhere = <T>(municipality: number, work: (tx: TenantTx) => Promise<T>) => Promise<T>
/**
 * A job runs in its municipality as the program itself; what must happen outside the transaction it returns. Should that
 * fail, the whole job comes again: both have to stand being done twice.
 */
export type JobHandlers = Record<
  string,
  (tx: TenantTx, ids: JobPayload) => Promise<void | ((elsewhere: Elsewhere) => Promise<void>)>
>

/**
 * Starts the worker that empties the queue. A handler gets a transaction of its municipality; if it returns a
 * function, that runs after the commit. Failing jobs come again with growing pauses.
 */
export async function startWorker(
  jobs: PoolConfig,
  tenants: Tenants,
  handlers: JobHandlers,
  log: Log,
): Promise<Runner> {
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [
      name,
      async (payload: unknown) => {
        const { municipality, ...ids } = payload as { municipality: number } & JobPayload
        const elsewhere: Elsewhere = (other, work) =>
          tenants.inTenant({ municipality: other, who: { kind: 'program', name } }, work)
        const after = await elsewhere(municipality, (tx) => handle(tx, ids))
        await after?.(elsewhere)
      },
    ]),
  )
  const pool = new Pool({ ...jobs, max: 3 })
  const lost = (error: Error & { code?: string }) => log.warn({ code: error.code }, 'queue connection lost')
  pool.on('error', lost).on('connect', (client) => client.on('error', lost))
  const logger = new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ queue: true }, message.slice(0, 200))
  })
  const runner = await run({
    pgPool: pool,
    schema: 'graphile_worker',
    taskList,
    concurrency: 1,
    noHandleSignals: true,
    logger,
    pollInterval: 2000,
  })
  void runner.promise.finally(() => pool.end())
  return runner
}

/** How many jobs wait and how many have failed at least once, by task. Needs a connection of the jobs role. */
export async function queueLengths(jobs: PoolConfig): Promise<{ task: string; waiting: number; failing: number }[]> {
  const client = new Client(jobs)
  await client.connect()
  try {
    const { rows } = await client.query<{ task: string; waiting: number; failing: number }>(`
      select task_identifier as task, count(*)::int as waiting, (count(*) filter (where attempts > 0))::int as failing
        from graphile_worker.jobs group by task_identifier`)
    return rows
  } finally {
    await client.end()
  }
}
