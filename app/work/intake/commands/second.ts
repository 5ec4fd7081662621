import { holdersOf, toldAbout } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { nextMorning, notify } from '#platform/mail/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import {
  calendarOf,
  current,
  landing,
  modelInForce,
  modelVersion,
  stepOf,
  type Move,
  type Published,
} from '#work/model/index.ts'
import { reportSecondAnswered, reportSecondAsked } from '../facts.ts'
import { openProposals } from '../queries/second.ts'
import type { Decision } from '../schema.ts'
import { carryOut, lockReport, type Locked } from './carryOut.ts'
import { tellOfReport } from './notices.ts'
import { returnReferral, stillWaits, waitWithReferral } from './refer.ts'

/** Asks for a second person; what was decided is kept sealed until she has answered. */
export async function propose(
  tx: TenantTx,
  row: Locked,
  model: Published,
  move: Move,
  decision: Decision,
): Promise<void> {
  if (tx.who.kind !== 'person' || !move.second) throw new NotAllowed('proposal', { hidden: false })
  const id = newId()
  const key = await livingKey(tx, row.content_key)
  const { effect, lapse } = move.second
  const seal = (column: string, text: string) =>
    tx.keys.seal<'report'>(key, { table: 'intake.proposal', column, row: id }, text)
  await tx.db
    .insertInto('intake.proposal')
    .values({
      id,
      report_id: row.id,
      model_version: model.versionId,
      from_step: row.step,
      to_step: move.to,
      effect,
      proposed_by: tx.who.id,
      proposed_on: berlinDay(tx.now),
      lapses_at: lapse ? calendarOf(model).addWorkingDays(tx.now, lapse.days) : null,
      content_key: key.id,
      reason: seal('reason', decision.secondReason ?? ''),
      payload: seal('payload', JSON.stringify(decision)),
    })
    .execute()
  if (effect === 'waits' && decision.referral) await waitWithReferral(tx, decision.referral)
  await record(tx, 'proposed', `report:${row.id}`)
  await tell(tx, reportSecondAsked, `report:${row.id}`, { proposal: id })
}

/** The second person agrees or not. Hidden from whoever proposed it and from roles the model does not name. */
export async function answerSecond(tx: TenantTx, roles: readonly string[], id: string, agreed: boolean): Promise<void> {
  const proposal = (await openProposals(tx, roles)).find((one) => one.id === id)
  if (!proposal || tx.who.kind !== 'person') throw new NotAllowed('proposal', { hidden: true })
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.proposal')
    .set({ answered_by: tx.who.id, answered_on: berlinDay(tx.now), agreed })
    .where('id', '=', id)
    .where('answered_on', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('proposal', { hidden: true })
  await record(tx, agreed ? 'agreed' : 'refused', `report:${proposal.report}`)
  await tell(tx, reportSecondAnswered, `report:${proposal.report}`, { proposal: id })
}

/** Tells whoever may be the second person that a question waits. */
export async function tellSecond(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('intake.proposal').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.answered_on) return
  const inForce = await modelInForce(tx)
  const step = stepOf(await modelVersion(tx, row.model_version), row.to_step)
  const roles = (step.second?.by ?? []).flatMap((role) => current(inForce, 'role', role) ?? [])
  const persons = (await holdersOf(tx, roles))
    .map(({ person }) => person)
    .filter((person) => person !== row.proposed_by)
  await notify(tx, await toldAbout(tx, row.report_id, persons), nextMorning(calendarOf(inForce), tx.now))
}

/**
 * Carries out what a second person answered, as the program: what waited is done now, if she agreed and nobody has gone
 * on since. What took effect at once stays; whoever proposed it is told that she did not agree.
 */
export async function applySecond(tx: TenantTx, id: string): Promise<void> {
  const row = await tx.db.selectFrom('intake.proposal').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return
  const report = await lockReport(tx, row.report_id)
  const model = await modelVersion(tx, row.model_version)
  const key = await livingKey(tx, row.content_key)
  const place = { table: 'intake.proposal', column: 'payload', row: id }
  const decision = JSON.parse(tx.keys.reveal(key, place, row.payload)) as Decision
  // Whoever reported may have taken her yes back between the answer and now.
  const gone = decision.referral !== undefined && row.effect === 'waits' && !(await stillWaits(tx, decision.referral))
  if (row.agreed && row.effect === 'waits' && report.step === row.from_step && !gone) {
    const to = stepOf(model, row.to_step)
    await carryOut(tx, report, model, { to: to.id, kind: to.kind, lands: landing(model, to).id }, decision)
    return
  }
  if (!row.agreed && row.effect === 'waits' && decision.referral && !gone) await returnReferral(tx, decision.referral)
  await tellOfReport(tx, row.report_id)
}
