import { randomUUID } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { atBerlin, berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { clockAt, isInside, modelInForce } from '#work/model/index.ts'
import { monthsBetween, type Answers } from '../rules.ts'
import { keepAnswers } from './answers.ts'
import { enter, lockCase, seal, type Locked } from './store.ts'

/** For the yearly figures: whether it held, so many months after the closing. Of the office's own people, nothing. */
async function countLook(tx: TenantTx, { row }: Locked, dueOn: string, holding: string): Promise<void> {
  if (!row.closed_on || isInside(await modelInForce(tx), row.subject)) return
  const month = `${berlinDay(tx.now).slice(0, 7)}-01`
  const figure = { id: randomUUID(), month, after_months: monthsBetween(row.closed_on, dueOn), holding }
  await tx.db.insertInto('cases.holding_figure').values(figure).execute()
}

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
  await countLook(tx, locked, now.due_on, holding)
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
