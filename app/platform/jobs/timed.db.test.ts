import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts'
import { Installation } from '../crypto/index.ts'
import { asRole } from '../db/prepare.ts'
import { silentLog } from '../log/index.ts'
import { foundMunicipality, Tenants } from '../tenancy/index.ts'
import { daily, every, Timekeeper, type Timed } from './timed.ts'

let database: FreshDatabase
let now = new Date()
const nodes: Tenants[] = []
const done: string[] = []
const note: Timed['handle'] = async (tx) => void done.push(`${tx.municipality} ${tx.now.toISOString()}`)

const keeper = (timed: Timed, node = 0) => new Timekeeper(nodes[node]!, [timed], silentLog)

beforeAll(async () => {
  database = await freshDatabase()
  const key = join(mkdtempSync(join(tmpdir(), 'timed-key-')), 'key')
  Installation.create(key)
  const installation = Installation.read(key, [])
  const owner = asRole(database.config, database.name, 'owner')
  await foundMunicipality(owner, installation, { slug: 'lindenau', name: 'Lindenau', kind: 'independent-city' })
  await foundMunicipality(owner, installation, { slug: 'auental', name: 'Auental', kind: 'county' })
  const app = asRole(database.config, database.name, 'app')
  for (let i = 0; i < 3; i++) nodes.push(new Tenants({ app, installation, now: () => now }))
})
beforeEach(() => void (done.length = 0))
afterAll(async () => {
  for (const node of nodes) await node.close()
  await database.drop()
})

test('a slot is named by the clocks of Berlin, in summer and in winter', () => {
  const { slotAt } = daily('x', '06:30', note)
  expect(slotAt(new Date('2026-11-23T05:29:59Z'))).toBe('2026-11-22')
  expect(slotAt(new Date('2026-11-23T05:30:00Z'))).toBe('2026-11-23')
  expect(slotAt(new Date('2026-07-01T04:30:00Z'))).toBe('2026-07-01')
  expect(every('x', 15, note).slotAt(new Date('2026-11-23T05:29:59Z'))).toBe('2026-11-23T05:15:00.000Z')
})

test('three nodes do it once a day in each municipality, and catch up once after days of standing still', async () => {
  const timed = daily('round', '06:30', note)
  const keepers = nodes.map((_, node) => keeper(timed, node))
  const tick = async (at: string) => {
    now = new Date(at)
    await Promise.all(keepers.map((one) => one.tick()))
    return done.splice(0).length
  }
  expect(await tick('2026-11-23T06:00:00Z')).toBe(2)
  expect(await tick('2026-11-23T20:00:00Z')).toBe(0)
  expect(await tick('2026-11-24T05:29:00Z')).toBe(0)
  expect(await tick('2026-11-24T05:30:00Z')).toBe(2)
  expect(await tick('2026-12-01T12:00:00Z')).toBe(2)
  // A restarted node remembers nothing, the table does.
  await keeper(timed).tick()
  expect(done).toEqual([])
})

test('a clock that goes back does nothing twice', async () => {
  const timed = daily('back', '06:30', note)
  now = new Date('2026-11-24T12:00:00Z')
  await keeper(timed).tick()
  now = new Date('2026-11-23T12:00:00Z')
  await keeper(timed).tick()
  expect(done).toHaveLength(2)
})

test('what fails leaves nothing behind, comes again later, and holds up nobody else', async () => {
  now = new Date('2026-11-24T12:00:00Z')
  let fails = true
  const timed = every('shaky', 60, async (tx) => {
    await note(tx)
    if (fails && tx.municipality === 1) throw new Error('no')
  })
  const one = keeper(timed)
  await one.tick()
  expect(done.map((line) => line[0])).toEqual(['1', '2'])
  fails = false
  await one.tick()
  expect(done, 'not at once').toHaveLength(2)
  now = new Date('2026-11-24T12:02:00Z')
  await one.tick()
  await one.tick()
  expect(done.map((line) => line[0])).toEqual(['1', '2', '1'])
})
