import { record } from '#platform/audit/index.ts'
import { berlinDay, newId, NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Answers } from '../rules.ts'
import type { Assessing } from '../schema.ts'
import type { Depth } from '../think/schema.ts'
import { makeCaseFindable } from './find.ts'
import { actor, enter, lockOpenCase, seal, type Locked } from './store.ts'

/** What is written with one version: matter and next step, answers to the model's questions, all that helps to think. */
export interface Written {
  readonly said: Assessing
  readonly answers: Answers
  readonly depth: Depth
}

const numbers = (tx: TenantTx, id: string) =>
  tx.db
    .selectFrom('cases.assessment')
    .select(['number', 'second_of', 'made_by'])
    .where('case_id', '=', id)
    .orderBy('number', 'desc')
    .execute()

async function write(
  tx: TenantTx,
  { row, key }: Locked,
  number: number,
  { said, answers, depth }: Written,
  secondOf: number | null,
): Promise<void> {
  const version = newId()
  const put = (column: string, text: string) => seal(tx, key, 'assessment', column, version, text)
  const filled = (value: object) => (Object.keys(value).length > 0 ? JSON.stringify(value) : undefined)
  const texts = { notes: said.notes, answers: filled(answers), depth: filled(depth) }
  await tx.db
    .insertInto('cases.assessment')
    .values({
      id: version,
      case_id: row.id,
      number,
      made_on: berlinDay(tx.now),
      made_by: actor(tx),
      matter: put('matter', said.matter),
      next_step: put('next_step', said.nextStep),
      notes: texts.notes ? put('notes', texts.notes) : null,
      answers: texts.answers ? put('answers', texts.answers) : null,
      depth: texts.depth ? put('depth', texts.depth) : null,
      second_of: secondOf,
    })
    .execute()
}

/**
 * Writes the next dated version of the assessment. `onto` is the number of the version it was written from, 0 for
 * none; throws StaleEdit when there is a newer one.
 */
export async function assess(
  tx: TenantTx,
  id: string,
  said: Assessing,
  answers: Answers,
  onto: number,
  depth: Depth = {},
): Promise<void> {
  const locked = await lockOpenCase(tx, id)
  const { row, key } = locked
  const all = await numbers(tx, id)
  const present = all.find(({ second_of }) => second_of === null)?.number ?? 0
  if (onto !== present) throw new StaleEdit(onto, present)
  await write(tx, locked, (all[0]?.number ?? 0) + 1, { said, answers, depth }, null)
  await tx.db
    .updateTable('cases.case')
    .set({ matter: seal(tx, key, 'case', 'matter', id, said.matter), level: said.level ?? row.level })
    .where('id', '=', id)
    .execute()
  await makeCaseFindable(tx, id)
  await enter(tx, id, key, { kind: present === 0 ? 'assessed' : 'reassessed' })
  await record(tx, 'assessed', `case:${id}`)
}

/**
 * A second assessor's own view of the version with the number `beside`; the case itself does not change. Throws
 * StaleEdit when there is a newer version by now. Not for whoever wrote the first.
 */
export async function assessBeside(tx: TenantTx, id: string, written: Written, beside: number): Promise<void> {
  const locked = await lockOpenCase(tx, id)
  const all = await numbers(tx, id)
  const first = all.find(({ second_of }) => second_of === null)
  if (!first || first.made_by === actor(tx)) throw new NotAllowed('second assessment', { hidden: false })
  if (beside !== first.number) throw new StaleEdit(beside, first.number)
  await write(tx, locked, all[0]!.number + 1, written, first.number)
  await enter(tx, id, locked.key, { kind: 'assessed-beside' })
  await record(tx, 'assessed-beside', `case:${id}`)
}
