import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from './compile.ts'

const folder = join(import.meta.dirname, 'documents')
const documents = globSync('*.json', { cwd: folder }).map(
  (file) => [basename(file, '.json'), JSON.parse(readFileSync(join(folder, file), 'utf8'))] as const,
)

describe('shipped documents', () => {
  test.each(documents)('%s compiles without a fault and without advice', (_, document) => {
    const outcome = compile(document)
    if ('faults' in outcome) expect(outcome.faults).toEqual([])
    else expect(outcome.ok.advice).toEqual([])
  })
})
