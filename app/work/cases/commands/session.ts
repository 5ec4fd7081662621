import type { z } from 'zod'
import { record } from '#platform/audit/index.ts'
import { newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { session } from '../schema.ts'
import { words } from '../words.ts'
import { actor, enter, lockOpenCase, seal } from './store.ts'

const t = words('de')
/** `heldOn` is a calendar day. */
export type Session = z.output<typeof session>

/** Notes that a talk took place: day, who by role, what it came to, what is next. Nothing of what was said. */
export async function noteSession(
  tx: TenantTx,
  id: string,
  { heldOn, attended, result, next }: Session,
): Promise<void> {
  const { key } = await lockOpenCase(tx, id)
  const row = newId()
  await tx.db
    .insertInto('cases.session')
    .values({
      id: row,
      case_id: id,
      held_on: heldOn,
      attended: [...attended],
      result: seal(tx, key, 'session', 'result', row, result),
      next_step: seal(tx, key, 'session', 'next_step', row, next),
      noted_by: actor(tx),
    })
    .execute()
  const note = t('session.note', { result: t(`session.result.${result}`), next: t(`session.next.${next}`) })
  await enter(tx, id, key, { kind: 'session', note })
  await record(tx, 'noted-session', `case:${id}`)
}
