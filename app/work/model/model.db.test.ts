import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Installation } from '#platform/crypto/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { foundMunicipality, Tenants, type TenantTx } from '#platform/tenancy/index.ts'
import { freshDatabase, type FreshDatabase } from '#tests/support/database.ts'
import { keepTownRight, publish } from './commands.ts'
import auental from './documents/kreis-auental.json' with { type: 'json' }
import lindenau from './documents/lindenau.json' with { type: 'json' }
import { modelIfAny, modelInForce, modelVersion, verbsInForce, versions } from './queries.ts'
import { models } from './support/models.ts'

let database: FreshDatabase
let tenants: Tenants
let city: number
let county: number

const at = <T>(municipality: number, work: (tx: TenantTx) => Promise<T>) =>
  tenants.inTenant({ municipality, who: { kind: 'program', name: 'test' } }, work)
const first = { decidedBy: 'Rat', note: 'Erste Fassung' }

async function published(municipality: number, document: unknown, number: string): Promise<string> {
  const result = await at(municipality, (tx) => publish(tx, { document, number, ...first }))
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.versionId
}

beforeAll(async () => {
  database = await freshDatabase()
  const key = join(mkdtempSync(join(tmpdir(), 'model-key-')), 'key')
  Installation.create(key)
  const installation = Installation.read(key, [])
  const owner = asRole(database.config, database.name, 'owner')
  city = await foundMunicipality(owner, installation, { slug: 'lindenau', name: 'Lindenau', kind: 'independent-city' })
  county = await foundMunicipality(owner, installation, { slug: 'auental', name: 'Auental', kind: 'county' })
  tenants = new Tenants({ app: asRole(database.config, database.name, 'app'), installation })
})
afterAll(async () => {
  await tenants.close()
  await database.drop()
})

test('before the first publication nobody has a right', async () => {
  expect(await at(city, modelIfAny)).toBeUndefined()
  await expect(at(city, modelInForce)).rejects.toThrow('published no model')
  expect(await verbsInForce(tenants, city, ['coordination'])).toEqual(new Set())
})

test('a model goes in force, versions stay as they were, and each municipality has its own', async () => {
  const one = await published(city, lindenau, '1.0')
  await published(county, auental, '1.0')
  const model = await at(city, modelInForce)
  expect(model).toMatchObject({ versionId: one, hash: models.lindenau.hash })
  expect((await at(county, modelInForce)).model.body.name).toBe('Kreis Auental')
  await expect(at(county, (tx) => modelVersion(tx, one))).rejects.toThrow()

  const { guide: _, ...words } = lindenau.words
  const next = {
    ...lindenau,
    words: { ...words, 'bridge-builder': { one: 'Brückenbauer:in', many: 'Brückenbauer:innen', gender: 'f' } },
    roles: lindenau.roles.map((role) => (role.id === 'guide' ? { ...role, id: 'bridge-builder' } : role)),
    offices: lindenau.offices.map((office) => ({
      ...office,
      roles: office.roles?.map((id) => (id === 'guide' ? 'bridge-builder' : id)),
    })),
  }
  const refused = await at(city, (tx) => publish(tx, { document: next, number: '1.9', ...first }))
  expect(refused).toMatchObject({ faults: [{ key: 'roleGone' }] })
  expect((await at(city, modelInForce)).versionId).toBe(one)

  const successor = { ...next, retired: [{ what: 'role', id: 'guide', successor: 'bridge-builder' }] }
  const two = await published(city, successor, '1.9')
  const three = await published(city, { ...successor, title: 'Nur ein neuer Titel' }, '1.10')
  expect((await at(city, modelInForce)).versionId).toBe(three)
  expect((await at(city, versions)).map(({ id }) => id)).toEqual([three, two, one])
  expect((await at(city, (tx) => modelVersion(tx, one))).roles.has('guide')).toBe(true)
  expect(await verbsInForce(tenants, city, ['guide'])).toEqual(new Set(['intake.enter', 'recognition.signal']))
})

test('a number is given once, a faulty document never gets in', async () => {
  expect(await at(city, (tx) => publish(tx, { document: lindenau, number: '1.0', ...first }))).toMatchObject({
    faults: [{ key: 'roleGone' }],
  })
  expect(await at(county, (tx) => publish(tx, { document: auental, number: '1.0', ...first }))).toMatchObject({
    faults: [{ key: 'numberTaken' }],
  })
  expect(
    await at(county, (tx) => publish(tx, { document: { ...auental, gates: [] }, number: '2.0', ...first })),
  ).toMatchObject({ faults: [{ key: 'gateOmitted' }, {}, {}, {}, {}, {}] })
  expect((await at(county, versions)).map(({ number }) => number)).toEqual(['1.0'])
})

test('whoever reads while a publication is under way keeps nobody waiting for the new model', async () => {
  const before = await at(city, modelInForce)
  const title = 'Während jemand liest'
  await at(city, async (tx) => {
    const result = await publish(tx, { document: { ...before.model, title }, number: '3.0', ...first })
    expect(result).toHaveProperty('versionId')
    expect((await at(city, modelInForce)).versionId).toBe(before.versionId)
    expect(await verbsInForce(tenants, city, ['bridge-builder'])).not.toEqual(new Set())
    expect((await modelInForce(tx)).model.title).toBe(title)
    expect((await at(city, modelInForce)).versionId).toBe(before.versionId)
  })
  expect((await at(city, modelInForce)).model.title).toBe(title)
})

test('nobody is given a model whose publication failed', async () => {
  const before = await at(city, modelInForce)
  const failing = at(city, async (tx) => {
    await publish(tx, { document: { ...before.model, title: 'Nie' }, number: '3.1', ...first })
    expect((await modelInForce(tx)).model.title).toBe('Nie')
    throw new Error('failed afterwards')
  })
  await expect(failing).rejects.toThrow('failed afterwards')
  expect((await at(city, modelInForce)).versionId).toBe(before.versionId)
})

test('what was published is never rewritten or removed', async () => {
  await expect(
    at(county, (tx) => tx.db.updateTable('model.version').set({ note: 'anders' }).execute()),
  ).rejects.toThrow('permission denied')
  await expect(at(county, (tx) => tx.db.deleteFrom('model.version').execute())).rejects.toThrow('permission denied')
  await expect(at(county, (tx) => tx.db.deleteFrom('model.in_force').execute())).rejects.toThrow('permission denied')
})

test('publishing leaves an audit entry and a fact', async () => {
  const id = (await at(county, modelInForce)).versionId
  const entries = await at(county, (tx) => tx.db.selectFrom('platform.audit_entry').select(['verb', 'thing']).execute())
  expect(entries).toEqual([{ verb: 'published', thing: `model:${id}` }])
  const facts = await at(county, (tx) => tx.db.selectFrom('platform.fact').select(['name', 'thing', 'data']).execute())
  expect(facts).toEqual([{ name: 'model.published', thing: `model:${id}`, data: { number: '1.0' } }])
})

test('facts of the town make a version of their own, and only when they differ', async () => {
  const by = { decidedBy: 'Miriam Aydın', note: 'Öffnungszeiten' }
  const hours = { weekly: { tue: [['08:00', '12:00']] as [string, string][] }, closed: [] }
  const before = await at(county, modelInForce)
  expect(await at(county, (tx) => keepTownRight(tx, { hours: before.model.hours }, by))).toEqual({ changed: false })
  expect(await at(county, (tx) => keepTownRight(tx, { hours }, by))).toEqual({ changed: true })
  expect((await at(county, modelInForce)).model.hours.weekly).toEqual({ tue: [['08:00', '12:00']] })
  expect((await at(county, versions))[0]).toMatchObject({ number: '1.1', note: 'Öffnungszeiten' })
  expect(await at(county, (tx) => keepTownRight(tx, { areas: [] }, by))).toHaveProperty('faults')
  expect((await at(county, versions))[0]).toMatchObject({ number: '1.1' })
})
