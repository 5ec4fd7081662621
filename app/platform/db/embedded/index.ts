import { mkdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { accountFor, closedTo } from './account.ts'
import { checkFolder, makeFolder, socketFolder } from './folders.ts'
import { lockFolder } from './lock.ts'
import { dropOthers, findNative } from './native.ts'
import { begin, fits, logOf, type Plan, running, stop, trimLog } from './postmaster.ts'
import { alive, pause } from './processes.ts'
import { fault, faultOfStorage } from './sentences.ts'
import { argumentsFor } from './settings.ts'

export { EmbeddedError, type EmbeddedCode } from './sentences.ts'

export interface EmbeddedOptions {
  /** The PostgreSQL data folder; made when missing or empty. Beside it stand `<dataDir>.lock` and our own programs. */
  readonly dataDir: string
  /** Told what the supervisor does, one English line each; never contains data. */
  readonly log?: (line: string) => void
  /** PostgreSQL settings that go before our own. */
  readonly settings?: Record<string, string>
  /** Folder with bin/ and lib/ of another PostgreSQL; default: the npm package of this platform. */
  readonly native?: string
}

export interface EmbeddedServer {
  /** Folder of the Unix socket. */
  readonly host: string
  readonly port: number
  readonly superuser: 'postgres'
  readonly pid: number
  /** Fast shutdown; resolves when the server has ended and the folder is free for others. */
  stop(): Promise<void>
  /** The server ended although nobody asked. It is being restarted; connections must be made anew. */
  onExit(listener: () => void): void
}

const PORT = 5432
const LOOK_EVERY = 1000
const LONGEST_DELAY = 30_000

function planFor(options: EmbeddedOptions, folder: string): Plan {
  const account = accountFor(folder)
  const native = findNative(account, folder, options.native)
  checkFolder(folder, native)
  makeFolder(folder, account, native)
  const closed = closedTo(account, folder)
  if (closed) throw fault('unreachable', closed, account.name)
  const socket = socketFolder(folder, account)
  return {
    folder,
    socket,
    port: PORT,
    account,
    native,
    args: argumentsFor({ folder, socket, port: PORT, major: native.major }, options.settings),
  }
}

async function adoptOrBegin(plan: Plan, log: (line: string) => void): Promise<number> {
  const found = running(plan)
  if (found && (await fits(plan))) {
    log(`database server ${found} was still running and is used on`)
    return found
  }
  if (found) {
    log(`database server ${found} was still running, but not as it should; stopping it`)
    await stop(found, plan)
  }
  const child = await begin(plan)
  log(`database server ${child.pid} started (PostgreSQL ${plan.native.version})`)
  return child.pid!
}

/** Looks after one running server until stop(): restarts it when it ends, with growing delay, and keeps its log short. */
class Supervisor implements EmbeddedServer {
  readonly host: string
  readonly port: number
  readonly superuser = 'postgres' as const
  pid: number
  readonly #plan: Plan
  readonly #log: (line: string) => void
  readonly #release: () => void
  readonly #listeners: (() => void)[] = []
  readonly #timer: NodeJS.Timeout
  #stopping = false
  #restart: Promise<void> | undefined

  constructor(plan: Plan, pid: number, log: (line: string) => void, release: () => void) {
    this.host = plan.socket
    this.port = plan.port
    this.pid = pid
    this.#plan = plan
    this.#log = log
    this.#release = release
    // An adopted server is no child of ours, so its end is seen by looking, not by an event; so for all.
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY)
    this.#timer.unref()
  }

  onExit(listener: () => void): void {
    this.#listeners.push(listener)
  }

  #look(): void {
    trimLog(this.#plan)
    if (this.#stopping || this.#restart || alive(this.pid)) return
    this.#log(`database server ${this.pid} ended unasked; see ${logOf(this.#plan)}`)
    for (const listener of this.#listeners) listener()
    this.#restart = this.#beginAgain().finally(() => (this.#restart = undefined))
  }

  async #beginAgain(): Promise<void> {
    for (let delay = 100; !this.#stopping; delay = Math.min(delay * 2, LONGEST_DELAY)) {
      try {
        this.pid = await adoptOrBegin(this.#plan, this.#log)
        return
      } catch (error) {
        this.#log(`database server does not start: ${(error as Error).message}`)
        for (let waited = 0; waited < delay && !this.#stopping; waited += 100) await pause(100)
      }
    }
  }

  async stop(): Promise<void> {
    if (this.#stopping) return
    this.#stopping = true
    clearInterval(this.#timer)
    await this.#restart
    if (alive(this.pid)) await stop(this.pid, this.#plan)
    this.#release()
  }
}

/**
 * Starts PostgreSQL on a data folder, or takes over the server a killed program left on it. Only a Unix socket, no
 * network. Throws EmbeddedError whose message can be shown as it is.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const wanted = resolve(options.dataDir)
  const log = options.log ?? (() => undefined)
  let release: (() => void) | undefined
  try {
    mkdirSync(dirname(wanted), { recursive: true })
    const folder = join(realpathSync(dirname(wanted)), basename(wanted))
    release = lockFolder(folder)
    const plan = planFor(options, folder)
    const pid = await adoptOrBegin(plan, log)
    dropOthers(folder, plan.native)
    return new Supervisor(plan, pid, log, release)
  } catch (error) {
    release?.()
    throw error instanceof Error && 'syscall' in error ? (faultOfStorage(wanted, error.message) ?? error) : error
  }
}

/** Where the server of a data folder listens that another program of ours keeps running; it is not touched. */
export function runningServer(dataDir: string): Pick<EmbeddedServer, 'host' | 'port' | 'superuser'> {
  const wanted = resolve(dataDir)
  const folder = join(realpathSync(dirname(wanted)), basename(wanted))
  return { host: socketFolder(folder, accountFor(folder)), port: PORT, superuser: 'postgres' }
}
