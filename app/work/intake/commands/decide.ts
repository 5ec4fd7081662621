import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { insideAgreed, isInside, modelInForce, modelVersion, rolesUnder } from '#work/model/index.ts'
import { factsOf, whatIsMissing, type Missing } from '../rules.ts'
import type { Decision } from '../schema.ts'
import { openProposal } from '../queries/second.ts'
import { waysOn } from '../ways.ts'
import { carryOut, lockReport } from './carryOut.ts'
import { propose } from './second.ts'

/** `waits`: nothing has happened yet, a second person is asked. */
export type Decided = { missing: Missing[] } | { missing: []; caseId?: string; waits?: true }

/**
 * Takes one of the moves the model offers at the report's step. Returns what is missing, or the id of the case that
 * was opened. Throws NotAllowed for a move the page did not offer, StaleEdit when somebody was quicker.
 */
export async function decide(tx: TenantTx, roles: readonly string[], id: string, decision: Decision): Promise<Decided> {
  const row = await lockReport(tx, id)
  if (decision.version !== row.version) throw new StaleEdit(decision.version, row.version)
  const model = await modelVersion(tx, row.model_version)
  // A report keeps the version it came under; people hold roles of the one in force.
  const inForce = await modelInForce(tx)
  const held = rolesUnder(model, inForce, roles)
  const move = waysOn(model, { step: row.step, facts: factsOf(row) }, held).find((way) => way.to === decision.to)
  if (!move || row.merged_into || (await openProposal(tx, id))) throw new NotAllowed('move', { hidden: false })
  const missing = whatIsMissing(move.kind, decision, {
    reasons: model.model.reasons,
    second: move.second !== undefined,
    held: row.held_for !== null,
    inside: isInside(inForce, row.subject) ? { agreed: insideAgreed(inForce) } : undefined,
  })
  if (missing.length > 0) return { missing }
  if (move.second) await propose(tx, row, model, move, decision)
  if (move.second?.effect === 'waits') return { missing: [], waits: true }
  return { missing: [], caseId: await carryOut(tx, row, model, move, decision) }
}
