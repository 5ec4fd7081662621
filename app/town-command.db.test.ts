import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { readEnvironment } from '#platform/config/index.ts'
import { Installation } from '#platform/crypto/index.ts'
import { prepareDatabase } from '#platform/db/prepare.ts'
import { silentLog } from '#platform/log/index.ts'
import { modelInForce, verbsOf } from '#work/model/index.ts'
import { openDatabase, withTenants } from './database.ts'
import { town } from './town-command.ts'

/* A machine with a data folder of its own, as whoever runs it has it before her. */
const folder = mkdtempSync(join(tmpdir(), 'town-machine-'))
const stub = () => {
  vi.stubEnv('BESONNEN_DATA', join(folder, 'data'))
  vi.stubEnv('BESONNEN_KEY_FILE', join(folder, 'key', 'key'))
  vi.stubEnv('DATABASE_URL', '')
  vi.stubEnv('BESONNEN_URL', 'https://netz.example')
  vi.stubEnv('SMTP_URL', '')
  return readEnvironment()
}

beforeAll(async () => {
  chmodSync(folder, 0o755)
  const env = stub()
  const installation = Installation.create(env.BESONNEN_KEY_FILE, [env.BESONNEN_DATA])
  const database = await openDatabase(env, installation, silentLog)
  await prepareDatabase(database.admin, database.name)
  await database.server?.stop()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the command answers and says. */
async function call(...args: string[]) {
  stub()
  const said: string[] = []
  const hear = (text: string | Uint8Array) => (said.push(String(text)), true)
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
  for (const spy of spies) spy.mockImplementation(hear)
  const code = await town(['add', ...args])
  for (const spy of spies) spy.mockRestore()
  return { code, said: said.join('') }
}

const people = '--first Hannah --first-mail h@land.example --second Deniz --second-mail d@land.example'.split(' ')
const seat = ['--slug', 'land', '--name', 'Landeskoordination', '--kind', 'state', ...people]

test('whoever runs the machine founds the seat of the network once, and further towns; two people are invited', async () => {
  const made = await call(...seat)
  expect(made.code).toBe(0)
  expect(made.said.match(/https:\/\/netz\.example\/land\/einladung\/\S+/g)).toHaveLength(2)
  const second = await call(...seat.with(1, 'zweite'))
  expect(second).toMatchObject({ code: 1, said: expect.stringContaining('hat schon eine Landeskoordination') })
  const city = ['--slug', 'halle', '--name', 'Halle', '--kind', 'independent-city', '--model', 'klein-anfangen']
  expect((await call(...city, ...people)).code).toBe(0)
  expect((await call(...city, ...people)).said).toContain('ist als Adresse vergeben')
  for (const wrong of [[], seat.slice(2), [...city.slice(0, 6), ...people], seat.with(5, 'kaiserreich')])
    expect(await call(...wrong)).toMatchObject({ code: 2, said: expect.stringContaining('Aufruf: town add') })

  await withTenants(stub(), async (tenants) => {
    const all = await tenants.municipalities()
    expect(all.map(({ slug, kind, opened_at }) => [slug, kind, opened_at])).toEqual([
      ['land', 'state', null],
      ['halle', 'independent-city', null],
    ])
    const who = { kind: 'program', name: 'test' } as const
    await tenants.inTenant({ municipality: all[0]!.id, who }, async (tx) => {
      const model = await modelInForce(tx)
      expect(model.model.body).toMatchObject({ name: 'Landeskoordination', kind: 'state' })
      const rows = await tx.db.selectFrom('auth.appointment').select(['person_id', 'role']).execute()
      const persons = Map.groupBy(rows, ({ person_id }) => person_id)
      expect(persons.size).toBe(2)
      for (const held of persons.values()) {
        const verbs = verbsOf(
          model,
          held.map(({ role }) => role),
        )
        expect(verbs, 'either may write, the other release').toContain('newsletter.send')
        expect([...verbs].filter((verb) => /^(intake|cases)\./.test(verb))).toEqual([])
      }
    })
  })
}, 60_000)
