import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Account, closedTo, under } from './account.ts'
import type { Native } from './native.ts'
import { fault, faultOfStorage } from './sentences.ts'

function own(folder: string, account: Account): void {
  if (account.drop) chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o700)
}

/**
 * Socket paths are limited to about 100 bytes, so the socket stands in a short folder named after the data folder.
 * Another account could have made that folder first: owner and kind are checked. Throws `socket`.
 */
export function socketFolder(folder: string, account: Account): string {
  const name = `besonnen-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  const runtime = process.env.XDG_RUNTIME_DIR
  const base =
    ['/tmp', ...(runtime && runtime.length < 60 ? [runtime] : [])].find((candidate) => existsSync(candidate)) ?? '/tmp'
  const path = join(base, name)
  try {
    mkdirSync(path, { mode: 0o700 })
    own(path, account)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw faultOfStorage(base, String(error)) ?? error
  }
  const found = lstatSync(path)
  // Only root or the account itself can have made a folder that is still safe to use.
  if (!found.isDirectory() || (found.uid !== account.uid && found.uid !== process.getuid?.()))
    throw fault('socket', path)
  own(path, account)
  return path
}

const filled = (folder: string) => existsSync(folder) && readdirSync(folder).length > 0

/** Refuses a folder that is not ours to start. Throws `foreign` or `major`. */
export function checkFolder(folder: string, native: Native): void {
  if (!filled(folder)) return
  const version = join(folder, 'PG_VERSION')
  if (!existsSync(version)) throw fault('foreign', folder)
  const found = readFileSync(version, 'utf8').trim()
  if (found !== String(native.major)) throw fault('major', folder, found, String(native.major))
}

/** A new data folder, made beside and renamed when whole: a start killed half-way leaves nothing that looks finished. */
export function makeFolder(folder: string, account: Account, native: Native): void {
  if (filled(folder)) return
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true })
  own(draft, account)
  const closed = closedTo(account, dirname(draft))
  if (closed) throw fault('unreachable', closed, account.name)
  // The built-in locale sorts the same with every C library, so indexes survive a move to another machine.
  const locale =
    native.major >= 18 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C.UTF-8']
  const options = [
    '-D',
    draft,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--data-checksums',
    '--auth-local=trust',
    '--auth-host=reject',
    '--no-instructions',
    ...locale,
  ]
  const made = spawnSync(native.initdb, options, { encoding: 'utf8', ...under(account, native.libraries) })
  if (made.status !== 0) {
    const said = `${made.error?.message ?? ''}${made.stderr}`
    rmSync(draft, { recursive: true, force: true })
    throw (
      faultOfStorage(folder, said) ?? fault('binaries', dirname(native.initdb), said.trim().split('\n').at(-1) ?? '')
    )
  }
  writeFileSync(join(draft, 'pg_hba.conf'), '# Only the Unix socket, in a folder of mode 0700.\nlocal all all trust\n')
  renameSync(draft, folder)
}
