import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildIfNeeded } from './build.ts'

const root = join(import.meta.dirname, '..')
const [task = 'start', ...args] = process.argv.slice(2)

/** Runs a program with our Node and our terminal; the signals we get are passed on, its exit code becomes ours. */
function run(file: string, ...rest: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--enable-source-maps', file, ...rest], { cwd: root, stdio: 'inherit' })
    const pass = (signal: NodeJS.Signals) => child.kill(signal)
    process.on('SIGINT', pass).on('SIGTERM', pass).on('SIGHUP', pass)
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)))
  })
}

const bin = (name: string) => join(root, 'node_modules', name)

/** Runs the steps one after the other and stops at the first that fails. */
async function inOrder(...steps: [string, ...string[]][]): Promise<number> {
  for (const [file, ...rest] of steps) {
    const code = await run(file, ...rest)
    if (code !== 0) return code
  }
  return 0
}

const tasks: Record<string, () => Promise<number>> = {
  start: async () => (await buildIfNeeded(), run(join(root, 'dist/server.js'), ...args)),
  demo: async () => (await buildIfNeeded(), run(join(root, 'dist/demo.js'), ...args)),
  cli: async () => (await buildIfNeeded(), run(join(root, 'dist/cli.js'), ...args)),
  check: () => run(join(root, 'scripts/check.ts'), ...args),
  test: async () => (await buildIfNeeded(), inOrder([join(root, 'scripts/test.ts'), ...args])),
  bench: async () => (await buildIfNeeded(), run(join(root, 'bench/run.ts'), ...args)),
  vitest: () => run(bin('vitest/vitest.mjs'), ...args),
}

const chosen = tasks[task]
if (!chosen) {
  process.stderr.write(`Unbekannt: ${task}. Möglich sind: ${Object.keys(tasks).join(', ')}.\n`)
  process.exit(2)
}
process.exit(await chosen())
