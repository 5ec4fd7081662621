import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Answers } from '../rules.ts'
import { reveal, seal, type Locked } from './store.ts'

/** Keeps the answers to the model's questions of one step, instead of those given there before. */
export async function keepAnswers(tx: TenantTx, { row, key }: Locked, step: string, answers: Answers): Promise<void> {
  if (Object.keys(answers).length === 0) return
  const now = await tx.db.selectFrom('cases.case').select('answers').where('id', '=', row.id).executeTakeFirstOrThrow()
  const kept = now.answers ? JSON.parse(reveal(tx, key, ['case', 'answers', row.id], now.answers)) : {}
  const all = JSON.stringify({ ...kept, [step]: answers })
  await tx.db
    .updateTable('cases.case')
    .set({ answers: seal(tx, key, 'case', 'answers', row.id, all) })
    .where('id', '=', row.id)
    .execute()
}
