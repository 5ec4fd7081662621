import { z } from 'zod'
import type { NewMunicipality, Tenants } from '#platform/tenancy/index.ts'
import { publish, seatDocument, shippedDocument } from '#work/model/index.ts'
import { appointFirst } from '../commands/appoint.ts'
import { words } from '../words.ts'

const t = words('de')
export const firstKinds = ['independent-city', 'member-town', 'county'] as const
export const firstModels = ['klein-anfangen', 'grundstruktur'] as const

/** What a municipality begins with: its name, its model and two people. */
export const firstTown = z.object({
  name: z.string().trim().min(2, 'error.town').max(120, 'error.town'),
  slug: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9-]{1,40}$/, 'error.slug'),
  kind: z.enum(firstKinds, 'error.kind'),
  model: z.enum(firstModels, 'error.model'),
  firstName: z.string().trim().min(1, 'error.name').max(200),
  firstMail: z.email('error.mail'),
  secondName: z.string().trim().min(1, 'error.name').max(200),
  secondMail: z.email('error.mail'),
})
export type FirstTown = z.output<typeof firstTown>

/** The state's coordination office, which speaks for the network, brings its own model. */
export const seatOfNetwork = firstTown.omit({ model: true }).extend({ kind: z.literal('state') })

export interface Founding {
  readonly tenants: Tenants
  /** As the owner role: the pages may not add neighbours. */
  readonly found: (municipality: NewMunicipality) => Promise<number>
}

type Wanted = FirstTown | z.output<typeof seatOfNetwork>

/** A second person in an office that decides about people, and one who stands outside of it. */
const rolesOf = ({ kind }: Wanted) =>
  kind === 'state'
    ? { first: ['state-office'], second: ['state-office', 'sponsor'] }
    : { first: ['coordination'], second: ['substitute', 'sponsor'] }

/**
 * Founds the municipality, puts the chosen model in force and invites the first two people. Throws SlugTaken and
 * SeatTaken.
 */
export async function settle({ tenants, found }: Founding, wanted: Wanted): Promise<{ name: string; token: string }[]> {
  const municipality = await found({ slug: wanted.slug, name: wanted.name, kind: wanted.kind })
  const shipped = wanted.kind === 'state' ? seatDocument() : shippedDocument(wanted.model)
  const document = (await shipped) as { body: object }
  const body = { ...document.body, name: wanted.name, kind: wanted.kind }
  return tenants.inTenant({ municipality, who: { kind: 'program', name: 'set-up' } }, async (tx) => {
    const result = await publish(tx, {
      document: { ...document, body },
      number: '1.0',
      decidedBy: wanted.firstName,
      note: t('setup.note'),
    })
    if ('faults' in result) throw new Error(`the shipped model does not compile: ${JSON.stringify(result.faults)}`)
    const { first, second } = rolesOf(wanted)
    return appointFirst(tx, [
      { name: wanted.firstName, mail: wanted.firstMail, roles: first },
      { name: wanted.secondName, mail: wanted.secondMail, roles: second },
    ])
  })
}
