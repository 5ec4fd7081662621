import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { admitGuest, endGuest, inviteGuest } from '#work/cases/near/commands/owner.ts'
import { receiveInvitation, sendGuest } from '#work/cases/near/commands/visitor.ts'
import { openedForAssessment } from '../support/case.ts'
import { program, type Towns } from '../support/town.ts'

const terms = { name: 'Gast', purpose: 'joint', basis: 'duty', extent: 'case' } as const

/** A case of the county to which somebody of the city was let in as a guest; ended again for `expired`. */
export async function visitTo(towns: Towns, who: string | undefined, relation: string): Promise<string> {
  const { tenants, county, city, clock } = towns
  const at = <T>(by: Who, work: (tx: TenantTx) => Promise<T>) =>
    tenants.inTenant({ municipality: county, who: by }, work)
  const until = new Date(clock.now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
  const asker = crypto.randomUUID()
  await at(program, (tx) => tx.db.insertInto('auth.person').values({ id: asker, name: 'Kreis', mail: null }).execute())
  const asked = await at({ kind: 'person', id: asker, reach: ['cases'] }, async (tx) =>
    inviteGuest(tx, await openedForAssessment(tx), city, { ...terms, until }),
  )
  if ('missing' in asked) throw new Error('the county asked nobody')
  await towns.at((tx) => receiveInvitation(tx, county, { ...terms, until, id: asked.id }), program)
  if (!who || !['guest', 'expired'].includes(relation)) return asked.id
  const guest = await at(program, (tx) => admitGuest(tx, asked.id, 'Gast'))
  const by = { kind: 'person', id: who, reach: ['cases'] } as const
  if (guest) await towns.at((tx) => sendGuest(tx, asked.id, who, guest), by)
  if (relation === 'expired') await at(program, (tx) => endGuest(tx, asked.id))
  return asked.id
}
