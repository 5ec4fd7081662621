import { enqueue } from '#platform/jobs/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { partsOf } from './takeOver.ts'

/** Imports that stand half-way, each at its next part. */
async function imports(tx: TenantTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('intake.import as i')
    .leftJoin('intake.import_part as p', (join) =>
      join.onRef('p.municipality_id', '=', 'i.municipality_id').onRef('p.import_id', '=', 'i.id'),
    )
    .select(['i.id', 'i.state', 'i.lines', (eb) => eb.fn.min('p.number').as('next')])
    .where('i.state', 'in', ['running', 'undoing'])
    .groupBy(['i.id', 'i.state', 'i.lines'])
    .execute()
  for (const { id, state, lines, next } of rows) {
    const key = `import:${id}`
    if (state === 'undoing') await enqueue(tx, 'intake.take-back', { import: id }, { key })
    // Without a part left only the end is missing, which the last part writes.
    else await enqueue(tx, 'intake.take-over', { import: id, part: String(next ?? partsOf(lines) - 1) }, { key })
  }
}

/** Danger that nobody may have opened: the job itself looks whether somebody has. */
async function danger(tx: TenantTx): Promise<void> {
  const rows = await tx.db
    .selectFrom('intake.report')
    .select('id')
    .where('step_kind', '=', 'urgent')
    .where('danger', '=', true)
    .where('synthetic', '=', false)
    .execute()
  for (const { id } of rows) await enqueue(tx, 'intake.danger-unopened', { report: id }, { key: `danger:${id}` })
}

/** Unfinished reports are not in a backup, so nothing is owed about them; mails and facts are rows themselves. */
export async function owed(tx: TenantTx): Promise<void> {
  await imports(tx)
  await danger(tx)
}
