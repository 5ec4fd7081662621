import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { secondAnswered } from '../facts.ts'
import { openProposals } from '../queries/second.ts'
import { actor } from './store.ts'

/** The second person agrees or not. Hidden from whoever proposed it and from roles the model does not name. */
export async function answerSecond(tx: TenantTx, roles: readonly string[], id: string, agreed: boolean): Promise<void> {
  const proposal = (await openProposals(tx, roles)).find((one) => one.id === id)
  if (!proposal) throw new NotAllowed('proposal', { hidden: true })
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.proposal')
    .set({ answered_by: actor(tx), answered_on: berlinDay(tx.now), agreed })
    .where('id', '=', id)
    .where('answered_on', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('proposal', { hidden: true })
  await record(tx, agreed ? 'agreed' : 'refused', `case:${proposal.caseId}`)
  await tell(tx, secondAnswered, `case:${proposal.caseId}`, { proposal: id })
}
