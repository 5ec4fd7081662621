import { afterAll, beforeAll, expect, test } from 'vitest'
import { askAll, ofCases, soundPages } from './matrix.ts'
import { World } from './world.ts'

let world: World
beforeAll(async () => void (world = await World.make()))
afterAll(() => world.towns.end())

// With UPDATE_RIGHTS the other file writes the whole table; two at once would overwrite one another.
test.skipIf(process.env.UPDATE_RIGHTS !== undefined)(
  'every route of a case × role × relation answers as written down',
  () => askAll(world, ofCases),
)

test('every page of a case is sound HTML', async () => {
  if (!process.env.RIGHTS && !process.env.UPDATE_RIGHTS) expect(world.pages.size).toBeGreaterThan(10)
  await soundPages(world)
})
