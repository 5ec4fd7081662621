import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './demo-server.ts'

const root = join(import.meta.dirname, '../..')

export interface FreshServer {
  readonly url: string
  /** The way in that was printed for whoever started it. */
  readonly setupLink: string
  readonly folder: string
  stop(): Promise<void>
}

/** `npm start` on an empty folder: the bundle, its own database, and the set-up link from its console. */
export async function startFresh(): Promise<FreshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'besonnen-fresh-'))
  chmodSync(folder, 0o755)
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    HOST: '127.0.0.1',
    BESONNEN_DATA: join(folder, 'data'),
    BESONNEN_KEY_FILE: join(folder, 'key'),
  }
  const started = spawn(process.execPath, [join(root, 'dist/server.js')], { cwd: root, env, stdio: 'pipe' })
  const output = await readyOutput(started)
  return {
    url: `http://localhost:${env.PORT}`,
    setupLink: /https?:\S+\/einrichten\/\S+/.exec(output)?.[0] ?? '',
    folder,
    stop: async () => {
      const ended = new Promise((resolve) => started.on('exit', resolve))
      started.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function readyOutput(started: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      if (output.includes('"ready":true') && output.includes('/einrichten/')) resolve(output)
    }
    started.stdout?.on('data', read)
    started.stderr?.on('data', read)
    started.on('exit', () => reject(new Error(`the server ended before it was ready:\n${output}`)))
  })
}
