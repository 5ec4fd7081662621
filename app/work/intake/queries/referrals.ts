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
      recalledOn: row.recalled_on,
      recallToldOn: row.recall_told_on,
      letter: JSON.parse(tx.keys.reveal(key, place, row.letter)) as Letter,
    })
  }
  return found
}
export type Referral = Awaited<ReturnType<typeof referralsOf>>[number]

/** What another office has, on whatever ground. */
export const handedOf = (referrals: readonly Referral[]): Referral[] =>
  referrals.filter(({ state }) => state === 'handed' || state === 'recalled')

/** What rests on the word of whoever reported, so that she may take it back. */
export const onHerWord = ({ basis }: Pick<Referral, 'basis'>): boolean => basis === 'consent' || basis === 'told'

/** Reports whose other office has not been told yet that the yes was taken back. */
export const recallsToTell = (tx: TenantTx) =>
  tx.db
    .selectFrom('intake.referral')
    .select(['report_id as report', 'recalled_on as recalledOn'])
    .where('state', '=', 'recalled')
    .where('recall_told_on', 'is', null)
    .orderBy('recalled_on')
    .execute()

/** What is open: asked, agreed but not handed over, or waiting for the second person. */
export const openOf = (referrals: readonly Referral[]): Referral | undefined =>
  referrals.find(({ state }) => state === 'asked' || state === 'agreed' || state === 'waits')
