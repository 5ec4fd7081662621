import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

/** Runs a command in this process and gives what it said. */
export async function run(command: (args: string[]) => Promise<number>, ...args: string[]) {
  const said = { out: '', err: '' }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest) => {
    said.out += String(text)
    for (const done of rest) if (typeof done === 'function') (done as () => void)()
    return true
  })
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said.err += String(text)), true))
  try {
    return { code: await command(args), ...said }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

/** Writes `text` to a new temporary file and gives its path. */
export function file(text: string, name = 'table.csv'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'besonnen-')), name)
  writeFileSync(path, text)
  return path
}

/** The table with a column of its own put in front and one at the end: names of persons, nationality and so on. */
export function withPersonalColumns(csv: string): string {
  const [header, ...rows] = csv.trimEnd().split('\n')
  const values = ['"Muster, Kim"', 'X-Land', 'keine', 'Y-isch', 'Haushalt 7']
  const more = rows.map((row, i) => [values[i % 5], row, values[(i + 1) % 5], values[(i + 2) % 5]].join(','))
  return `${[`name,${header},nationality,household`, ...more].join('\n')}\n`
}
