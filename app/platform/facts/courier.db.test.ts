import { afterAll, beforeAll, expect, test } from 'vitest'
import { silentLog } from '#platform/log/index.ts'
import { foundTowns, program, type Towns } from '#tests/support/town.ts'
import { Courier } from './courier.ts'
import { defineFact, on, tell } from './facts.ts'

let towns: Towns
beforeAll(async () => void (towns = await foundTowns()))
afterAll(() => towns.end())

const happened = defineFact<Record<string, never>>('test.happened')
const left = () => towns.at((tx) => tx.db.selectFrom('platform.fact').select('id').execute(), program)

test('asked to stop, the courier ends with the fact under way; the outbox keeps the rest, and nothing comes twice', async () => {
  const count = 120
  await towns.at(async (tx) => {
    for (let n = 0; n < count; n += 1) await tell(tx, happened, `thing:${n}`, {})
  }, program)
  const carried: string[] = []
  let stopping: Promise<void> | undefined
  const first = new Courier(
    towns.tenants,
    [
      on(happened, 'test', async (_tx, { thing }) => {
        carried.push(thing)
        if (carried.length === 3) stopping = first.stop()
      }),
    ],
    silentLog,
  )
  await first.deliver()
  await stopping
  expect(carried).toHaveLength(3)
  expect(await left()).toHaveLength(count - 3)
  const second = new Courier(
    towns.tenants,
    [on(happened, 'test', async (_tx, { thing }) => void carried.push(thing))],
    silentLog,
  )
  await second.deliver()
  await second.stop()
  expect(new Set(carried).size).toBe(count)
  expect(carried).toHaveLength(count)
  expect(await left()).toEqual([])
})
