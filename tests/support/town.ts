import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Installation } from '#platform/crypto/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { foundMunicipality, Tenants, type TenantTx, type Who } from '#platform/tenancy/index.ts'
import { publish } from '#work/model/index.ts'
import auental from '#work/model/documents/kreis-auental.json' with { type: 'json' }
import lindenau from '#work/model/documents/lindenau.json' with { type: 'json' }
import { copyOf, freshDatabase, type FreshDatabase } from './database.ts'

export interface Towns {
  readonly database: FreshDatabase
  readonly installation: Installation
  readonly tenants: Tenants
  readonly city: number
  readonly county: number
  /** The clock of the program; tests may move it. */
  readonly clock: { now: Date }
  /** A transaction in the city, as the public unless said otherwise. */
  at<T>(work: (tx: TenantTx) => Promise<T>, who?: Who): Promise<T>
  /** Somebody appointed in the city, who has shown these proofs; all of the model's unless said otherwise. */
  appoint(role: string, proofs?: readonly string[]): Promise<Who>
  end(): Promise<void>
}

export const program: Who = { kind: 'program', name: 'test' }

/** City and county of the demo with their models in force, in a database of their own. */
export async function foundTowns(now = new Date('2026-11-23T13:37:42Z')): Promise<Towns> {
  const database = await freshDatabase()
  const key = join(mkdtempSync(join(tmpdir(), 'town-key-')), 'key')
  Installation.create(key)
  const installation = Installation.read(key, [])
  const owner = asRole(database.config, database.name, 'owner')
  const city = await foundMunicipality(owner, installation, {
    slug: 'lindenau',
    name: 'Lindenau',
    kind: 'independent-city',
    open: true,
  })
  const county = await foundMunicipality(owner, installation, {
    slug: 'auental',
    name: 'Auental',
    kind: 'county',
    open: true,
  })
  const clock = { now }
  const tenants = new Tenants({
    app: asRole(database.config, database.name, 'app'),
    installation,
    now: () => clock.now,
  })
  for (const [municipality, document] of [
    [city, lindenau],
    [county, auental],
  ] as const) {
    await tenants.inTenant({ municipality, who: program }, async (tx) => {
      const result = await publish(tx, { document, number: '1.0', decidedBy: 'Rat', note: 'Erste Fassung' })
      if ('faults' in result) throw new Error(JSON.stringify(result.faults))
    })
  }
  return townsOver({ database, installation, city, county, clock }, tenants)
}

type Ground = Pick<Towns, 'database' | 'installation' | 'city' | 'county' | 'clock'>

const seen = (person_id: string, entitlement: string) => ({
  id: crypto.randomUUID(),
  person_id,
  entitlement,
  seen_on: '2026-02-03',
  seen_by: crypto.randomUUID(),
  until_on: null,
})

function townsOver(ground: Ground, tenants: Tenants): Towns {
  const { city, database } = ground
  const at = <T>(work: (tx: TenantTx) => Promise<T>, who: Who = { kind: 'public' }) =>
    tenants.inTenant({ municipality: city, who }, work)
  return {
    ...ground,
    tenants,
    at,
    appoint: (role, proofs = ['first-advice', 'moderation', 'mediation']) =>
      at(async (tx) => {
        const id = crypto.randomUUID()
        await tx.db.insertInto('auth.person').values({ id, name: role, mail: null }).execute()
        await tx.db
          .insertInto('auth.appointment')
          .values({ id: crypto.randomUUID(), person_id: id, role, from_on: '2026-01-01' })
          .execute()
        for (const entitlement of proofs)
          await tx.db.insertInto('access.entitlement').values(seen(id, entitlement)).execute()
        return { kind: 'person', id, reach: ['own', 'reports', 'cases'] }
      }, program),
    end: async () => {
      await tenants.close()
      await database.drop()
    },
  }
}

/** Twice the towns as they stand, each with a database and a clock of its own; the towns themselves are over. */
export async function twins(towns: Towns): Promise<[Towns, Towns]> {
  await towns.tenants.close()
  const { installation, clock } = towns
  const over = (database: FreshDatabase) => {
    const own = { now: clock.now }
    const app = asRole(database.config, database.name, 'app')
    return townsOver({ ...towns, database, clock: own }, new Tenants({ app, installation, now: () => own.now }))
  }
  return [over(await copyOf(towns.database)), over(towns.database)]
}
