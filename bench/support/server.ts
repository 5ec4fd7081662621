import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface Server {
  readonly url: string
  readonly folder: string
  readonly pid: number
  /** CPU seconds the app itself has used, user and system. */
  cpu(): number
  /** Proportional set size in MiB: of the app alone, and with all processes below it. */
  memory(): { app: number; all: number }
  stop(): Promise<void>
  kill(): Promise<void>
}

const ticks = 100

function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticks
}

function pssOf(pid: number): number {
  const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  return Number(match?.[1] ?? 0) / 1024
}

/** The processes below one, however deep. */
export function below(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = Number(
          readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /, '')
            .split(' ')[1],
        )
        return [{ pid: Number(name), parent }]
      } catch {
        return []
      }
    })
  const children = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap((one) => [one.pid, ...children(one.pid)])
  return children(pid)
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    const take = (chunk: Buffer) => {
      output += chunk
      if (output.includes('"ready":true')) resolve()
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('exit', () => reject(new Error(`the server ended before it was ready:\n${output}`)))
  })
}

/** A folder that the database may read, whoever it runs as. */
export function folderFor(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `besonnen-${name}-`))
  chmodSync(folder, 0o755)
  return folder
}

interface StartOptions {
  readonly folder?: string
  readonly port?: number
  readonly args?: string[]
  /** Where the program lies; default: here. */
  readonly from?: string
  readonly env?: Readonly<Record<string, string>>
  /** The account it runs under; only root may choose. */
  readonly account?: { readonly uid: number; readonly gid: number }
}

/** Starts the demo from the bundle in a folder of its own (or one that exists) and waits until it answers. */
export async function startServer(options: StartOptions = {}): Promise<Server> {
  const folder = options.folder ?? folderFor('bench')
  const port = options.port ?? 20_000 + Math.floor(Math.random() * 20_000)
  const child = spawn(process.execPath, [...(options.args ?? []), join(options.from ?? root, 'dist/demo.js')], {
    cwd: options.from ?? root,
    ...options.account,
    env: {
      ...process.env,
      PORT: String(port),
      // Without the stories: every test brings what it looks at.
      BESONNEN_DEMO_EMPTY: 'yes',
      BESONNEN_DATA: join(folder, 'demo'),
      BESONNEN_KEY_FILE: join(folder, 'key'),
      LOG_LEVEL: 'error',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await ready(child)
  const pid = child.pid!
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const remove = () =>
    options.folder === undefined && existsSync(folder) && rmSync(folder, { recursive: true, force: true })
  return {
    url: `http://localhost:${port}`,
    folder,
    pid,
    cpu: () => cpuOf(pid),
    memory: () => ({ app: pssOf(pid), all: [pid, ...below(pid)].reduce((sum, one) => sum + pssOf(one), 0) }),
    stop: async () => {
      child.kill('SIGTERM')
      await gone
      remove()
    },
    kill: async () => {
      for (const one of [pid, ...below(pid)]) process.kill(one, 'SIGKILL')
      await gone
    },
  }
}
