import type { TenantTx } from '#platform/tenancy/index.ts'
import { workedOn } from '#work/cases/index.ts'
import { knownFor, loadImport, partOf, partsOf } from '../commands/takeOver.ts'
import { Filling, understand, type RegisterRow, type RowFault } from '../takeover/rows.ts'

const mostShown = 50
const samples = 5

/** What would come of a file as it is understood now. */
export interface Preview {
  readonly running: number
  readonly closed: number
  readonly faults: readonly RowFault[]
  readonly faultCount: number
  /** Names the model does not know, with how often they stand there; taken in as "weiß nicht". */
  readonly strange: readonly { readonly field: 'area' | 'subject'; readonly name: string; readonly count: number }[]
  /** Closed rows whose outcome says nothing the model knows. */
  readonly withoutOutcome: number
  /** Numbers that stand in the source more than once. */
  readonly twice: number
  readonly sample: readonly RegisterRow[]
}

/** Looks through all lines of a draft, one part in memory at a time. */
export async function previewOf(tx: TenantTx, id: string): Promise<Preview> {
  const { row, key, settings } = await loadImport(tx, id)
  const filling = new Filling(settings)
  const known = await knownFor(tx, settings)
  const strange = new Map<string, number>()
  const numbers = new Map<string, number>()
  const faults: RowFault[] = []
  const sample: RegisterRow[] = []
  const count = { running: 0, closed: 0, faultCount: 0, withoutOutcome: 0 }
  for (let number = 0; number < partsOf(row.lines); number += 1) {
    for (const line of (await partOf(tx, id, number, key)) ?? []) {
      const one = understand(line, settings, known, filling)
      if ('fault' in one) {
        count.faultCount += 1
        if (faults.length < mostShown) faults.push(one.fault)
      }
      if (!('row' in one)) continue
      count[one.row.closedOn ? 'closed' : 'running'] += 1
      if (one.row.closedOn && !one.row.outcome) count.withoutOutcome += 1
      if (sample.length < samples) sample.push(one.row)
      if (one.row.number) numbers.set(one.row.number, (numbers.get(one.row.number) ?? 0) + 1)
      for (const field of ['area', 'subject'] as const) {
        const name = filling.cell(line, field)
        if (name && one.row[field] === 'unknown')
          strange.set(`${field} ${name}`, (strange.get(`${field} ${name}`) ?? 0) + 1)
      }
    }
  }
  return {
    ...count,
    faults,
    sample,
    twice: [...numbers.values()].filter((times) => times > 1).length,
    strange: [...strange]
      .map(([at, times]) => {
        const [field = '', ...name] = at.split(' ')
        return { field: field as 'area' | 'subject', name: name.join(' '), count: times }
      })
      .toSorted((a, b) => b.count - a.count)
      .slice(0, mostShown),
  }
}

/** Imports of this municipality, the latest first; how far each has come. */
export const imports = (tx: TenantTx) =>
  tx.db
    .selectFrom('intake.import')
    .select(['id', 'kind', 'state', 'made_on', 'lines', 'cases', 'figures', 'reports', 'left_out', 'undo_until'])
    .orderBy('made_on', 'desc')
    .orderBy('id')
    .limit(20)
    .execute()
export type ImportRow = Awaited<ReturnType<typeof imports>>[number]

/** How many cases of an import somebody has worked on since: their work would go with them. */
export async function workedOnSince(tx: TenantTx, id: string): Promise<number> {
  const items = await tx.db
    .selectFrom('intake.import_item')
    .select('record_id')
    .where('import_id', '=', id)
    .where('kind', '=', 'case')
    .execute()
  return workedOn(
    tx,
    items.map(({ record_id }) => record_id),
  )
}
