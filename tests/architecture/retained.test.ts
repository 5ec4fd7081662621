import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { retainedOf, slices } from '#app/slices.ts'

const root = join(import.meta.dirname, '../..')
const files = globSync('app/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
const made = /(?:newKey\(|addKey\(\s*tx,\s*)'([a-z-]+)'|retentionClass: ((?:'[a-z-]+'(?: \| )?)+)/g

test('every class of keys the program makes has somebody who dates it, and stands in the deletion concept', () => {
  const found = new Set<string>()
  for (const file of files)
    for (const [, one, several] of readFileSync(join(root, file), 'utf8').matchAll(made))
      for (const name of one ? [one] : ((several ?? '').match(/[a-z-]+/g) ?? [])) found.add(name)
  const known = retainedOf(slices).flatMap(({ classes }) => Object.keys(classes))
  const concept = readFileSync(join(root, 'docs/betrieb/loeschkonzept.md'), 'utf8')
  const [, listed = ''] = /Löschklasse mit eigenen Schlüsseln[^:]*: ([^.]+)\./.exec(concept) ?? []
  expect(found.size).toBeGreaterThan(10)
  expect([...found].toSorted()).toEqual(known.toSorted())
  expect(listed.match(/[a-z-]+/g)?.toSorted()).toEqual(known.toSorted())
})
