import { recordReading } from '#platform/audit/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce } from '#work/model/index.ts'
import { pooled, questionsOf } from './rules.ts'

/** What is asked today, and what those concerned said of it, all cases together. Writes one entry. */
export async function evaluationPool(tx: TenantTx) {
  const model = await modelInForce(tx)
  const [all, cases] = await Promise.all([
    tx.db.selectFrom('cases.evaluation').select('answers').where('counted', '=', true).execute(),
    tx.db.selectFrom('cases.evaluated_cases').select('count').executeTakeFirst(),
    recordReading(tx, 'listed', 'evaluation'),
  ])
  const questions = questionsOf(model)
  const fewest = model.model.thresholds.pooled
  const said = all.map(({ answers }) => answers)
  return { questions, fewest, pool: pooled(fewest, questions, cases?.count ?? 0, said) }
}
export type Pooled = Awaited<ReturnType<typeof evaluationPool>>

const inYear = (year: number) => [`${year}-01-01`, `${year}-12-31`] as const

/** What is left of the cases closed in a calendar year. Writes one entry. */
export async function closedIn(tx: TenantTx, year: number) {
  const [rows] = await Promise.all([
    tx.db
      .selectFrom('cases.figure')
      .select([
        'subject',
        'outcome',
        'level',
        'way',
        'third_first',
        'third_last',
        'again',
        'asked',
        'hours_quarters',
        'working_days_to_assess',
        'working_days_to_close',
      ])
      .where((eb) => eb.between('month', ...inYear(year)))
      .execute(),
    recordReading(tx, 'listed', `figures:${year}`),
  ])
  return rows
}
export type ClosedRow = Awaited<ReturnType<typeof closedIn>>[number]

/** What was found in a calendar year by looking whether something still held. */
export const looksIn = (tx: TenantTx, year: number) =>
  tx.db
    .selectFrom('cases.holding_figure')
    .select(['after_months', 'holding'])
    .where((eb) => eb.between('month', ...inYear(year)))
    .execute()
