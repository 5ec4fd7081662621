import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { atBerlin, berlinDay, newId } from '#platform/kernel/index.ts'
import { forgetRecords, indexNewRecords } from '#platform/search/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { calendarOf, clockAt, modelInForce, modelVersion, stepOf } from '#work/model/index.ts'
import { figureOf } from '../rules.ts'
import { outcomes } from '../schema.ts'
import { newNumbers } from './numbers.ts'
import { seal } from './store.ts'

export interface TakenCase {
  readonly matter: string
  readonly area: string
  readonly subject: string
  /** Calendar days `YYYY-MM-DD`. */
  readonly openedOn: string
  readonly dueOn?: string
  /** What the register before called it. */
  readonly number: string
}

/**
 * Takes running cases over from another register, many at once: they stand at one step of a version of the model, with
 * the due date they brought or the step's own. Nobody is told, for none of it is new. Returns their ids, in order.
 */
export async function takeCases(
  tx: TenantTx,
  at: { readonly step: string; readonly modelVersion: string },
  cases: readonly TakenCase[],
): Promise<string[]> {
  if (cases.length === 0) return []
  const model = await modelVersion(tx, at.modelVersion)
  const step = stepOf(model, at.step)
  const clock = clockAt(model, step.id, tx.now)
  const today = berlinDay(tx.now)
  const numbers = await newNumbers(tx, cases.length)
  const made = cases.map((one, i) => ({
    one,
    id: newId(),
    number: numbers[i]!,
    entry: newId(),
    key: tx.keys.newKey('case'),
  }))
  await tx.db
    .insertInto('platform.record_key')
    .values(made.map(({ id, key }) => ({ id: key.key.id, class: key.key.class, record_id: id, wrapped: key.wrapped })))
    .execute()
  const rows = made.map(({ one, id, number, key }) => {
    const due = one.dueOn && one.dueOn >= today ? atBerlin(one.dueOn, '08:00') : clock.due_at
    return {
      id,
      number,
      opened_on: one.openedOn,
      area: one.area,
      subject: one.subject,
      step: step.id,
      step_kind: step.kind,
      model_version: model.versionId,
      due_at: due,
      owner_role: clock.owner_role,
      list_at: due ?? tx.now,
      content_key: key.key.id,
      channel: 'import',
      matter: seal(tx, key.key, 'case', 'matter', id, one.matter),
    }
  })
  await tx.db.insertInto('cases.case').values(rows).execute()
  const entries = made.map(({ one, id, entry, key }) => ({
    id: entry,
    case_id: id,
    at: tx.now,
    kind: 'taken-in',
    by_person: null,
    step: step.id,
    person_id: null,
    note: one.number ? seal(tx, key.key, 'entry', 'note', entry, one.number) : null,
  }))
  await tx.db.insertInto('cases.entry').values(entries).execute()
  await indexNewRecords(
    tx,
    made.map(({ one, id }) => ({ id, text: one.matter })),
  )
  return made.map(({ id }) => id)
}

export interface TakenFigure {
  readonly area: string
  readonly subject: string
  readonly openedOn: string
  readonly closedOn: string
  readonly outcome: string | undefined
  /** Effort in quarter hours. */
  readonly quarters: number
}

/** Takes closed rows over as numbers only: nothing of their text, nothing that leads back. Returns the figures' ids. */
export async function takeFigures(tx: TenantTx, closed: readonly TakenFigure[]): Promise<string[]> {
  if (closed.length === 0) return []
  const calendar = calendarOf(await modelInForce(tx))
  const rows = closed.map(({ area, subject, outcome, quarters, openedOn, closedOn }) => ({
    id: randomUUID(),
    area,
    subject,
    channel: 'import',
    level: null,
    outcome: outcomes.find((one) => one === outcome) ?? 'unresolved',
    hours_quarters: quarters,
    way: null,
    third_first: null,
    third_last: null,
    ...figureOf({ openedOn, assessedOn: undefined, closedOn, sessions: 0, closings: 0 }, calendar),
  }))
  await tx.db.insertInto('cases.figure').values(rows).execute()
  return rows.map(({ id }) => id)
}

/** How many of these cases have been worked on since they were taken in. */
export async function workedOn(tx: TenantTx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const rows = await tx.db
    .selectFrom('cases.entry')
    .select('case_id')
    .distinct()
    .where('case_id', 'in', [...ids])
    .where('kind', '<>', 'taken-in')
    .execute()
  return rows.length
}

/** Takes back what was taken in: rows, all that hangs on them, their words in the search, and their keys tonight. */
export async function takeBack(tx: TenantTx, cases: readonly string[], figures: readonly string[]): Promise<void> {
  if (figures.length > 0)
    await tx.db
      .deleteFrom('cases.figure')
      .where('id', 'in', [...figures])
      .execute()
  if (cases.length === 0) return
  await forgetRecords(tx, cases)
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('record_id', 'in', [...cases])
    .execute()
  await sql`select platform.remove_records('cases.case'::regclass, ${`{${cases.join(',')}}`}::uuid[])`.execute(tx.db)
}
