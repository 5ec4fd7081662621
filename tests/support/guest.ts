import type { Elsewhere } from '#platform/jobs/index.ts'
import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { carrying } from '#work/cases/near/carry.ts'
import { inviteGuest, tellVisitor } from '#work/cases/near/commands/owner.ts'
import { agreeTo, tellOwner } from '#work/cases/near/commands/visitor.ts'
import type { GuestPart } from '#work/cases/near/schema.ts'
import { program, type Towns } from './town.ts'

export const elsewhereIn =
  ({ tenants }: Pick<Towns, 'tenants'>): Elsewhere =>
  (municipality, work) =>
    tenants.inTenant({ municipality, who: program }, work)

/** What the worker does with one job of two municipalities. */
export async function carry(towns: Towns, from: number, task: string, guest: string, by?: Elsewhere): Promise<void> {
  const elsewhere = by ?? elsewhereIn(towns)
  const after = await elsewhereIn(towns)(from, (tx) => carrying[task]!(tx, { guest }))
  await after?.(elsewhere)
}

interface Inviting {
  readonly case: string
  readonly owner: number
  readonly town: number
  /** Whoever asks, of the owner. */
  readonly asker: Who
  readonly parts: readonly GuestPart[]
  readonly until: string
}

/** One municipality asks, and the other has heard of it. Returns the invitation's id. */
export async function invited(towns: Towns, asked: Inviting): Promise<string> {
  const { owner, asker, town, parts, until } = asked
  const done = await towns.tenants.inTenant({ municipality: owner, who: asker }, (tx) =>
    inviteGuest(tx, asked.case, town, { name: 'Fachkraft', purpose: 'joint', basis: 'duty', parts, until }),
  )
  if ('missing' in done) throw new Error(`not asked: ${done.missing[0]?.message}`)
  await carry(towns, owner, tellVisitor, done.id)
  return done.id
}

/** The other one agrees and sends somebody; `by` answers for that office. Returns who she is at the owner's. */
export async function sent(towns: Towns, asked: Inviting, id: string, person: string, by: Who): Promise<string> {
  const at = <T>(municipality: number, who: Who, work: (tx: TenantTx) => Promise<T>) =>
    towns.tenants.inTenant({ municipality, who }, work)
  await at(asked.town, by, (tx) => agreeTo(tx, id, person))
  await carry(towns, asked.town, tellOwner, id)
  const row = await at(asked.owner, program, (tx) =>
    tx.db.selectFrom('cases.guest').select('person_id').where('id', '=', id).executeTakeFirstOrThrow(),
  )
  if (!row.person_id) throw new Error('nobody was let in')
  return row.person_id
}
