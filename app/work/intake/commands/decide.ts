import type { RawForm } from '#platform/forms/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { readAnswers } from '#work/cases/index.ts'
import { insideAgreed, isInside, modelInForce, modelVersion, rolesUnder } from '#work/model/index.ts'
import { factsOf, whatIsMissing, type Missing } from '../rules.ts'
import type { Decision } from '../schema.ts'
import { openProposal } from '../queries/second.ts'
import { asksAt, waysOn } from '../ways.ts'
import { carryOut, lockReport } from './carryOut.ts'
import { propose } from './second.ts'

/** `waits`: nothing has happened yet, a second person is asked. */
export type Decided = { missing: Missing[] } | { missing: []; caseId?: string; waits?: true }

/**
 * Takes one of the moves the model offers at the report's step. Returns what is missing, or the id of the case that
 * was opened. `typed` holds the answers to what the model asks at checking. Throws NotAllowed for a move the page did not offer, StaleEdit when somebody was quicker.
 */
export async function decide(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  said: Decision,
  typed: RawForm = {},
): Promise<Decided> {
  const row = await lockReport(tx, id)
  if (said.version !== row.version) throw new StaleEdit(said.version, row.version)
  const model = await modelVersion(tx, row.model_version)
  const { answers } = readAnswers(asksAt(model, row.step), typed)
  const decision = Object.keys(answers).length > 0 ? { ...said, asked: answers } : said
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
