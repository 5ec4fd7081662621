import { sql } from 'kysely'
import { record } from '#platform/audit/index.ts'
import { notify } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { verbsHeld } from '#work/model/index.ts'
import { endConsultationsOf } from './consult.ts'
import { passHolding, substitutesOf } from './holding.ts'
import { tellOfReport } from './notices.ts'

/**
 * As the program, after somebody left: what was not handed over, because whoever handed over may not know of it or the
 * sign-in service ended her access, goes back to those who look after the report. Done twice, nothing happens.
 */
export async function letGoOfReports(tx: TenantTx, person: string): Promise<void> {
  await giveBackTexts(tx, person)
  await endConsultationsOf(tx, person)
  await forgetEntered(tx, person)
  await passReleased(tx, person)
  await passHolding(tx, person)
  await record(tx, 'let-go', `person:${person}:reports`)
}

/** The same after a role of hers ended, for what she may do no more. */
export async function letGoOfReportsWithRole(tx: TenantTx, person: string): Promise<void> {
  const verbs = await verbsHeld(tx, person)
  if (!verbs.has('intake.interpret')) await giveBackTexts(tx, person)
  if (!verbs.has('intake.advise')) await endConsultationsOf(tx, person)
  if (!verbs.has('intake.substitute')) await passReleased(tx, person)
  await passHolding(tx, person)
  if (!verbs.has('intake.enter') && !verbs.has('intake.read')) await forgetEntered(tx, person)
}

/** Reports she took in are no longer hers to follow. */
const forgetEntered = (tx: TenantTx, person: string) =>
  tx.db
    .updateTable('intake.report')
    .set({ entered_by: null })
    .where('entered_by', '=', person)
    .where('step_kind', '<>', sql.lit('closed'))
    .execute()

async function giveBackTexts(tx: TenantTx, person: string): Promise<void> {
  const rows = await tx.db
    .updateTable('intake.translation')
    .set({ ended: true })
    .where('interpreter', '=', person)
    .where('ended', '=', false)
    .returning(['id', 'report_id', 'message_id', 'direction', 'done_on'])
    .execute()
  for (const row of rows.filter(({ done_on }) => !done_on)) {
    if (row.direction === 'in' && !row.message_id)
      await tx.db
        .updateTable('intake.report')
        .set({ translated: null })
        .where('id', '=', row.report_id)
        .where('translated', '=', 'asked')
        .execute()
    await record(tx, 'translation-given-back', `report:${row.report_id}`)
    await tellOfReport(tx, row.report_id)
  }
}

/** Whoever decided as the substitute who may read a report goes on reading it herself: another substitute does instead. */
async function passReleased(tx: TenantTx, person: string): Promise<void> {
  const others = (await substitutesOf(tx)).filter((one) => one !== person)
  const rows = await tx.db
    .selectFrom('intake.report')
    .select('id')
    .where('released_by', '=', person)
    .where('step_kind', '<>', sql.lit('closed'))
    .execute()
  for (const { id } of rows) {
    const kept = await tx.db.selectFrom('access.barred').select('person_id').where('record_id', '=', id).execute()
    const to = others.find((one) => !kept.some((row) => row.person_id === one)) ?? null
    await tx.db.updateTable('intake.report').set({ released_by: to }).where('id', '=', id).execute()
    await record(tx, 'passed-on', `report:${id}`)
    if (to) await notify(tx, [to], tx.now)
  }
}
