import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** Waits for the line of JSON that the demo prints when it is ready. */
function ready(demo: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    demo.stdout?.on('data', (chunk: Buffer) => {
      output += chunk
      if (output.includes('"ready":true')) resolve()
    })
    demo.stderr?.on('data', (chunk: Buffer) => (output += chunk))
    demo.on('exit', () => reject(new Error(`the demo ended before it was ready:\n${output}`)))
  })
}

export interface DemoServer {
  readonly url: string
  /** Everything the demo writes: database, files, and `output.log` with what it printed. */
  readonly folder: string
  stop(): Promise<void>
}

/** The demo from the bundle in a folder of its own, as a user would start it; told with its stories, or empty. */
export async function startDemo({ stories }: { stories: boolean }): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'besonnen-journeys-'))
  // The database may run as another user than the one who made this folder.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const demo = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/demo.js')], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      BESONNEN_DEMO_EMPTY: stories ? 'no' : 'yes',
      BESONNEN_DATA: join(folder, 'demo'),
      BESONNEN_KEY_FILE: join(folder, 'key'),
      // Each journey comes from an address of its own, so that many at once are no flood.
      BESONNEN_TRUSTED_PROXIES: '127.0.0.1,::1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = createWriteStream(join(folder, 'output.log'))
  demo.stdout?.pipe(output)
  demo.stderr?.pipe(output)
  await ready(demo)
  return {
    url: `http://localhost:${port}`,
    folder,
    stop: async () => {
      const ended = new Promise((resolve) => demo.on('exit', resolve))
      demo.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
