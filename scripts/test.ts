import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const only = process.argv.slice(2)

interface Run {
  readonly name: string
  readonly args: string[]
  readonly env?: Record<string, string>
}

/** In the order in which a fault is cheapest to find. The last is the database part again, on PostgreSQL 15. */
const runs: Run[] = [
  { name: 'unit', args: ['--project', 'unit'] },
  { name: 'db', args: ['--project', 'db'] },
  { name: 'rights', args: ['--project', 'rights'] },
  { name: 'journeys', args: ['--project', 'journeys'] },
  { name: 'postgres15', args: ['--project', 'db'], env: { BESONNEN_TEST_PG: '15' } },
]

const postgres15 = existsSync('/usr/lib/postgresql/15/bin/postgres')
let failed = 0
for (const { name, args, env } of runs) {
  if (only.length > 0 && !only.includes(name)) continue
  if (name === 'postgres15' && !postgres15) {
    // On a developer's machine the second run may be missing; where changes are accepted it may not.
    console.log('postgres15: PostgreSQL 15 is not installed (apt-get install postgresql-15); this run is left out.')
    if (process.env.CI) failed += 1
    continue
  }
  const begin = Date.now()
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--passWithNoTests', ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - begin) / 1000).toFixed(0)} s)`)
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
