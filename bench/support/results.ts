import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../results')

/** What a figure means nothing without: machine and commit. */
const circumstances = () => ({
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim(),
  node: process.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
})

/** Writes one bench's figures, and where the time goes, beside those of the others and shows them. */
export function publish(name: string, figures: unknown, profile?: Record<string, string>): void {
  mkdirSync(folder, { recursive: true })
  const result = { name, ...circumstances(), figures, profile }
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  console.log(name)
  console.table(figures)
  if (profile) console.table(profile)
}
