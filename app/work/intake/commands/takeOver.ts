import { record } from '#platform/audit/index.ts'
import type { RecordKey } from '#platform/crypto/index.ts'
import { enqueue, type JobPayload } from '#platform/jobs/index.ts'
import { addDays, berlinDay, newId, NotAllowed } from '#platform/kernel/index.ts'
import { addKey, livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { takeBack, takeCases, takeFigures } from '#work/cases/index.ts'
import { choices, modelVersion } from '#work/model/index.ts'
import { Filling, understand, type Known, type RegisterRow } from '../takeover/rows.ts'
import { undoDays, type Settings } from '../takeover/settings.ts'
import type { Line } from '../takeover/table.ts'
import { takeBackReports, takeReports } from './takeReports.ts'

/** So many lines are taken in by one transaction. */
const partSize = 200
export const mostLines = 20_000

const place = (id: string, what: 'settings' | number) =>
  what === 'settings'
    ? { table: 'intake.import', column: 'settings', row: id }
    : { table: 'intake.import_part', column: 'content', row: `${id}:${what}` }

/** Lays the lines of a file down sealed, until somebody has looked at them. Nothing of the file itself is kept. */
export async function layDown(tx: TenantTx, settings: Settings, lines: readonly Line[]): Promise<string> {
  if (tx.who.kind !== 'person') throw new NotAllowed('import', { hidden: false })
  const id = newId()
  const key = await addKey(tx, 'import', id)
  await tx.db
    .insertInto('intake.import')
    .values({
      id,
      kind: settings.kind,
      state: 'draft',
      made_on: berlinDay(tx.now),
      made_by: tx.who.id,
      content_key: key.id,
      settings: tx.keys.seal<'import'>(key, place(id, 'settings'), JSON.stringify(settings)),
      lines: lines.length,
      undo_until: null,
    })
    .execute()
  for (let number = 0; number * partSize < lines.length; number += 1) {
    const part = JSON.stringify(lines.slice(number * partSize, (number + 1) * partSize))
    const content = tx.keys.seal<'import'>(key, place(id, number), part)
    await tx.db.insertInto('intake.import_part').values({ import_id: id, number, content }).execute()
  }
  await record(tx, 'read-in', `import:${id}`)
  return id
}

/** An import with what was chosen about it. Hidden when there is none. */
export async function loadImport(tx: TenantTx, id: string, lock = false) {
  const query = tx.db.selectFrom('intake.import').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new NotAllowed('import', { hidden: true })
  const key = await livingKey(tx, row.content_key)
  const settings = JSON.parse(tx.keys.reveal(key, place(id, 'settings'), row.settings)) as Settings
  return { row, key, settings }
}

/** Changes what was chosen; only while nothing has been taken in. */
export async function choose(tx: TenantTx, id: string, change: Partial<Settings>): Promise<void> {
  const { row, key, settings } = await loadImport(tx, id, true)
  if (row.state !== 'draft') throw new NotAllowed('import', { hidden: false })
  await keep(tx, id, key, { ...settings, ...change })
}

const keep = (tx: TenantTx, id: string, key: RecordKey, settings: Settings) =>
  tx.db
    .updateTable('intake.import')
    .set({ settings: tx.keys.seal<'import'>(key, place(id, 'settings'), JSON.stringify(settings)) })
    .where('id', '=', id)
    .execute()

/** The lines of one part, in the order of the source; undefined behind the last, or when it has been taken in. */
export async function partOf(tx: TenantTx, id: string, number: number, key: RecordKey): Promise<Line[] | undefined> {
  const part = await tx.db
    .selectFrom('intake.import_part')
    .select('content')
    .where('import_id', '=', id)
    .where('number', '=', number)
    .executeTakeFirst()
  return part && (JSON.parse(tx.keys.reveal(key, place(id, number), part.content)) as Line[])
}

export const partsOf = (lines: number): number => Math.ceil(lines / partSize)

/** What values are understood against: the areas and subjects of the version the rows are taken in under. */
export async function knownFor(tx: TenantTx, settings: Settings): Promise<Known> {
  const { areas, subjects } = choices(await modelVersion(tx, settings.modelVersion), 'de')
  return { areas, subjects, today: berlinDay(tx.now) }
}

/** Begins to take in what was looked at; the rest is done by itself, part by part. */
export async function startTakeOver(tx: TenantTx, id: string): Promise<void> {
  const { row } = await loadImport(tx, id, true)
  if (row.state !== 'draft') throw new NotAllowed('import', { hidden: false })
  const undo_until = addDays(berlinDay(tx.now), undoDays)
  await tx.db.updateTable('intake.import').set({ state: 'running', undo_until }).where('id', '=', id).execute()
  await record(tx, 'took-over', `import:${id}`)
  await enqueue(tx, 'intake.take-over', { import: id, part: '0' })
}

/** Job: takes one part in, in one transaction, and puts the next into the queue. Done twice, the second finds no part. */
export async function takeOverPart(tx: TenantTx, { import: id = '', part = '0' }: JobPayload): Promise<void> {
  const { row, key, settings } = await loadImport(tx, id, true)
  if (row.state !== 'running') return
  const number = Number(part)
  const lines = await partOf(tx, id, number, key)
  if (lines) {
    const filling = new Filling(settings, settings.above)
    const known = await knownFor(tx, settings)
    const understood = lines.map((line) => understand(line, settings, known, filling))
    await takeRows(
      tx,
      id,
      settings,
      understood.flatMap((one) => ('row' in one ? [one.row] : [])),
    )
    const leftOut = understood.filter((one) => 'fault' in one).length
    await tx.db
      .updateTable('intake.import')
      .set((eb) => ({ left_out: eb('left_out', '+', leftOut) }))
      .where('id', '=', id)
      .execute()
    await keep(tx, id, key, { ...settings, above: filling.carried })
    await tx.db.deleteFrom('intake.import_part').where('import_id', '=', id).where('number', '=', number).execute()
    await record(tx, 'took-over', `import:${id}`)
  }
  if (number + 1 < partsOf(row.lines)) await enqueue(tx, 'intake.take-over', { import: id, part: String(number + 1) })
  else await tx.db.updateTable('intake.import').set({ state: 'done' }).where('id', '=', id).execute()
}

async function takeRows(tx: TenantTx, id: string, settings: Settings, rows: readonly RegisterRow[]): Promise<void> {
  const ofRegister = settings.kind === 'register'
  const running = rows.filter((one) => !one.closedOn)
  const closed = rows.flatMap((one) => (one.closedOn ? [{ ...one, closedOn: one.closedOn }] : []))
  const made = {
    case: ofRegister ? await takeCases(tx, settings, running) : [],
    figure: ofRegister ? await takeFigures(tx, closed) : [],
    report: ofRegister ? [] : await takeReports(tx, settings, rows),
  }
  const items = (['case', 'figure', 'report'] as const).flatMap((kind) =>
    made[kind].map((record_id) => ({ import_id: id, record_id, kind })),
  )
  if (items.length > 0) await tx.db.insertInto('intake.import_item').values(items).execute()
  await tx.db
    .updateTable('intake.import')
    .set((eb) => ({
      cases: eb('cases', '+', made.case.length),
      figures: eb('figures', '+', made.figure.length),
      reports: eb('reports', '+', made.report.length),
    }))
    .where('id', '=', id)
    .execute()
}

/** Takes everything back that an import made, as long as it may be. A draft is thrown away at once. */
export async function undoTakeOver(tx: TenantTx, id: string): Promise<void> {
  const { row } = await loadImport(tx, id, true)
  const late = row.state === 'done' && (row.undo_until ?? '') < berlinDay(tx.now)
  if (late || row.state === 'undone' || row.state === 'undoing') throw new NotAllowed('import', { hidden: false })
  await tx.db.deleteFrom('intake.import_part').where('import_id', '=', id).execute()
  await tx.db.updateTable('intake.import').set({ state: 'undoing' }).where('id', '=', id).execute()
  await record(tx, 'took-back', `import:${id}`)
  await enqueue(tx, 'intake.take-back', { import: id })
}

/** Job: takes one batch back and comes again until nothing is left. */
export async function takeBackPart(tx: TenantTx, { import: id = '' }: JobPayload): Promise<void> {
  const { row } = await loadImport(tx, id, true)
  if (row.state !== 'undoing') return
  const items = await tx.db
    .selectFrom('intake.import_item')
    .select(['record_id', 'kind'])
    .where('import_id', '=', id)
    .orderBy('record_id')
    .limit(partSize)
    .execute()
  const of = (kind: string) => items.filter((item) => item.kind === kind).map((item) => item.record_id)
  await takeBack(tx, of('case'), of('figure'))
  await takeBackReports(tx, of('report'))
  if (items.length > 0) {
    const ids = items.map((item) => item.record_id)
    await tx.db.deleteFrom('intake.import_item').where('import_id', '=', id).where('record_id', 'in', ids).execute()
    await enqueue(tx, 'intake.take-back', { import: id })
  } else await end(tx, id, row.content_key)
}

async function end(tx: TenantTx, id: string, key: string): Promise<void> {
  await tx.db.updateTable('intake.import').set({ state: 'undone', undo_until: null }).where('id', '=', id).execute()
  await tx.db
    .updateTable('platform.record_key')
    .set({ destroy_on: berlinDay(tx.now) })
    .where('id', '=', key)
    .execute()
}

/** Timed: drafts nobody took in within a day go; of imports past their days nobody knows any more what they made. */
export async function forgetImports(tx: TenantTx): Promise<void> {
  const today = berlinDay(tx.now)
  const drafts = await tx.db
    .selectFrom('intake.import')
    .select(['id', 'content_key'])
    .where('state', '=', 'draft')
    .where('made_on', '<', today)
    .execute()
  for (const { id, content_key } of drafts) {
    await tx.db.deleteFrom('intake.import_part').where('import_id', '=', id).execute()
    await end(tx, id, content_key)
  }
  await tx.db
    .deleteFrom('intake.import_item')
    .where('import_id', 'in', (db) =>
      db.selectFrom('intake.import').select('id').where('state', '=', 'done').where('undo_until', '<', today),
    )
    .execute()
}
