import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '#app/database.ts'
import { root } from '#platform/config/index.ts'
import { foundMunicipality, Tenants } from '#platform/tenancy/index.ts'
import { asRole } from '#platform/db/prepare.ts'
import { publish, seatDocument } from '#work/model/index.ts'
import { sayWhoTheyAre } from './imprint.ts'
import { personsOf, type DemoPerson } from './persons.ts'
import { Storyteller, tellAuental, tellLindenau, tellState } from './stories/index.ts'

interface Place {
  readonly slug: 'lindenau' | 'kreis-auental' | 'landeskoordination'
  readonly name: string
  readonly kind: 'county' | 'independent-city' | 'state'
  readonly decidedBy: string
}

const places: Place[] = [
  { slug: 'lindenau', name: 'Stadt Lindenau', kind: 'independent-city', decidedBy: 'Rat der Stadt Lindenau' },
  { slug: 'kreis-auental', name: 'Kreis Auental', kind: 'county', decidedBy: 'Kreisausschuss' },
  {
    slug: 'landeskoordination',
    name: 'Landeskoordination Konfliktmanagement',
    kind: 'state',
    decidedBy: 'Ministerium',
  },
]

/** The seat of the network brings its model with it; the invented towns have theirs. */
async function documentOf({ slug, name, kind }: Place): Promise<unknown> {
  if (kind !== 'state') return JSON.parse(readFileSync(join(root, `app/work/model/documents/${slug}.json`), 'utf8'))
  const document = await seatDocument()
  return { ...document, body: { ...document.body, name, kind } }
}

async function publishModel(tenants: Tenants, municipality: number, place: Place): Promise<void> {
  const document = await documentOf(place)
  await tenants.inTenant({ municipality, who: { kind: 'program', name: 'demo' } }, async (tx) => {
    const result = await publish(tx, { document, number: '1.0', decidedBy: place.decidedBy, note: 'Erste Fassung' })
    if ('faults' in result) throw new Error(`${place.slug}: ${JSON.stringify(result.faults)}`)
  })
}

async function appoint(tenants: Tenants, municipality: number, persons: readonly DemoPerson[]): Promise<void> {
  await tenants.inTenant({ municipality, who: { kind: 'program', name: 'demo' } }, async (tx) => {
    const seenBy = persons.find(({ roles }) => roles.includes('substitute') || roles.includes('sponsor'))?.id ?? ''
    for (const { id, name, mail, roles, employed = true, proofs = [] } of persons) {
      await tx.db
        .insertInto('auth.person')
        .values({ id, name, mail, employed, undertaken_on: employed ? null : '2026-01-15' })
        .execute()
      for (const entitlement of proofs) {
        await tx.db
          .insertInto('access.entitlement')
          .values({
            id: crypto.randomUUID(),
            person_id: id,
            entitlement,
            seen_on: '2026-02-03',
            seen_by: seenBy,
            until_on: null,
          })
          .execute()
      }
      for (const role of roles) {
        await tx.db
          .insertInto('auth.appointment')
          .values({ id: crypto.randomUUID(), person_id: id, role, from_on: '2026-01-01' })
          .execute()
      }
    }
  })
}

const tell = { lindenau: tellLindenau, 'kreis-auental': tellAuental, landeskoordination: tellState }

/** A second door to the same rows, with a clock that stories may set back. */
async function tellStories(
  tenants: Tenants,
  { admin, name, passwords }: Database,
  municipality: number,
  slug: Place['slug'],
): Promise<void> {
  const clock = { now: new Date() }
  const past = new Tenants({
    app: asRole(admin, name, 'app', passwords),
    installation: tenants.installation,
    now: () => clock.now,
  })
  const story = new Storyteller(past, clock, municipality, slug)
  await tell[slug](story)
  await past.close()
}

/** Founds the invented places in a new demo folder; does nothing in one that has them already. */
export async function settle(tenants: Tenants, { admin, name, passwords }: Database): Promise<void> {
  const present = await tenants.municipalities()
  for (const place of places) {
    if (present.some(({ slug }) => slug === place.slug)) continue
    const id = await foundMunicipality(asRole(admin, name, 'owner', passwords), tenants.installation, {
      ...place,
      open: place.kind !== 'state',
    })
    await publishModel(tenants, id, place)
    await appoint(tenants, id, personsOf(place.slug))
    await tenants.inTenant({ municipality: id, who: { kind: 'program', name: 'demo' } }, (tx) =>
      sayWhoTheyAre(tx, place.slug),
    )
    if (process.env.BESONNEN_DEMO_EMPTY !== 'yes')
      await tellStories(tenants, { admin, name, passwords }, id, place.slug)
  }
}
