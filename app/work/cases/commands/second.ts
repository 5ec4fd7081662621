import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { calendarOf, type Move } from '#work/model/index.ts'
import { actor, enter, seal, type Locked } from './store.ts'

interface Asking {
  readonly subject: 'move' | 'gates' | 'approval'
  /** The role that approves; without it whoever may decide as second person. */
  readonly asked?: string
  readonly to?: string
  readonly effect?: 'waits' | 'at-once'
  readonly lapsesAt?: Date | null
  readonly reason: string
  readonly payload?: string
  /** Whose question it is, when the program only passes it on. */
  readonly by?: string
}

/** Asks for a second person: she reads the question and the reason, nothing else. One question at a time. */
export async function ask(tx: TenantTx, { row, key, model }: Locked, asking: Asking): Promise<void> {
  const open = await tx.db
    .selectFrom('cases.proposal')
    .select('id')
    .where('case_id', '=', row.id)
    .where('answered_on', 'is', null)
    .executeTakeFirst()
  if (open) throw new NotAllowed('proposal', { hidden: false })
  const id = newId()
  const { subject, asked = null, to = row.step, effect = 'waits', lapsesAt = null, reason, payload } = asking
  await tx.db
    .insertInto('cases.proposal')
    .values({
      id,
      case_id: row.id,
      model_version: model.versionId,
      from_step: row.step,
      to_step: to,
      subject,
      asked,
      effect,
      proposed_by: asking.by ?? actor(tx),
      proposed_on: berlinDay(tx.now),
      lapses_at: lapsesAt,
      reason: seal(tx, key, 'proposal', 'reason', id, reason),
      payload: payload ? seal(tx, key, 'proposal', 'payload', id, payload) : null,
      content_key: row.content_key,
    })
    .execute()
  const kind = subject === 'move' ? 'second-asked' : `${subject}-asked`
  await enter(tx, row.id, key, { kind, step: subject === 'move' ? to : undefined, by: asking.by })
  await record(tx, 'proposed', `case:${row.id}`)
}

/** Asks whether a move may be made. With effect `waits` nothing else happens before she has answered. */
export async function propose(
  tx: TenantTx,
  locked: Locked,
  move: Move,
  said: { reason: string; payload?: string },
): Promise<void> {
  if (!move.second) throw new NotAllowed('proposal', { hidden: false })
  const { lapse, effect } = move.second
  const lapsesAt = lapse ? calendarOf(locked.model).addWorkingDays(tx.now, lapse.days) : null
  await ask(tx, locked, { subject: 'move', to: move.to, effect, lapsesAt, ...said })
}
