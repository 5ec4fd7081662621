import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import type { Letter } from '../referral.ts'

/** Everything that was asked or handed over about a report, newest first. */
export async function referralsOf(tx: TenantTx, report: string) {
  const rows = await tx.db
    .selectFrom('intake.referral')
    .selectAll()
    .where('report_id', '=', report)
    .orderBy('made_on', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const found = []
  for (const row of rows) {
    const key = await recordKey(tx, row.content_key)
    if (!key) continue
    const place = { table: 'intake.referral', column: 'letter', row: row.id }
    found.push({
      id: row.id,
      office: row.office,
      basis: row.basis,
      state: row.state,
      madeOn: row.made_on,
      answeredOn: row.answered_on,
      handedOn: row.handed_on,
      letter: JSON.parse(tx.keys.reveal(key, place, row.letter)) as Letter,
    })
  }
  return found
}
export type Referral = Awaited<ReturnType<typeof referralsOf>>[number]

/** What is open: asked, agreed but not handed over, or waiting for the second person. */
export const openOf = (referrals: readonly Referral[]): Referral | undefined =>
  referrals.find(({ state }) => state === 'asked' || state === 'agreed' || state === 'waits')
