import { sql } from 'kysely'
import { atBerlin, berlinDay, newId, startOfBerlinDay } from '#platform/kernel/index.ts'
import { forgetRecords, indexNewRecords } from '#platform/search/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { clockAt, modelVersion, stepOfKind } from '#work/model/index.ts'
import { headlineOf } from '../rules.ts'
import type { RegisterRow } from '../takeover/rows.ts'
import type { Settings } from '../takeover/settings.ts'

/**
 * Takes the rows of a complaint list in as reports: closed ones closed, the others into the inbox or watched until a
 * day. Nobody is told and nobody has a mailbox, for whoever complained did so elsewhere. Returns their ids.
 */
export async function takeReports(tx: TenantTx, settings: Settings, rows: readonly RegisterRow[]): Promise<string[]> {
  if (rows.length === 0) return []
  const model = await modelVersion(tx, settings.modelVersion)
  const open = settings.goal === 'watch' ? stepOfKind(model, 'watch') : model.firstStep
  const closed = stepOfKind(model, 'closed')
  const clock =
    settings.goal === 'watch' && settings.watchUntil
      ? { ...clockAt(model, open.id, tx.now), due_at: atBerlin(settings.watchUntil, '08:00') }
      : clockAt(model, open.id, tx.now)
  const made = rows.map((row) => ({ row, id: newId(), key: tx.keys.newKey('report') }))
  await tx.db
    .insertInto('platform.record_key')
    .values(made.map(({ id, key }) => ({ id: key.key.id, class: key.key.class, record_id: id, wrapped: key.wrapped })))
    .execute()
  const values = made.map(({ row, id, key: { key } }) => {
    const seal = (column: string, text: string) =>
      tx.keys.seal<'report'>(key, { table: 'intake.report', column, row: id }, text)
    const step = row.closedOn ? closed : open
    const observed = row.number ? `${row.matter} (${row.number})` : row.matter
    return {
      id,
      received_on: row.openedOn,
      channel: 'import' as const,
      language: 'de',
      anonymity: 'anonymous' as const,
      area: row.area,
      subject: row.subject,
      wish: null,
      occurred_on: null,
      step: step.id,
      step_kind: step.kind,
      was_watched: step.kind === 'watch',
      model_version: model.versionId,
      ...(row.closedOn ? { due_at: null, owner_role: null } : clock),
      rank: 1,
      waiting_since: startOfBerlinDay(row.openedOn),
      content_key: key.id,
      headline: seal('headline', headlineOf(observed)),
      observed: seal('observed', observed),
    }
  })
  await tx.db.insertInto('intake.report').values(values).execute()
  await indexNewRecords(
    tx,
    made.map(({ row, id }) => ({ id, text: row.matter })),
  )
  return made.map(({ id }) => id)
}

/** Takes them back: rows, what hangs on them, their words in the search, and their keys tonight. */
export async function takeBackReports(tx: TenantTx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await forgetRecords(tx, ids)
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('record_id', 'in', [...ids])
    .execute()
  await sql`select platform.remove_records('intake.report'::regclass, ${`{${ids.join(',')}}`}::uuid[])`.execute(tx.db)
}
