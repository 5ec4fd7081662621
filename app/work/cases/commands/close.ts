import { randomUUID } from 'node:crypto'
import { endGrants } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { atBerlin, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { calendarOf, deletedOn, isInside, modelInForce, plusMonths, stepOf, stepOfKind } from '#work/model/index.ts'
import { asksOf, counted } from '../asking.ts'
import { caseClosed } from '../facts.ts'
import { wayOf } from '../choosing.ts'
import { choiceOf } from '../queries/choice.ts'
import { ownAssessments } from '../queries/course.ts'
import { figureOf, thirdOf, whatIsMissing, type Missing } from '../rules.ts'
import type { Closing } from '../schema.ts'
import { furthest } from '../think/schema.ts'
import { keepAnswers } from './answers.ts'
import { lockCase, movesOf, seal, type Locked } from './store.ts'
import { propose } from './second.ts'
import { choiceKeys, keepUntil, stand } from './stand.ts'

const quarters = (hours: number | undefined) => Math.round((hours ?? 0) * 4)

/** Numbers for the yearly report, under an id that leads nowhere. */
async function count(tx: TenantTx, { row, model }: Locked, closing: Closing): Promise<void> {
  const sessions = await tx.db.selectFrom('cases.session').select('id').where('case_id', '=', row.id).execute()
  const before = await tx.db
    .selectFrom('cases.entry')
    .select('id')
    .where('case_id', '=', row.id)
    .where('kind', '=', 'closed')
    .execute()
  // No figure may tell of the office's own people (LPVG NRW § 72(3)).
  const inForce = await modelInForce(tx)
  if (isInside(inForce, row.subject)) return
  const judged = await ownAssessments(tx, row.id, row.content_key)
  const stages = judged.flatMap(({ depth }) => furthest(depth) ?? [])
  const choice = await choiceOf(tx, row.id)
  await tx.db
    .insertInto('cases.figure')
    .values({
      id: randomUUID(),
      area: row.area,
      subject: row.subject,
      channel: row.channel,
      level: row.level,
      outcome: closing.outcome!,
      hours_quarters: quarters(closing.hours),
      asked: {
        ...counted(stepOfKind(model, 'assess').ask, judged.at(-1)?.answers ?? {}),
        ...counted(asksOf(stepOfKind(model, 'close')), closing.asked ?? {}),
      },
      way: choice?.said && choice.state === 'standing' ? wayOf(model, choice.said.format) : null,
      third_first: thirdOf(stages[0]),
      third_last: thirdOf(closing.stage),
      ...figureOf(
        {
          openedOn: row.opened_on,
          assessedOn: judged[0]?.madeOn,
          closedOn: berlinDay(tx.now),
          sessions: sessions.length,
          closings: before.length,
        },
        calendarOf(inForce),
      ),
    })
    .execute()
}

/** The looks back the model asks for; the first one sets the clock. */
async function planFollowUps(tx: TenantTx, { row }: Locked) {
  const { followUps } = (await modelInForce(tx)).model
  const today = berlinDay(tx.now)
  const days = followUps.months.toSorted((a, b) => a - b).map((months) => plusMonths(today, months))
  if (days.length === 0) return undefined
  await tx.db
    .insertInto('cases.follow_up')
    .values(days.map((due_on) => ({ id: newId(), case_id: row.id, due_on, done_on: null, holding: null, note: null })))
    .execute()
  return { due_at: atBerlin(days[0]!, '08:00'), owner_role: followUps.owner }
}

/** Closes a case for good; nothing is missing any more. */
export async function finish(tx: TenantTx, locked: Locked, lands: string, closing: Closing): Promise<void> {
  const { row, key, model } = locked
  const today = berlinDay(tx.now)
  await count(tx, locked, closing)
  await keepAnswers(tx, locked, stepOfKind(model, 'close').id, closing.asked ?? {})
  await tx.db
    .updateTable('cases.case')
    .set({
      closed_on: today,
      outcome: closing.outcome,
      hours_quarters: quarters(closing.hours),
      closing_answer: closing.answer ? seal(tx, key, 'case', 'closing_answer', row.id, closing.answer) : null,
    })
    .where('id', '=', row.id)
    .execute()
  const clock = stepOf(model, lands).kind === 'follow-up' ? await planFollowUps(tx, locked) : undefined
  await stand(tx, locked, lands, { kind: 'closed', clock })
  await endGrants(tx, row.id)
  const inForce = await modelInForce(tx)
  await keepUntil(tx, row.content_key, deletedOn(inForce, 'closed-case', today))
  for (const key of await choiceKeys(tx, row.id))
    await keepUntil(tx, key, deletedOn(inForce, 'mediation-existence', today))
  await tell(tx, caseClosed, `case:${row.id}`, { outcome: closing.outcome! })
}

async function openMeasures(tx: TenantTx, id: string): Promise<number> {
  const rows = await tx.db
    .selectFrom('cases.measure')
    .select('id')
    .where('case_id', '=', id)
    .where('state', '=', 'open')
    .execute()
  return rows.length
}

async function unsigned(tx: TenantTx, id: string): Promise<boolean> {
  const draft = tx.db.selectFrom('cases.agreement').select('id').where('case_id', '=', id)
  return (await draft.where('state', '=', 'draft').executeTakeFirst()) !== undefined
}

/** What has to be done on other pages before the case can be closed, and where. */
export async function missingElsewhere(tx: TenantTx, id: string): Promise<Missing[]> {
  const standing = { closed: false, openMeasures: await openMeasures(tx, id), unsigned: await unsigned(tx, id) }
  return whatIsMissing(standing, {}, false).filter(({ page }) => page !== undefined)
}

/** Closes a case, or returns what is still missing and where to add it. */
export async function closeCase(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  closing: Closing,
): Promise<Missing[]> {
  const locked = await lockCase(tx, id)
  const { row, model } = locked
  const move = (await movesOf(tx, model, row, roles)).find(({ kind }) => kind === 'close')
  const closed = row.closed_on !== null
  if (!move && !closed) throw new NotAllowed('move', { hidden: false })
  const hoursNeeded = move
    ? stepOf(model, move.to).ask.some(({ type, required }) => type === 'hours' && required)
    : false
  const missing = whatIsMissing(
    { closed, openMeasures: await openMeasures(tx, id), unsigned: await unsigned(tx, id) },
    closing,
    hoursNeeded,
  )
  if (move?.second && !closing.reason) missing.push({ message: 'missing.reason', field: 'reason' })
  if (missing.length > 0 || !move) return missing
  if (move.second) await propose(tx, locked, move, { reason: closing.reason!, payload: JSON.stringify(closing) })
  if (move.second?.effect !== 'waits') await finish(tx, locked, move.lands, closing)
  await record(tx, 'closed', `case:${id}`)
  return []
}
