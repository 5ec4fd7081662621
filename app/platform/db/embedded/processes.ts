import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'

export interface ProcessSeen {
  /** Distinguishes this process from a later one with the same number, also across restarts of the machine. */
  readonly started: string
  readonly zombie: boolean
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function seenByPs(pid: number): ProcessSeen | undefined {
  const line = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim()
  const [state, ...started] = line ? line.split(/\s+/) : []
  return state ? { started: started.join(' '), zombie: state.startsWith('Z') } : undefined
}

/** What the system knows of a process; undefined when there is none with this number. */
export function seen(pid: number): ProcessSeen | undefined {
  if (process.platform !== 'linux') return seenByPs(pid)
  const stat = textOf(`/proc/${pid}/stat`)
  if (!stat) return undefined
  // The program's name stands in brackets and may itself hold brackets and blanks: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const boot = textOf('/proc/sys/kernel/random/boot_id').trim()
  return { started: `${boot} ${fields[19]}`, zombie: fields[0] === 'Z' || fields[0] === 'X' }
}

export function alive(pid: number): boolean {
  const found = seen(pid)
  return found !== undefined && !found.zombie
}

/** Whether the process works in this folder, as a postmaster does in its data folder. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  }
  return /postgres/.test(spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '')
}

export const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Waits until the process is gone (or a zombie). Answers false if it is still there after the given time. */
export async function gone(pid: number, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds
  while (alive(pid)) {
    if (Date.now() > end) return false
    await pause(20)
  }
  return true
}
