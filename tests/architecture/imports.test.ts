import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fault, importsOf, modules } from './imports.ts'

const root = join(import.meta.dirname, '../..')
const all = modules(root)

test('enough modules are seen for the rules to mean something', () => {
  expect(all.length).toBeGreaterThan(50)
})

test('no import breaks a rule', () => {
  expect(all.flatMap(({ imports }) => imports.flatMap((one) => fault(one) ?? []))).toEqual([])
})

test.each([
  ['app/platform/db/x.ts', `import { a } from '#work/cases/index.ts'`],
  ['app/work/cases/x.ts', `import { a } from '#work/intake/index.ts'`],
  ['app/work/intake/x.ts', `import { a } from '#work/cases/queries.ts'`],
  ['app/work/intake/x.ts', `export { a } from '#demo/settle.ts'`],
  ['app/work/intake/x.ts', `const a = await import('#app/slices.ts')`],
  ['app/engine/x.ts', `import { a } from '#platform/kernel/index.ts'`],
  ['app/work/newsletter/x.ts', `import { a } from '#work/gatherings/index.ts'`],
  ['app/work/cases/x.ts', `import { a } from '#platform/crypto/seal.ts'`],
])('a planted violation in %s is found: %s', (file, source) => {
  expect(importsOf(file, source).map(fault).filter(Boolean)).toHaveLength(1)
})

/** Depth-first search for a way back; returns the first circle found. */
function circle(): string[] | undefined {
  const arrows = new Map(all.map(({ file, imports }) => [file, imports.map((one) => one.to)]))
  const state = new Map<string, 'open' | 'done'>()
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (state.get(file) === 'done') return undefined
    if (state.get(file) === 'open') return [...path.slice(path.indexOf(file)), file]
    state.set(file, 'open')
    for (const to of arrows.get(file) ?? []) {
      const found = visit(to, [...path, file])
      if (found) return found
    }
    state.set(file, 'done')
    return undefined
  }
  for (const file of arrows.keys()) {
    const found = visit(file, [])
    if (found) return found
  }
  return undefined
}

test('no module calls itself in a circle', () => {
  expect(circle()).toBeUndefined()
})

test('nothing under app/ knows the addresses of the demo', () => {
  expect(
    all.filter(({ file }) => file.startsWith('app/') && readFileSync(join(root, file), 'utf8').includes('/dev/')),
  ).toEqual([])
})

test('rules, transitions, schemas and the engine are pure: no clock, no chance, no settings', () => {
  const pure = all.filter(
    ({ file }) => /\/(rules|transitions|schema)\.ts$/.test(file) || file.startsWith('app/engine/'),
  )
  expect(pure.length).toBeGreaterThan(3)
  expect(
    pure
      .filter(({ file }) =>
        /new Date\(\)|Date\.now|Math\.random|randomUUID|process\.env/.test(readFileSync(join(root, file), 'utf8')),
      )
      .map(({ file }) => file),
  ).toEqual([])
})

test('SQL stands only in queries, commands, migrations and seeds', () => {
  const elsewhere = all.filter(
    ({ file }) => file.startsWith('app/work/') && !/\/(queries|commands|migrations|seed)/.test(file),
  )
  expect(
    elsewhere
      .filter(({ file }) =>
        /selectFrom|insertInto|updateTable|deleteFrom|sql`/.test(readFileSync(join(root, file), 'utf8')),
      )
      .map(({ file }) => file),
  ).toEqual([])
})

test('a slice touches only tables of its own schema', () => {
  const foreign = all.flatMap(({ file }) => {
    const slice = sliceName(file)
    if (!slice) return []
    const names = readFileSync(join(root, file), 'utf8').matchAll(/(?:From|Into|Table|[jJ]oin)\(\s*'([a-z]+)\./g)
    return [...names]
      .map(([, schema]) => schema)
      .filter((schema) => schema !== slice && schema !== 'platform' && schema !== 'auth' && schema !== 'access')
      .map((schema) => `${file}: ${schema}`)
  })
  expect(foreign).toEqual([])
})

const sliceName = (file: string) => /^app\/work\/([^/]+)\//.exec(file)?.[1]
