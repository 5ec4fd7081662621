import { spawnSync } from 'node:child_process'
import { lstatSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fault } from './sentences.ts'

/** The account the server runs under. `drop` only where the program itself is root, which PostgreSQL refuses. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly drop: boolean
}

function accountNamed(test: (name: string, uid: number) => boolean): Account | undefined {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name = '', , uid, gid] = line.split(':')
    if (name && test(name, Number(uid))) return { name, uid: Number(uid), gid: Number(gid), drop: true }
  }
  return undefined
}

function createAccount(): Account | undefined {
  const shell = '/usr/sbin/nologin'
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--home-dir',
    '/nonexistent',
    '--shell',
    shell,
    'besonnen',
  ])
  return accountNamed((name) => name === 'besonnen')
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  try {
    return statSync(folder)
  } catch {
    return undefined
  }
}

/** Whoever owns the data folder; else `postgres` or `besonnen`, made where missing. Throws `user` or `owner`. */
export function accountFor(folder: string): Account {
  const owner = ownerOf(folder)
  const uid = process.getuid?.() ?? 0
  if (uid !== 0) {
    if (owner && owner.uid !== uid) throw fault('owner', folder)
    return { name: String(uid), uid, gid: process.getgid?.() ?? 0, drop: false }
  }
  if (owner && owner.uid !== 0) {
    return (
      accountNamed((_, number) => number === owner.uid) ?? {
        name: String(owner.uid),
        uid: owner.uid,
        gid: owner.gid,
        drop: true,
      }
    )
  }
  const found =
    accountNamed((name) => name === 'postgres') ?? accountNamed((name) => name === 'besonnen') ?? createAccount()
  if (!found) throw fault('user')
  return found
}

function mayEnter(folder: string, account: Account): boolean {
  const { uid, gid, mode } = statSync(folder)
  const bits = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode
  return (bits & 1) === 1
}

/** The first folder on the way that the account may not enter; undefined when the way is free. */
export function closedTo(account: Account, folder: string): string | undefined {
  if (!account.drop) return undefined
  const above = dirname(folder)
  const closed = above === folder ? undefined : closedTo(account, above)
  if (closed) return closed
  return lstatSync(folder).isDirectory() && !mayEnter(folder, account) ? folder : undefined
}

/** Options for spawn: another account where needed, and nothing of our environment (it may hold secrets). */
export function under(account: Account, libraries: string) {
  const path = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'
  return {
    ...(account.drop ? { uid: account.uid, gid: account.gid } : {}),
    env: { PATH: process.env.PATH ?? '', ...(libraries ? { [path]: libraries } : {}) } as NodeJS.ProcessEnv,
    cwd: '/',
  }
}
