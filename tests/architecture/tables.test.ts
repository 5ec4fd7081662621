import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { api, environment, rights, states } from './tables.ts'

const folder = join(import.meta.dirname, '../../docs/tabellen')

test.each([
  ['umgebung', environment],
  ['rechte', () => rights(routes)],
  ['zustaende', states],
  ['schnittstelle', api],
])('docs/tabellen/%s.md says what the code says (UPDATE_DOCS=1 writes it anew)', async (name, make) => {
  const file = join(folder, `${name}.md`)
  const text = await make()
  if (process.env.UPDATE_DOCS) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text)
})
