import { record } from '#platform/audit/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import { grantedOn } from '#platform/access/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Move } from '#work/model/index.ts'
import { missingBefore, type Answers, type Missing } from '../rules.ts'
import type { Going } from '../schema.ts'
import { choiceOf } from '../queries/choice.ts'
import { keepAnswers } from './answers.ts'
import { lockCase, movesOf, type Locked } from './store.ts'
import { propose } from './second.ts'
import { resume, stand } from './stand.ts'

async function known(tx: TenantTx, id: string) {
  const assessed = await tx.db.selectFrom('cases.assessment').select('id').where('case_id', '=', id).executeTakeFirst()
  const open = await tx.db
    .selectFrom('cases.follow_up')
    .select('id')
    .where('case_id', '=', id)
    .where('done_on', 'is', null)
    .execute()
  return {
    assessed: assessed !== undefined,
    assigned: (await grantedOn(tx, id)).size > 0,
    chosen: (await choiceOf(tx, id))?.state === 'standing',
    followUpsOpen: open.length,
  }
}

/** Takes a move for good; closing has a command of its own. */
export async function take(tx: TenantTx, locked: Locked, move: Pick<Move, 'kind' | 'lands'>, reason?: string) {
  if (move.kind === 'reopen') await resume(tx, locked)
  await stand(tx, locked, move.lands, { kind: move.kind === 'reopen' ? 'reopened' : 'moved', note: reason })
}

/**
 * Takes one of the moves the model offers where the case stands. Returns what is missing. Throws NotAllowed for a
 * move the page did not offer, StaleEdit when somebody was quicker.
 */
export async function goOn(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  going: Going,
  answers: Answers = {},
): Promise<Missing[]> {
  const locked = await lockCase(tx, id)
  if (going.version !== locked.row.version) throw new StaleEdit(going.version, locked.row.version)
  const move = (await movesOf(tx, locked.model, locked.row, roles)).find(({ to }) => to === going.to)
  if (!move || move.kind === 'close') throw new NotAllowed('move', { hidden: false })
  const missing = missingBefore(move.kind, { ...(await known(tx, id)), at: locked.row.step_kind })
  if ((move.second || move.kind === 'reopen') && !going.reason)
    missing.push({ message: 'missing.reason', field: 'reason' })
  if (missing.length > 0) return missing
  await keepAnswers(tx, locked, move.to, answers)
  if (move.second) await propose(tx, locked, move, { reason: going.reason! })
  if (move.second?.effect !== 'waits') await take(tx, locked, move, going.reason)
  await record(tx, `moved:${move.kind}`, `case:${id}`)
  return []
}
