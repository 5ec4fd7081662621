import { record } from '#platform/audit/index.ts'
import { atBerlin, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { clockAt } from '#work/model/index.ts'
import type { Answers } from '../rules.ts'
import { keepAnswers } from './answers.ts'
import { enter, lockCase, seal } from './store.ts'

/** Somebody has looked whether what was reached still holds; the next look is set, or the evaluation is due. */
export async function noteFollowUp(
  tx: TenantTx,
  id: string,
  { holding, note }: { holding: string; note?: string },
  answers: Answers = {},
): Promise<void> {
  const locked = await lockCase(tx, id)
  const { row, key, model } = locked
  const open = await tx.db
    .selectFrom('cases.follow_up')
    .selectAll()
    .where('case_id', '=', id)
    .where('done_on', 'is', null)
    .orderBy('due_on')
    .execute()
  const [now, next] = open
  if (!now || row.step_kind !== 'follow-up') throw new NotAllowed('follow-up', { hidden: false })
  await tx.db
    .updateTable('cases.follow_up')
    .set({
      done_on: berlinDay(tx.now),
      holding,
      note: note ? seal(tx, key, 'follow_up', 'note', now.id, note) : null,
    })
    .where('id', '=', now.id)
    .execute()
  const due = next ? atBerlin(next.due_on, '08:00') : clockAt(model, row.step, tx.now).due_at
  await tx.db
    .updateTable('cases.case')
    .set({ due_at: due, list_at: due ?? tx.now })
    .where('id', '=', id)
    .execute()
  await keepAnswers(tx, locked, row.step, answers)
  await enter(tx, id, key, { kind: `holding-${holding}`, note })
  await record(tx, 'followed-up', `case:${id}`)
}
