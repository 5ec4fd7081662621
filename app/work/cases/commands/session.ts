import { record } from '#platform/audit/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { actor, enter, lockOpenCase, seal } from './store.ts'
import { mayNote } from '../rules.ts'

export interface Session {
  /** Calendar day. */
  readonly heldOn: string
  readonly attended: readonly string[]
  readonly format?: string
  readonly nextStep: string
}

/** Notes that a talk took place: day, who by role, what is next. Nothing of what was said. */
export async function noteSession(tx: TenantTx, id: string, session: Session): Promise<void> {
  const { key, model } = await lockOpenCase(tx, id)
  const row = newId()
  await tx.db
    .insertInto('cases.session')
    .values({
      id: row,
      case_id: id,
      held_on: session.heldOn,
      attended: [...session.attended],
      format: mayNote(model).find((format) => format.id === session.format)?.id ?? null,
      next_step: seal(tx, key, 'session', 'next_step', row, session.nextStep),
      noted_by: actor(tx),
    })
    .execute()
  await enter(tx, id, key, { kind: 'session', note: session.nextStep })
  await record(tx, 'noted-session', `case:${id}`)
}
