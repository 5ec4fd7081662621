import { record } from '#platform/audit/index.ts'
import { newReceiptCode } from '#platform/crypto/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { plusMonths } from '#work/model/index.ts'

const validMonths = 12

/** Makes codes to be printed and handed out; they are shown this once. Returns them with the last day they can be used. */
export async function makeCards(tx: TenantTx, count: number): Promise<{ codes: string[]; until: string }> {
  const codes = Array.from({ length: count }, newReceiptCode)
  const until = plusMonths(berlinDay(tx.now), validMonths)
  await tx.db
    .insertInto('intake.card')
    .values(codes.map((code) => ({ receipt: tx.lookup('receipt', code), until_on: until })))
    .execute()
  await record(tx, 'made-cards', `cards:${count}`)
  return { codes, until }
}

/**
 * Gives a report the code of a card in place of its own. False for a code that is no card, has run out or was used: one
 * answer for all of them.
 */
export async function bindCard(tx: TenantTx, report: string, code: string): Promise<boolean> {
  const receipt = tx.lookup('receipt', code)
  const { numDeletedRows } = await tx.db
    .deleteFrom('intake.card')
    .where('receipt', '=', receipt)
    .where('until_on', '>=', berlinDay(tx.now))
    .executeTakeFirst()
  if (numDeletedRows !== 1n) return false
  await tx.db.updateTable('intake.report').set({ receipt }).where('id', '=', report).execute()
  return true
}

/** Timed: cards nobody used go when their day has passed. */
export async function forgetCards(tx: TenantTx): Promise<void> {
  await tx.db.deleteFrom('intake.card').where('until_on', '<', berlinDay(tx.now)).execute()
}
