import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { routes } from '#app/routes.ts'
import { htmlFaults } from '../support/html.ts'
import { relationsOf, type World } from './world.ts'

/*
 * The written table: one line per route and relation, one column per role of the model, the expected status in each
 * cell. `UPDATE_RIGHTS=1` writes what the program does now; the difference is then read and committed by a person.
 * `RIGHTS=/faelle` looks only at the routes whose path contains this, and leaves the lines of the others as they are.
 */
const file = join(import.meta.dirname, 'routes.tsv')
const written = () => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [])

/** The lines of the table without its head. */
export const lines = () => written().slice(1)

/** The pages of cases are asked in a file of their own, so that two processors share the work. */
export const ofCases = (path: string): boolean => path.startsWith('/:town/faelle')

/** Asks every route of a part as every role in every relation; the lines of the others are taken as written. */
export async function askAll(world: World, part: (path: string) => boolean): Promise<void> {
  const measured = [['method', 'path', 'relation', ...world.roles].join('\t')]
  const kept = new Map(written().map((line) => [line.split('\t', 3).join('\t'), line]))
  for (const route of routes) {
    const known = !route.path.includes(process.env.RIGHTS ?? '') || !part(route.path)
    for (const relation of relationsOf(route)) {
      const line = known && kept.get([route.method, route.path, relation].join('\t'))
      if (line) {
        measured.push(line)
        continue
      }
      const cells: number[] = []
      for (const role of world.roles) cells.push(await world.ask(route, role, relation))
      measured.push([route.method, route.path, relation, ...cells].join('\t'))
    }
  }
  if (process.env.UPDATE_RIGHTS) writeFileSync(file, `${measured.join('\n')}\n`)
  expect(measured).toEqual(written())
}

/** Every page that was fetched on the way is well nested, has no id twice and no field without label. */
export async function soundPages(world: World): Promise<void> {
  const faults: Record<string, string[]> = {}
  for (const [path, html] of world.pages) {
    const found = await htmlFaults(html)
    if (found.length > 0) faults[path] = found
  }
  expect(faults).toEqual({})
}
