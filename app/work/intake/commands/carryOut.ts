import { record } from '#platform/audit/index.ts'
import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { openCase } from '#work/cases/index.ts'
import { clockAt, modelVersion, say, stepOf, type Move, type Published } from '#work/model/index.ts'
import { languageOf } from '../queries/sentences.ts'
import type { Decision } from '../schema.ts'
import { answerReporter } from './answer.ts'
import { acceptIfChecked } from './check.ts'
import { carryAlong } from './join.ts'
import { holdToo } from './holding.ts'
import { pileMates } from './pile.ts'
import { markHanded } from './refer.ts'

/** Whoever takes a report on or closes it has accepted its checked text. */
const ending: readonly string[] = ['open', 'advise', 'refer', 'closed']

/** The report as the rules need it, locked until the decision is written. */
export async function lockReport(tx: TenantTx, id: string) {
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
      'content_key',
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

export type Locked = Awaited<ReturnType<typeof lockReport>>

/** Where the report stands after the move; with `open` it stays there for good and the case goes on. */
async function stand(
  tx: TenantTx,
  id: string,
  move: Pick<Move, 'to' | 'kind' | 'lands'>,
  until: string | undefined,
  modelId: string,
): Promise<void> {
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
      ...(step.kind === 'watch' ? { was_watched: true } : {}),
      // Staff may learn of danger that nobody ticked.
      ...(step.kind === 'urgent' ? { danger: true, rank: 0 } : {}),
    }))
    .where('id', '=', id)
    .execute()
}

/** What is said to whoever reported: the answer that belongs to the reason, in her language, and what was typed. */
async function answerTo(
  tx: TenantTx,
  report: string,
  model: Published,
  { because, answer }: Decision,
): Promise<string> {
  const reason = model.model.reasons.find(({ id }) => id === because)
  return [reason && say(reason.answer, await languageOf(tx, report)), answer].filter(Boolean).join('\n\n')
}

/** Does what was decided, once nothing is missing and nobody has to agree any more. Returns the case it opened. */
export async function carryOut(
  tx: TenantTx,
  row: Locked,
  model: Published,
  move: Pick<Move, 'to' | 'kind' | 'lands'>,
  decision: Decision,
): Promise<string | undefined> {
  const { id } = row
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
  const left = {
    ...(caseId ? { case_id: caseId } : {}),
    ...(decision.because ? { because: decision.because } : {}),
    ...(decision.asked ? { asked: decision.asked } : {}),
  }
  if (caseId) await holdToo(tx, id, caseId)
  if (Object.keys(left).length > 0) await tx.db.updateTable('intake.report').set(left).where('id', '=', id).execute()
  if (ending.includes(move.kind)) await acceptIfChecked(tx, id)
  if (decision.referral) await markHanded(tx, id, decision.referral)
  const along = await carryAlong(tx, id, mates)
  for (const report of [id, ...along]) {
    const text = await answerTo(tx, report, model, decision)
    if (text) await answerReporter(tx, report, text)
  }
  await record(tx, `decided:${move.kind}`, `report:${id}`)
  return caseId
}
