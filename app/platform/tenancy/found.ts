import { Client, type ClientConfig } from 'pg'
import type { Installation } from '../crypto/index.ts'
import type { Municipality } from './tenants.ts'

/** First parts of addresses that are pages of the installation itself. */
const reservedSlugs = [
  'api',
  'assets',
  'auf-wiedersehen',
  'dev',
  'einrichten',
  'handbuch',
  'healthz',
  'netzwerk',
  'readyz',
  'metrics',
]

/** The first part of the address belongs to somebody else already. */
export class SlugTaken extends Error {
  constructor(slug: string) {
    super(`„${slug}“ ist als Adresse vergeben; bitte wählen Sie eine andere.`)
  }
}

/** One office speaks for the network of an installation, and it is there already. */
export class SeatTaken extends Error {
  constructor() {
    super('Diese Anlage hat schon eine Landeskoordination; eine zweite kann es nicht geben.')
  }
}

export interface NewMunicipality {
  readonly slug: string
  readonly name: string
  readonly kind: Municipality['kind']
  readonly countyId?: number | null
  /** Its public form is open from the beginning: invented places and tests. */
  readonly open?: boolean
}

/**
 * Enters a municipality into the directory, with its key. As the owner role: the pages may not add neighbours.
 * Returns its number. Throws when the slug is taken or reserved, and for a second seat of the network.
 */
export async function foundMunicipality(
  owner: ClientConfig,
  installation: Installation,
  wanted: NewMunicipality,
): Promise<number> {
  if (reservedSlugs.includes(wanted.slug)) throw new SlugTaken(wanted.slug)
  const client = new Client(owner)
  await client.connect()
  try {
    await client.query(`begin; set local app.upkeep = 'on'`)
    const { rows } = await client.query<{ id: number }>(
      'insert into platform.municipality (slug, name, kind, county_id, opened_at) values ($1, $2, $3, $4, $5) returning id',
      [wanted.slug, wanted.name, wanted.kind, wanted.countyId ?? null, wanted.open ? new Date() : null],
    )
    const id = rows[0]!.id
    const { wrapped } = installation.newMunicipality(id)
    await client.query('insert into platform.municipality_key (municipality_id, wrapped) values ($1, $2)', [
      id,
      wrapped,
    ])
    await client.query('commit')
    return id
  } catch (error) {
    const { code, constraint } = error as { code?: string; constraint?: string }
    if (code !== '23505') throw error
    throw constraint === 'municipality_one_seat' ? new SeatTaken() : new SlugTaken(wanted.slug)
  } finally {
    await client.end()
  }
}

/**
 * Takes a municipality that nobody ever entered out of the directory again: what a set-up leaves behind that was cut
 * off half way. As the owner role.
 */
export async function discardUnfinished(owner: ClientConfig): Promise<void> {
  const client = new Client(owner)
  await client.connect()
  try {
    await client.query(`begin; set local app.upkeep = 'on'`)
    const empty =
      'select id from platform.municipality m where not exists (select from auth.person where municipality_id = m.id)'
    await client.query(`delete from platform.municipality_key where municipality_id in (${empty})`)
    await client.query(`delete from platform.municipality m where id in (${empty})`)
    await client.query('commit')
  } finally {
    await client.end()
  }
}
