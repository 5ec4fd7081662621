import { sql } from 'kysely'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, modelVersion, rolesUnder, say, secondsFor, stepOf } from '#work/model/index.ts'

export interface OpenProposal {
  readonly id: string
  readonly report: string
  /** What is asked: the words on the button of the step. */
  readonly question: string
  readonly reason: string
  readonly proposedOn: string
  readonly effect: 'waits' | 'at-once'
  readonly lapsesAt: Date | null
}

/** What stands open with a second person, if anything. */
export const openProposal = (tx: TenantTx, report: string) =>
  tx.db
    .selectFrom('intake.proposal')
    .select(['id', 'to_step', 'effect', 'proposed_on'])
    .where('report_id', '=', report)
    .where('answered_on', 'is', null)
    .executeTakeFirst()

/** What waits for this person as the second one: question and reason, nothing else of the report. */
export async function openProposals(tx: TenantTx, roles: readonly string[]): Promise<OpenProposal[]> {
  if (tx.who.kind !== 'person') return []
  const rows = await tx.db
    .selectFrom('intake.proposal')
    .selectAll()
    .where('answered_on', 'is', null)
    .where('proposed_by', '<>', tx.who.id)
    .orderBy(sql`lapses_at nulls last`)
    .orderBy('id')
    .execute()
  const inForce = await modelInForce(tx)
  const found: OpenProposal[] = []
  for (const row of rows) {
    const model = await modelVersion(tx, row.model_version)
    const step = stepOf(model, row.to_step)
    const asked = secondsFor(step, row.lapses_at, tx.now)
    const key = await recordKey(tx, row.content_key)
    if (!key || !rolesUnder(model, inForce, roles).some((role) => asked.includes(role))) continue
    found.push({
      id: row.id,
      report: row.report_id,
      question: say(step.button, 'de'),
      reason: tx.keys.reveal(key, { table: 'intake.proposal', column: 'reason', row: row.id }, row.reason),
      proposedOn: row.proposed_on,
      effect: row.effect,
      lapsesAt: row.lapses_at,
    })
  }
  return found
}
