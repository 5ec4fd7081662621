import { record } from '#platform/audit/index.ts'
import { NotAllowed, StaleEdit } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import { clockAt, modelVersion, stepOf, type Move } from '#work/model/index.ts'
import { factsOf, whatIsMissing, type Missing } from '../rules.ts'
import type { Decision } from '../schema.ts'
import { waysOn } from '../ways.ts'
import { answerReporter } from './answer.ts'
import { acceptIfChecked } from './check.ts'
import { carryAlong } from './join.ts'
import { pileMates } from './pile.ts'

/** Whoever takes a report on or closes it has accepted its checked text. */
const ending: readonly string[] = ['open', 'advise', 'refer', 'closed']

export type Decided = { missing: Missing[] } | { missing: []; caseId?: string }

/** The report as the rules need it, locked until the decision is written. */
async function load(tx: TenantTx, id: string) {
  const row = await tx.db
    .selectFrom('intake.report')
    .select([
      'id',
      'step',
      'model_version',
      'version',
      'held_for',
      'danger',
      'anonymity',
      'contact_key',
      'area',
      'subject',
      'case_id',
      'merged_into',
      'pile',
      'channel',
      'language',
      'translated',
    ])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotAllowed('report', { hidden: true })
  return row
}

/** Where the report stands after the move; with `open` it stays there for good and the case goes on. */
async function stand(tx: TenantTx, id: string, move: Move, until: string | undefined, modelId: string): Promise<void> {
  const model = await modelVersion(tx, modelId)
  const at = move.kind === 'open' ? move.to : move.lands
  const step = stepOf(model, at)
  const clock = move.kind === 'open' ? { due_at: null, owner_role: null } : clockAt(model, at, tx.now)
  await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      step: at,
      step_kind: step.kind,
      due_at: until ? new Date(`${until}T08:00:00Z`) : clock.due_at,
      owner_role: clock.owner_role,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

/**
 * Takes one of the moves the model offers at the report's step. Returns what is missing, or the id of the case that
 * was opened. Throws NotAllowed for a move the page did not offer, StaleEdit when somebody was quicker.
 */
export async function decide(tx: TenantTx, roles: readonly string[], id: string, decision: Decision): Promise<Decided> {
  const row = await load(tx, id)
  if (decision.version !== row.version) throw new StaleEdit(decision.version, row.version)
  const model = await modelVersion(tx, row.model_version)
  const move = waysOn(model, { step: row.step, facts: factsOf(row) }, roles).find((way) => way.to === decision.to)
  if (!move || row.merged_into) throw new NotAllowed('move', { hidden: false })
  const missing = whatIsMissing(move.kind, decision)
  if (missing.length > 0) return { missing }
  const mates = decision.pile ? await pileMates(tx, id, { pile: row.pile, step: row.step }) : []
  await stand(tx, id, move, decision.watchUntil, row.model_version)
  const caseId =
    move.kind === 'open'
      ? await openCase(tx, {
          matter: decision.matter!,
          area: row.area,
          subject: row.subject,
          at: move.lands,
          modelVersion: row.model_version,
          channel: row.channel,
        })
      : undefined
  if (caseId) await tx.db.updateTable('intake.report').set({ case_id: caseId }).where('id', '=', id).execute()
  if (ending.includes(move.kind)) await acceptIfChecked(tx, id)
  const along = await carryAlong(tx, id, mates)
  if (decision.answer) for (const report of [id, ...along]) await answerReporter(tx, report, decision.answer)
  await record(tx, `decided:${move.kind}`, `report:${id}`)
  return { missing: [], caseId }
}
