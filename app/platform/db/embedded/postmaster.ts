import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, closeSync, copyFileSync, openSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { type Account, under } from './account.ts'
import type { Native } from './native.ts'
import { alive, gone, pause, worksIn } from './processes.ts'
import { fault, faultOfStorage } from './sentences.ts'

/** Everything needed to start or to recognise the server of one data folder. */
export interface Plan {
  readonly folder: string
  readonly socket: string
  readonly port: number
  readonly account: Account
  readonly native: Native
  readonly args: readonly string[]
}

const LOG_LIMIT = 1_000_000
const SHUTDOWN = 60_000

export const logOf = (plan: Plan) => join(plan.folder, 'server.log')

function lines(plan: Plan, file: string): string[] {
  try {
    return readFileSync(join(plan.folder, file), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** The log is written in append mode, so it may be cut while the server has it open. At most twice the limit remains. */
export function trimLog(plan: Plan): void {
  try {
    if (statSync(logOf(plan)).size < LOG_LIMIT) return
    copyFileSync(logOf(plan), `${logOf(plan)}.1`)
    truncateSync(logOf(plan))
  } catch {
    // No log yet, or no room for the copy: the next round tries again.
  }
}

/** The process that runs on the folder now; a zombie or a foreign process with the old number does not count. */
export function running(plan: Plan): number | undefined {
  const pid = Number(lines(plan, 'postmaster.pid')[0])
  return pid > 0 && alive(pid) && worksIn(pid, plan.folder) ? pid : undefined
}

/** A live server may be kept when it answers on our socket, has our version, and was started as we would start it. */
export async function fits(plan: Plan): Promise<boolean> {
  const wanted = [plan.native.postgres, ...plan.args.map((arg) => `"${arg}"`)].join(' ')
  if (lines(plan, 'postmaster.opts')[0] !== wanted) return false
  const client = new Client({
    host: plan.socket,
    port: plan.port,
    user: 'postgres',
    database: 'postgres',
    connectionTimeoutMillis: 3000,
  })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("select current_setting('server_version') as version")
    return rows[0]?.version.startsWith(plan.native.version) ?? false
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Fast shutdown; the hard one only if that takes longer than a minute (recovery then happens at the next start). */
export async function stop(pid: number, plan: Plan): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await gone(pid, signal === 'SIGINT' ? SHUTDOWN : 5000)) return
  }
  throw fault('stuck', plan.folder, pid)
}

function launch(plan: Plan): ChildProcess {
  const log = openSync(logOf(plan), 'a', 0o600)
  if (plan.account.drop) chownSync(logOf(plan), plan.account.uid, plan.account.gid)
  // Of its own session: Ctrl-C must reach the program first, which then stops the server in order.
  const child = spawn(plan.native.postgres, plan.args, {
    ...under(plan.account, plan.native.libraries),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.unref()
  return child
}

/** Starts the server and waits until it takes connections, however long recovery lasts. Throws EmbeddedError. */
export async function begin(plan: Plan): Promise<ChildProcess> {
  // Nobody runs here (see running()): a lock file left by a killed or zombie server would only block the start.
  rmSync(join(plan.folder, 'postmaster.pid'), { force: true })
  rmSync(join(plan.socket, `.s.PGSQL.${plan.port}.lock`), { force: true })
  trimLog(plan)
  const before = statSync(logOf(plan), { throwIfNoEntry: false })?.size ?? 0
  for (let attempt = 0; ; attempt++) {
    const child = launch(plan)
    let failed = ''
    child.on('error', (error) => (failed = String(error)))
    child.on('exit', (code) => (failed ||= `exit ${code}`))
    while (!failed) {
      if (lines(plan, 'postmaster.pid')[7]?.trim() === 'ready') return child
      await pause(10)
    }
    const said = failed + readFileSync(logOf(plan)).subarray(before).toString('utf8')
    // Backends of a killed server need a moment to notice; until then they hold its shared memory.
    if (attempt < 20 && /shared memory block|is already in use/.test(said)) await pause(250)
    else throw faultOfStorage(plan.folder, said) ?? fault('failed', plan.folder, logOf(plan))
  }
}
