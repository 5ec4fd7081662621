import { record } from '#platform/audit/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { decides } from '../deciding.ts'
import type { Decision } from '../schema.ts'
import { over } from './end.ts'
import { tellKeeper } from './handOver.ts'
import { actor, lockRequest, near, seal } from './store.ts'

interface Prepared {
  readonly quiet: boolean
  readonly proposed_by: string | null
  readonly second_by: string | null
}

/** Whoever decides did not prepare it herself, and holds a role the model names or was named by the substitute. */
async function demandDecider(tx: TenantTx, roles: readonly string[], row: Prepared): Promise<string> {
  const by = actor(tx)
  const named = row.quiet ? row.second_by === by : decides(await modelInForce(tx), roles)
  if (by === row.proposed_by || !named) throw new NotAllowed('request', { hidden: false })
  return by
}

export interface Decided {
  readonly decision: Decision
  /** Needed unless everything is given. */
  readonly reason?: string | undefined
  /** As the page showed it: an extract that changed meanwhile is not decided about unseen. */
  readonly version: number
}

/** Decides about an extract. Answers false when it has changed since it was looked at. */
export async function decideRequest(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  { decision, reason, version }: Decided,
): Promise<boolean> {
  const { row, key } = await lockRequest(tx, id, 'proposed')
  const by = await demandDecider(tx, roles, row)
  if (row.version !== version) return false
  await tx.db
    .updateTable('inspection.request')
    .set({
      state: 'decided',
      decision,
      decided_by: by,
      decided_on: berlinDay(tx.now),
      reason: reason ? seal(tx, key, 'reason', id, reason) : null,
      ...(decision === 'refused' && { extract: null }),
    })
    .where('id', '=', id)
    .execute()
  await record(tx, `inspection-decided:${decision}`, `inspection:${id}`)
  await tellKeeper(tx, row)
  return true
}

/** Gives an extract back to be prepared anew, with what is to be changed. */
export async function giveBack(tx: TenantTx, roles: readonly string[], id: string, remark: string): Promise<void> {
  const { row, key } = await lockRequest(tx, id, 'proposed')
  await demandDecider(tx, roles, row)
  await tx.db
    .updateTable('inspection.request')
    .set({ state: 'open', extract: null, proposed_by: null, remark: seal(tx, key, 'remark', id, remark) })
    .where('id', '=', id)
    .execute()
  await record(tx, 'inspection-given-back', `inspection:${id}`)
  await tellKeeper(tx, row)
}

/** The answer goes out: by whoever prepares or decides, but never by whoever prepared this one. */
export async function release(tx: TenantTx, roles: readonly string[], id: string): Promise<void> {
  const { row } = await lockRequest(tx, id, 'decided')
  const by = actor(tx)
  const may = row.quiet
    ? near(tx, 'substitute') || row.second_by === by
    : near(tx, 'inspection') || decides(await modelInForce(tx), roles)
  if (by === row.proposed_by || !may) throw new NotAllowed('request', { hidden: false })
  await tx.db
    .updateTable('inspection.request')
    .set({ state: 'answered', released_by: by, ended_on: berlinDay(tx.now), choices: null })
    .where('id', '=', id)
    .execute()
  await over(tx, id, row)
  await record(tx, 'inspection-released', `inspection:${id}`)
}
