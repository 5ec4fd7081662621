import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { htmlFaults } from '../support/html.ts'
import { relationsOf, World } from './world.ts'

/*
 * The written table: one line per route and relation, one column per role of the model, the expected status in each
 * cell. `UPDATE_RIGHTS=1` writes what the program does now; the difference is then read and committed by a person.
 * `RIGHTS=/faelle` looks only at the routes whose path contains this, and leaves the lines of the others as they are.
 */
const file = join(import.meta.dirname, 'routes.tsv')
let world: World
beforeAll(async () => void (world = await World.make()))
afterAll(() => world.towns.end())

const written = () => (existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [])

async function measured(): Promise<string[]> {
  const lines = [['method', 'path', 'relation', ...world.roles].join('\t')]
  const kept = new Map(written().map((line) => [line.split('\t', 3).join('\t'), line]))
  for (const route of routes) {
    const known = !route.path.includes(process.env.RIGHTS ?? '')
    for (const relation of relationsOf(route)) {
      const line = known && kept.get([route.method, route.path, relation].join('\t'))
      if (line) {
        lines.push(line)
        continue
      }
      const cells: number[] = []
      for (const role of world.roles) cells.push(await world.ask(route, role, relation))
      lines.push([route.method, route.path, relation, ...cells].join('\t'))
    }
  }
  return lines
}

test('every route × role × relation answers as written down', async () => {
  const lines = await measured()
  if (process.env.UPDATE_RIGHTS) writeFileSync(file, `${lines.join('\n')}\n`)
  expect(lines).toEqual(written())
})

test('every page is sound HTML: well nested, no id twice, no field without label', async () => {
  if (!process.env.RIGHTS) expect(world.pages.size).toBeGreaterThan(25)
  const faults: Record<string, string[]> = {}
  for (const [path, html] of world.pages) {
    const found = await htmlFaults(html)
    if (found.length > 0) faults[path] = found
  }
  expect(faults).toEqual({})
})

test('nobody who is not signed in gets anything but open pages', () => {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
  const closed = routes.filter(({ access }) => access.kind !== 'open').map(({ method, path }) => `${method}\t${path}\t`)
  const strangers = lines.filter(
    (line) => /\t(stranger|other-town)\t/.test(line) && closed.some((start) => line.startsWith(start)),
  )
  expect(strangers.length).toBeGreaterThan(10)
  expect(
    strangers.filter((line) =>
      line
        .split('\t')
        .slice(3)
        .some((status) => status !== '401'),
    ),
  ).toEqual([])
})

test('whoever is excluded gets the answer of somebody for whom the record does not exist', () => {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
  const excluded = lines.filter((line) => line.includes('\texcluded\t'))
  expect(excluded.length).toBeGreaterThan(3)
  expect(
    excluded.filter((line) =>
      line
        .split('\t')
        .slice(3)
        .some((status) => !['403', '404'].includes(status)),
    ),
  ).toEqual([])
})
