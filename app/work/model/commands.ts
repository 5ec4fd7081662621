import { record } from '#platform/audit/index.ts'
import { defineFact, tell } from '#platform/facts/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { faultsOfChange } from './checks/people.ts'
import { compile } from './compile.ts'
import { refuse, type Fault } from './faults.ts'
import { forgetInForce, modelIfAny } from './queries.ts'

export interface Publication {
  readonly document: unknown
  /** "1.0"; each number only once. */
  readonly number: string
  /** Who decided: committee, council, head of administration. */
  readonly decidedBy: string
  readonly note: string
}

export const modelPublished = defineFact<{ number: string }>('model.published')

/**
 * Puts a model in force from now on; running cases keep theirs. Returns the faults instead if it cannot work, alone
 * or as successor of the version before.
 */
export async function publish(
  tx: TenantTx,
  { document, number, decidedBy, note }: Publication,
): Promise<{ versionId: string } | { faults: readonly Fault[] }> {
  const outcome = compile(document)
  if ('faults' in outcome) return outcome
  forgetInForce(tx)
  const before = await modelIfAny(tx)
  const faults = before ? faultsOfChange(before.model, outcome.ok.model) : []
  if (faults.length > 0) return { faults }
  const taken = await tx.db.selectFrom('model.version').select('id').where('number', '=', number).executeTakeFirst()
  if (taken) return { faults: [refuse('', 'numberTaken', { number })] }
  const id = newId()
  const { hash, model } = outcome.ok
  await tx.db
    .insertInto('model.version')
    .values({
      id,
      number,
      published_at: berlinDay(tx.now),
      decided_by: decidedBy,
      note,
      content: JSON.stringify(model),
      hash,
    })
    .execute()
  await tx.db
    .insertInto('model.in_force')
    .values({ version_id: id, since: tx.now })
    .onConflict((conflict) => conflict.column('municipality_id').doUpdateSet({ version_id: id, since: tx.now }))
    .execute()
  await record(tx, 'published', `model:${id}`)
  await tell(tx, modelPublished, `model:${id}`, { number })
  forgetInForce(tx)
  return { versionId: id }
}
