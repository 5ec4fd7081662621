import { record } from '#platform/audit/index.ts'
import { defineFact, tell } from '#platform/facts/index.ts'
import { berlinDay, newId } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { faultsOfChange } from './checks/people.ts'
import { compile, hashOf } from './compile.ts'
import { refuse, type Fault } from './faults.ts'
import { modelIfAny, modelInForce, publishes, versions } from './queries.ts'
import { nextNumber, withTownFacts, type TownFacts } from './town.ts'

export interface Publication {
  readonly document: unknown
  /** "1.0"; each number only once. */
  readonly number: string
  /** Who decided: committee, council, head of administration. */
  readonly decidedBy: string
  readonly note: string
}

const modelPublished = defineFact<{ number: string }>('model.published')

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
  publishes(tx)
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
  return { versionId: id }
}

/**
 * Puts a version in force that differs only in facts of the town (hours, areas, numbers, address); nothing happens
 * when none differs. Returns the faults instead if it cannot work.
 */
export async function keepTownRight(
  tx: TenantTx,
  facts: TownFacts,
  { decidedBy, note }: Pick<Publication, 'decidedBy' | 'note'>,
): Promise<{ changed: boolean } | { faults: readonly Fault[] }> {
  publishes(tx)
  const { model, hash } = await modelInForce(tx)
  const document = withTownFacts(model, facts)
  const outcome = compile(document)
  if ('ok' in outcome && hashOf(outcome.ok.model) === hash) return { changed: false }
  const number = nextNumber((await versions(tx)).map((version) => version.number))
  const result = await publish(tx, { document, number, decidedBy, note })
  return 'faults' in result ? result : { changed: true }
}
