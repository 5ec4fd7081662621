import type { TenantTx, Who } from '#platform/tenancy/index.ts'
import { endGuest } from '#work/cases/near/commands/owner.ts'
import { guestParts } from '#work/cases/near/schema.ts'
import { openedForAssessment } from '../support/case.ts'
import { invited, sent } from '../support/guest.ts'
import { program, type Towns } from '../support/town.ts'

/** A case of the county to which somebody of the city was let in as a guest; ended again for `expired`. */
export async function visitTo(towns: Towns, who: string | undefined, relation: string): Promise<string> {
  const { tenants, county, city, clock } = towns
  const at = <T>(by: Who, work: (tx: TenantTx) => Promise<T>) =>
    tenants.inTenant({ municipality: county, who: by }, work)
  const until = new Date(clock.now.getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
  const asker = { kind: 'person', id: crypto.randomUUID(), reach: ['cases'] } as const
  await at(program, (tx) =>
    tx.db.insertInto('auth.person').values({ id: asker.id, name: 'Kreis', mail: null }).execute(),
  )
  const asked = { owner: county, town: city, asker, parts: guestParts, until }
  const opened = { ...asked, case: await at(asker, (tx) => openedForAssessment(tx)) }
  const id = await invited(towns, opened)
  if (!who || !['guest', 'expired'].includes(relation)) return id
  await sent(towns, opened, id, who, { kind: 'person', id: who, reach: ['cases'] })
  if (relation === 'expired') await at(program, (tx) => endGuest(tx, id))
  return id
}
