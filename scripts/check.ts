import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')

/** Everything a reviewer should not have to look for by hand. Each line is error or off, never a warning. */
const steps: [string, string, string[]][] = [
  ['types', 'typescript/bin/tsc', ['-p', '.']],
  ['types of elements', 'typescript/bin/tsc', ['-p', 'app/ui/tsconfig.elements.json']],
  ['lint', 'oxlint/bin/oxlint', ['--deny-warnings', '.']],
  ['format', 'oxfmt/bin/oxfmt', ['--check', '.']],
  ['words', '../scripts/words.ts', []],
  // Files nobody reaches and names nobody imports; types may stand at a front door for whoever comes.
  ['dead code', 'knip/bin/knip.js', ['--include', 'files,exports', '--no-config-hints', '--no-progress']],
  ['architecture', 'vitest/vitest.mjs', ['run', '--project', 'unit', 'tests/architecture', '--reporter=dot']],
]

const failed: string[] = []
for (const [name, file, args] of steps) {
  const begin = Date.now()
  const { status } = spawnSync(process.execPath, [join(modules, file), ...args], { cwd: root, stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`)
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`)
  process.exit(1)
}
