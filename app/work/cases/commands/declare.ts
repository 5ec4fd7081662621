import { bar, grantedOn, withdrawGrant } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, enter, lockCase } from './store.ts'

/** "I have worked for no side in this matter and am close to none." Said once for each case. */
export async function declareImpartial(tx: TenantTx, id: string): Promise<void> {
  const { key } = await lockCase(tx, id)
  const { numInsertedOrUpdatedRows: added } = await tx.db
    .insertInto('cases.declaration')
    .values({ case_id: id, person_id: actor(tx), declared_on: berlinDay(tx.now) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!added) return
  await enter(tx, id, key, { kind: 'impartial' })
  await record(tx, 'declared', `case:${id}`)
}

/** Steps back from a case, without a reason and for good; her very next request sees nothing of it. */
export async function recuse(tx: TenantTx, id: string): Promise<void> {
  const { key } = await lockCase(tx, id, { own: true })
  const person = actor(tx)
  // Nobody would be left: while she is away her deputy holds it.
  if ((await grantedOn(tx, id, 'holder')).has(person)) throw new NotAllowed('holder', { hidden: false })
  await enter(tx, id, key, { kind: 'recused', person })
  await record(tx, 'recused', `case:${id}`)
  await withdrawGrant(tx, id, person)
  await bar(tx, id, [person])
}
