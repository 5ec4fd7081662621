import { record } from '#platform/audit/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'

interface Terms {
  readonly employed: boolean
  /** Day of the undertaking to secrecy, `YYYY-MM-DD`; what makes roles and grants of a non-employee work. */
  readonly undertakenOn: string | null
  /** Who may set an absence for her. */
  readonly superior: string | null
}

/** Writes down on which terms somebody works here. Nobody does it for herself. */
export async function setTerms(tx: TenantTx, person: string, terms: Terms): Promise<void> {
  if (tx.who.kind !== 'person' || tx.who.id === person || terms.superior === person)
    throw new NotAllowed('own terms', { hidden: false })
  const { employed, undertakenOn, superior } = terms
  const changed = await tx.db
    .updateTable('auth.person')
    .set({ employed, undertaken_on: undertakenOn, superior_id: superior })
    .where('id', '=', person)
    .where('left_on', 'is', null)
    .executeTakeFirst()
  if (changed.numUpdatedRows === 0n) throw new NotAllowed('person', { hidden: true })
  await record(tx, 'terms-set', `person:${person}`)
}
