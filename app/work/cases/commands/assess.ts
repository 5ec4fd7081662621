import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, StaleEdit } from '#platform/kernel/index.ts'
import { indexRecord } from '#platform/search/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Answers } from '../rules.ts'
import type { Assessing } from '../schema.ts'
import { actor, enter, lockOpenCase, seal } from './store.ts'

/**
 * Writes the next dated version of the assessment. `onto` is the number of the version it was written from, 0 for
 * none; throws StaleEdit when there is a newer one.
 */
export async function assess(tx: TenantTx, id: string, said: Assessing, answers: Answers, onto: number): Promise<void> {
  const { row, key } = await lockOpenCase(tx, id)
  const last = await tx.db
    .selectFrom('cases.assessment')
    .select((eb) => eb.fn.max('number').as('number'))
    .where('case_id', '=', id)
    .executeTakeFirst()
  const present = last?.number ?? 0
  if (onto !== present) throw new StaleEdit(onto, present)
  const version = newId()
  const put = (column: string, text: string) => seal(tx, key, 'assessment', column, version, text)
  await tx.db
    .insertInto('cases.assessment')
    .values({
      id: version,
      case_id: id,
      number: present + 1,
      made_on: berlinDay(tx.now),
      made_by: actor(tx),
      matter: put('matter', said.matter),
      next_step: put('next_step', said.nextStep),
      notes: said.notes ? put('notes', said.notes) : null,
      answers: Object.keys(answers).length > 0 ? put('answers', JSON.stringify(answers)) : null,
    })
    .execute()
  await tx.db
    .updateTable('cases.case')
    .set({ matter: seal(tx, key, 'case', 'matter', id, said.matter), level: said.level ?? row.level })
    .where('id', '=', id)
    .execute()
  await indexRecord(tx, id, [said.matter, said.nextStep, said.notes ?? '', ...Object.values(answers).flat()])
  await enter(tx, id, key, { kind: present === 0 ? 'assessed' : 'reassessed' })
  await record(tx, 'assessed', `case:${id}`)
}
