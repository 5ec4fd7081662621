import { sql } from 'kysely'
import { recordKey, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, modelVersion, rolesUnder, say, secondsFor, stepOf } from '#work/model/index.ts'
import { reveal } from '../commands/store.ts'

export interface OpenProposal {
  readonly id: string
  readonly caseId: string
  readonly subject: 'move' | 'gates' | 'approval'
  /** What is asked about a move: the words on the button of the step. */
  readonly question: string
  readonly reason: string
  readonly proposedOn: string
  readonly effect: 'waits' | 'at-once'
  readonly lapsesAt: Date | null
}

/** What waits for this person as the second one: question and reason, nothing else of the case. */
export async function openProposals(tx: TenantTx, roles: readonly string[]): Promise<OpenProposal[]> {
  if (tx.who.kind !== 'person') return []
  const rows = await tx.db
    .selectFrom('cases.proposal')
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
    const asked = row.subject === 'move' ? secondsFor(step, row.lapses_at, tx.now) : row.asked ? [row.asked] : undefined
    const key = await recordKey(tx, row.content_key)
    if (!key || (asked && !rolesUnder(model, inForce, roles).some((role) => asked.includes(role)))) continue
    found.push({
      id: row.id,
      caseId: row.case_id,
      subject: row.subject,
      question: say(step.button, 'de'),
      reason: reveal(tx, key, ['proposal', 'reason', row.id], row.reason),
      proposedOn: row.proposed_on,
      effect: row.effect,
      lapsesAt: row.lapses_at,
    })
  }
  return found
}
