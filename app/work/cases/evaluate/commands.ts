import { randomBytes } from 'node:crypto'
import { record } from '#platform/audit/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { enter, lockCase } from '../commands/store.ts'
import type { Answers } from './rules.ts'

/** So long somebody may take to answer, in days. */
export const askedFor = 60
/** The most links one page gives out at once. */
export const mostLinks = 20

const hashOf = (tx: TenantTx, token: string) => tx.lookup('evaluation', token)

/** So many links for those concerned by a closed case. Returns their tokens, once; they are alike for all. */
export async function askConcerned(tx: TenantTx, caseId: string, count: number): Promise<string[]> {
  const { row, key } = await lockCase(tx, caseId)
  if (!row.closed_on) throw new NotAllowed('open case', { hidden: false })
  const today = berlinDay(tx.now)
  const tokens = Array.from({ length: Math.min(count, mostLinks) }, () => randomBytes(16).toString('base64url'))
  await tx.db
    .insertInto('cases.evaluation_link')
    .values(
      tokens.map((token) => ({
        id: newId(),
        case_id: caseId,
        token: hashOf(tx, token),
        made_on: today,
        until_on: addDays(today, askedFor),
      })),
    )
    .execute()
  await enter(tx, caseId, key, { kind: 'concerned-asked' })
  await record(tx, 'asked-concerned', `case:${caseId}`)
  return tokens
}

const good = (tx: TenantTx, token: string) =>
  tx.db
    .selectFrom('cases.evaluation_link')
    .select(['id', 'case_id'])
    .where('token', '=', hashOf(tx, token))
    .where('until_on', '>=', berlinDay(tx.now))

/** Whether somebody may answer with this link; used, old and invented ones are all the same. */
export const mayEvaluate = async (tx: TenantTx, token: string): Promise<boolean> =>
  (await good(tx, token).executeTakeFirst()) !== undefined

/**
 * Uses a link up: it is gone, and `keep` puts the answer away in a transaction of its own, because rows written in one
 * transaction carry its number. Should the program die between the two, the link is still good. False when it is not.
 */
export async function useUp(tx: TenantTx, token: string, keep: () => Promise<void>): Promise<boolean> {
  const link = await good(tx, token).forUpdate().executeTakeFirst()
  if (!link) return false
  await keep()
  await tx.db.deleteFrom('cases.evaluation_link').where('id', '=', link.id).execute()
  const first = await tx.db
    .updateTable('cases.case')
    .set({ evaluated: true })
    .where('id', '=', link.case_id)
    .where('evaluated', '=', false)
    .executeTakeFirst()
  if (first.numUpdatedRows > 0n)
    await tx.db
      .insertInto('cases.evaluated_cases')
      .values({ count: 1 })
      .onConflict((conflict) =>
        conflict.column('municipality_id').doUpdateSet((eb) => ({ count: eb('cases.evaluated_cases.count', '+', 1) })),
      )
      .execute()
  return true
}

/** So many answers are added to what is shown at once. */
const addedAtOnce = 5

/** Puts an answer to the others: nothing but what was said. It counts when enough others have come. */
export async function keepEvaluation(tx: TenantTx, answers: Answers): Promise<void> {
  await tx.db.insertInto('cases.evaluation').values({ id: newId(), answers }).execute()
  const waiting = await tx.db
    .selectFrom('cases.evaluation')
    .select('id')
    .where('counted', '=', false)
    .forUpdate()
    .execute()
  if (waiting.length >= addedAtOnce)
    await tx.db.updateTable('cases.evaluation').set({ counted: true }).where('counted', '=', false).execute()
}
