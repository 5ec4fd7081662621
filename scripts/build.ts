import { build, type BuildOptions } from 'esbuild'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

/** What the bundles are made from; a change in any of it means building again. */
function sources(): string[] {
  return globSync('{app,demo}/**/*.{ts,tsx,json,css,js}', { cwd: root })
    .concat('package-lock.json', 'scripts/build.ts')
    .toSorted()
}

/** Size and time of every source: cheap enough for each start (a few milliseconds), and changes with any edit. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of sources()) {
    const { size, mtimeMs } = statSync(join(root, file))
    hash.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const server: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  packages: 'external',
  sourcemap: 'linked',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  outdir: dist,
  chunkNames: 'chunks/[name]-[hash]',
  splitting: true,
  logLevel: 'warning',
}

/** Builds server, command line and browser elements into `dist`, unless nothing changed since the last time. */
export async function buildIfNeeded(): Promise<void> {
  const mark = join(dist, '.sources')
  const now = fingerprint()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === now) return
  rmSync(dist, { recursive: true, force: true })
  mkdirSync(dist, { recursive: true })
  await build({
    ...server,
    entryPoints: {
      server: 'app/server.ts',
      cli: 'app/cli.ts',
      demo: 'demo/server.ts',
      pdf: 'app/platform/pdf/worker.ts',
      image: 'app/platform/files/image-child.ts',
    },
  })
  const { buildAssets } = await import('../app/ui/build.ts')
  await buildAssets(join(dist, 'assets'))
  writeFileSync(mark, now)
}
