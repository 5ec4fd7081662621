import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { clockAt, stepOf } from '#work/model/index.ts'
import { enter, type Locked } from './store.ts'

/** Lets a case stand at a step from now on, with the step's clock unless another is given. */
export async function stand(
  tx: TenantTx,
  { row, key, model }: Locked,
  at: string,
  { kind, note, clock }: { kind: string; note?: string; clock?: { due_at: Date | null; owner_role: string | null } },
): Promise<void> {
  const step = stepOf(model, at)
  const ticking = clock ?? clockAt(model, at, tx.now)
  await tx.db
    .updateTable('cases.case')
    .set((eb) => ({
      step: step.id,
      step_kind: step.kind,
      ...ticking,
      list_at: ticking.due_at ?? tx.now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', row.id)
    .execute()
  await enter(tx, row.id, key, { kind, step: step.id, note })
}

/** Sets the day on which a key is destroyed; null = it lives on. */
export async function keepUntil(tx: TenantTx, key: string, destroy_on: string | null): Promise<void> {
  await tx.db.updateTable('platform.record_key').set({ destroy_on }).where('id', '=', key).execute()
}

/** The keys under which it stands how a case was worked on. */
export async function choiceKeys(tx: TenantTx, id: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('cases.choice').select('said_key').where('case_id', '=', id).execute()
  return rows.map((row) => row.said_key)
}

/** A closed case is worked on again: its key lives on, its old follow-ups are over. */
export async function resume(tx: TenantTx, { row }: Locked): Promise<void> {
  await tx.db
    .updateTable('cases.case')
    .set({ closed_on: null, outcome: null, hours_quarters: null, closing_answer: null })
    .where('id', '=', row.id)
    .execute()
  await tx.db
    .updateTable('cases.follow_up')
    .set({ done_on: berlinDay(tx.now) })
    .where('case_id', '=', row.id)
    .where('done_on', 'is', null)
    .execute()
  for (const key of [row.content_key, ...(await choiceKeys(tx, row.id))]) await keepUntil(tx, key, null)
}
