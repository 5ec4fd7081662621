import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

const wanted = process.argv.slice(2)
const files = globSync('*.bench.ts', { cwd: import.meta.dirname }).toSorted()

/** Every bench in a process of its own; `npm run bench -- accept lists` runs only those. */
let failed = 0
for (const file of files) {
  if (wanted.length > 0 && !wanted.some((name) => file === `${name}.bench.ts`)) continue
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, file)], { stdio: 'inherit' })
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
