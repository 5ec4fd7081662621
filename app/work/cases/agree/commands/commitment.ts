import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, enter, lockCase } from '../../commands/store.ts'
import type { Publishing } from '../schema.ts'

/** Puts a clause of the signed agreement on the public page, in words of its own. Days are `YYYY-MM-DD`. */
export async function publishClause(
  tx: TenantTx,
  caseId: string,
  { clause, who, what, dueOn, agreedOn }: Publishing & { dueOn?: string; agreedOn: string },
): Promise<void> {
  const { key } = await lockCase(tx, caseId)
  const signed = await tx.db
    .selectFrom('cases.clause as c')
    .innerJoin('cases.agreement as a', (join) =>
      join.onRef('a.municipality_id', '=', 'c.municipality_id').onRef('a.id', '=', 'c.agreement_id'),
    )
    .select('c.id')
    .where('c.id', '=', clause)
    .where('c.case_id', '=', caseId)
    .where('a.state', '=', 'signed')
    .executeTakeFirst()
  if (!signed) throw new NotAllowed('clause', { hidden: true })
  const today = berlinDay(tx.now)
  const texts = { who, what, due_on: dueOn ?? null, agreed_on: agreedOn }
  await tx.db
    .insertInto('cases.commitment')
    .values({
      id: newId(),
      case_id: caseId,
      clause_id: clause,
      ...texts,
      state_on: today,
      released_on: today,
      released_by: actor(tx),
    })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'clause_id']).doUpdateSet(texts))
    .execute()
  await enter(tx, caseId, key, { kind: 'commitment-published' })
  await record(tx, 'published-commitment', `case:${caseId}`)
}

/** What became of it; what is withdrawn stands nowhere any more. */
export async function settleCommitment(
  tx: TenantTx,
  caseId: string,
  { commitment, state }: { commitment: string; state: 'open' | 'kept' | 'dropped' | 'withdrawn' },
): Promise<void> {
  const { key } = await lockCase(tx, caseId)
  const found = await tx.db
    .selectFrom('cases.commitment')
    .select('id')
    .where('case_id', '=', caseId)
    .where('id', '=', commitment)
    .executeTakeFirst()
  if (!found) throw new NotAllowed('commitment', { hidden: true })
  if (state === 'withdrawn') await tx.db.deleteFrom('cases.commitment').where('id', '=', commitment).execute()
  else
    await tx.db
      .updateTable('cases.commitment')
      .set({ state, state_on: berlinDay(tx.now) })
      .where('id', '=', commitment)
      .execute()
  await enter(tx, caseId, key, { kind: `commitment-${state}` })
  await record(tx, `commitment-${state}`, `case:${caseId}`)
}
