import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { calendarOf, type Move } from '#work/model/index.ts'
import { actor, enter, seal, type Locked } from './store.ts'

/** Asks for a second person. With effect `waits` nothing else happens before she has answered. */
export async function propose(
  tx: TenantTx,
  { row, key, model }: Locked,
  move: Move,
  { reason, payload }: { reason: string; payload?: string },
): Promise<void> {
  const open = await tx.db
    .selectFrom('cases.proposal')
    .select('id')
    .where('case_id', '=', row.id)
    .where('answered_on', 'is', null)
    .executeTakeFirst()
  if (open || !move.second) throw new NotAllowed('proposal', { hidden: false })
  const id = newId()
  const { lapse, effect } = move.second
  await tx.db
    .insertInto('cases.proposal')
    .values({
      id,
      case_id: row.id,
      model_version: model.versionId,
      from_step: row.step,
      to_step: move.to,
      effect,
      proposed_by: actor(tx),
      proposed_on: berlinDay(tx.now),
      lapses_at: lapse ? calendarOf(model).addWorkingDays(tx.now, lapse.days) : null,
      reason: seal(tx, key, 'proposal', 'reason', id, reason),
      payload: payload ? seal(tx, key, 'proposal', 'payload', id, payload) : null,
      content_key: row.content_key,
    })
    .execute()
  await enter(tx, row.id, key, { kind: 'second-asked', step: move.to })
  await record(tx, 'proposed', `case:${row.id}`)
}
