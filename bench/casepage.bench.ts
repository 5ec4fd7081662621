import { join } from 'node:path'
import { Installation } from '#platform/crypto/index.ts'
import { startEmbedded } from '#platform/db/embedded/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { Tenants, type TenantTx, type Who } from '#platform/tenancy/index.ts'
import { assess } from '#work/cases/commands/assess.ts'
import { noteSession } from '#work/cases/commands/session.ts'
import { openCase } from '#work/cases/commands/open.ts'
import { saveMap } from '#work/cases/think/commands/map.ts'
import { addParty } from '#work/cases/think/commands/party.ts'
import { kinds, type Influence } from '#work/cases/think/map/document.ts'
import { layout } from '#work/cases/think/map/layout.ts'
import { modelInForce, stepOfKind } from '#work/model/index.ts'
import { load, type Measured } from './support/load.ts'
import { whereTimeGoes } from './support/profile.ts'
import { publish } from './support/results.ts'
import { folderFor, startServer } from './support/server.ts'
import { signedIn } from './support/session.ts'

/** How fast is a deep case – 200 records, 30 parties, 12 assessments – and how fast is a map of 60 actors drawn? */
const folder = folderFor('casepage')
await (await startServer({ folder })).stop()

const parties = (tx: TenantTx, id: string, count: number) =>
  Array.from({ length: count }).reduce<Promise<string[]>>(async (before, _, i) => {
    const ids = await before
    const said = { label: `Gruppe Nummer ${i}`, stands: i < 4 ? 'party' : 'affected', form: 'group', about: 'Am Platz' }
    return [...ids, await addParty(tx, id, said as Parameters<typeof addParty>[2])]
  }, Promise.resolve([]))

async function deepCase(tx: TenantTx): Promise<string> {
  const model = await modelInForce(tx)
  const at = stepOfKind(model, 'assess').id
  const id = await openCase(tx, { matter: 'Platz', area: 'hafen', subject: 'noise', at, modelVersion: model.versionId })
  const ids = await parties(tx, id, 30)
  const stages = Object.fromEntries(ids.map((one, i) => [one, { stage: (i % 9) + 1, need: 'Ruhe', position: 'So' }]))
  const said = { matter: 'Platz', nextStep: 'Reden', notes: 'Viele Notizen. '.repeat(40) }
  for (let version = 0; version < 12; version += 1)
    await assess(tx, id, said, {}, version, { course: 'Verlauf. '.repeat(80), parties: stages })
  const heldOn = '2026-01-02'
  for (let n = 0; n < 187; n += 1)
    await noteSession(tx, id, { heldOn, attended: ['handlers'], result: 'step', next: 'again' })
  return id
}

async function bigMap(tx: TenantTx): Promise<string> {
  const model = await modelInForce(tx)
  const at = stepOfKind(model, 'assess').id
  const id = await openCase(tx, { matter: 'Karte', area: 'hafen', subject: 'noise', at, modelVersion: model.versionId })
  const ids = await parties(tx, id, 60)
  const actors = ids.map((party, i) => ({ party, influence: ((i % 4) + 1) as Influence }))
  const relations = ids.map((from, i) => ({ from, kind: kinds[i % 6]!, to: ids[(i * 7 + 3) % 60]! }))
  await saveMap(tx, id, { actors, relations: relations.filter(({ from, to }) => from !== to) }, 0)
  return id
}

async function fill(): Promise<string[]> {
  const server = await startEmbedded({ dataDir: join(folder, 'demo/postgres') })
  const admin = { host: server.host, port: server.port, user: server.superuser, database: 'postgres' }
  const installation = Installation.read(join(folder, 'key'), [])
  const tenants = new Tenants({ app: asRole(admin, 'besonnen', 'app'), installation })
  const lindenau = (await tenants.municipalities()).find(({ slug }) => slug === 'lindenau')!.id
  const miriam: Who = { kind: 'person', id: '00000000-0000-4000-8001-000000000001', reach: ['cases'] }
  const made: string[] = []
  for (const make of [deepCase, bigMap])
    made.push(await tenants.inTenant({ municipality: lindenau, who: miriam }, make))
  await tenants.close()
  await server.stop()
  return made
}

/** The layout alone, from nothing, in milliseconds; the best of five, after one that loads the library. */
async function layoutAlone(): Promise<number> {
  const actors = Array.from({ length: 60 }, (_, i) => ({ party: `p${i}`, influence: ((i % 4) + 1) as Influence }))
  const relations = actors.map(({ party }, i) => ({ from: party, kind: kinds[i % 6]!, to: `p${(i * 7 + 3) % 60}` }))
  const times: number[] = []
  for (let n = 0; n < 6; n += 1) {
    const begin = performance.now()
    await layout({ actors, relations: relations.filter(({ from, to }) => from !== to) })
    times.push(performance.now() - begin)
  }
  return Math.round(Math.min(...times.slice(1)) * 10) / 10
}

const [deep, big] = await fill()
const server = await startServer({ folder })
const cookie = await signedIn(server, 'lindenau', 'Miriam Aydın')
const get = { seconds: 8, headers: { cookie } }
const page = (id: string | undefined, step = '') => `/lindenau/faelle/${id}${step}`
const figures: (Measured | Record<string, unknown>)[] = [
  await load(server, { title: 'case page, 8 clients', path: page(deep), connections: 8, ...get }),
  await load(server, { title: 'case page, 1 client', path: page(deep), connections: 1, ...get }),
  await load(server, { title: 'map of 60, 1 client', path: page(big, '/landkarte'), connections: 1, ...get }),
  { title: 'layout of 60 from nothing', ms: await layoutAlone() },
]
await server.stop()
const profile = await whereTimeGoes(folder, async (on) => ({
  title: 'case page',
  path: page(deep),
  connections: 8,
  ...get,
  headers: { cookie: await signedIn(on, 'lindenau', 'Miriam Aydın') },
}))
publish('casepage', figures, profile)
