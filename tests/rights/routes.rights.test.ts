import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '#app/routes.ts'
import { askAll, lines, ofCases, soundPages } from './matrix.ts'
import { World } from './world.ts'

let world: World
beforeAll(async () => void (world = await World.make()))
afterAll(() => world.towns.end())

/** Writing the table anew is one process's work. */
const all = process.env.UPDATE_RIGHTS !== undefined

test('every route × role × relation answers as written down', () => askAll(world, (path) => all || !ofCases(path)))

test('every page is sound HTML: well nested, no id twice, no field without label', async () => {
  if (!process.env.RIGHTS) expect(world.pages.size).toBeGreaterThan(25)
  await soundPages(world)
})

test('nobody who is not signed in gets anything but open pages', () => {
  const closed = routes.filter(({ access }) => access.kind !== 'open').map(({ method, path }) => `${method}\t${path}\t`)
  const strangers = lines().filter(
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
  const excluded = lines().filter((line) => line.includes('\texcluded\t'))
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
