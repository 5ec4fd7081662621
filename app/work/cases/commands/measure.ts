import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { enter, lockCase, lockOpenCase, seal } from './store.ts'

interface Measure {
  readonly what: string
  /** Who sees to it: an office or a function. */
  readonly owner: string
  readonly dueOn: string
}

/** Notes what somebody does by when. Returns its id. */
export async function addMeasure(tx: TenantTx, id: string, { what, owner, dueOn }: Measure): Promise<string> {
  const { key } = await lockOpenCase(tx, id)
  const row = newId()
  await tx.db
    .insertInto('cases.measure')
    .values({
      id: row,
      case_id: id,
      what: seal(tx, key, 'measure', 'what', row, what),
      owner: seal(tx, key, 'measure', 'owner', row, owner),
      due_on: dueOn,
      ended_on: null,
    })
    .execute()
  await enter(tx, id, key, { kind: 'measure', note: what })
  await record(tx, 'added-measure', `case:${id}`)
  return row
}

/** A measure is done, or will not be. */
export async function endMeasure(tx: TenantTx, id: string, measure: string, state: 'done' | 'dropped'): Promise<void> {
  const { key } = await lockCase(tx, id)
  const { numUpdatedRows } = await tx.db
    .updateTable('cases.measure')
    .set({ state, ended_on: berlinDay(tx.now) })
    .where('case_id', '=', id)
    .where('id', '=', measure)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('measure', { hidden: true })
  await enter(tx, id, key, { kind: `measure-${state}` })
  await record(tx, 'ended-measure', `case:${id}`)
}
