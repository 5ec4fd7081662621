import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fault } from './sentences.ts'
import { seen } from './processes.ts'

interface Holder {
  readonly pid: number
  readonly started: string
}

function holderOf(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function lives(holder: Holder | undefined): holder is Holder {
  const found = holder && seen(holder.pid)
  return found !== undefined && !found.zombie && found.started === holder?.started
}

/**
 * One program per data folder. The file names the process and its start, so that a number used again by the system
 * is not taken for the old holder. Returns the release. Throws EmbeddedError `second`.
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`
  const mine: Holder = { pid: process.pid, started: seen(process.pid)?.started ?? '' }
  const draft = `${file}.${process.pid}`
  // Linking a finished file is atomic: nobody ever reads half a lock.
  writeFileSync(draft, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (;;) {
      try {
        linkSync(draft, file)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = holderOf(file)
      if (lives(holder)) throw fault('second', folder, holder.pid)
      takeAway(file, `${draft}.stale`)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  return () => {
    const holder = holderOf(file)
    if (holder?.pid === mine.pid && holder.started === mine.started) rmSync(file, { force: true })
  }
}

/** Two starts may both find the lock stale; whoever moves away the other's fresh lock puts it back. */
function takeAway(file: string, aside: string): void {
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (lives(holderOf(aside))) renameSync(aside, file)
  else rmSync(aside, { force: true })
}
