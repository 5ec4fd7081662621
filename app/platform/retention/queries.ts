import { sql } from 'kysely'
import { record } from '../audit/index.ts'
import { berlinDay, NotAllowed } from '../kernel/index.ts'
import type { TenantTx } from '../tenancy/index.ts'

/** The day on which a record was deleted; undefined when it never was, or nobody may know that it was there. */
export async function destroyedOn(tx: TenantTx, kind: string, of: string): Promise<string | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(of)) return undefined
  const row = await tx.db
    .selectFrom('platform.deletion_proof')
    .select('destroyed_on')
    .where('record_id', '=', of)
    .where('kind', '=', kind)
    .where('class', '=', kind)
    .executeTakeFirst()
  return row?.destroyed_on
}

export interface Destroyed {
  /** First day of the month. */
  readonly month: string
  readonly class: string
  readonly count: number
}

/** How much of each class was destroyed in the last twelve months, newest month first. */
export async function destroyedByMonth(tx: TenantTx): Promise<Destroyed[]> {
  const { rows } = await sql<Destroyed>`
    select date_trunc('month', destroyed_on)::date as month, class, count(*)::int as count
      from platform.deletion_proof where destroyed_on > ${berlinDay(tx.now)}::date - interval '12 months'
     group by 1, 2 order by 1 desc, 2`.execute(tx.db)
  return rows
}

/** What is held today, as far as this person may know of it: kind, since when, by whom. Neither record nor reason. */
export const allHolds = (tx: TenantTx) =>
  tx.db
    .selectFrom('retention.hold as h')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'h.municipality_id').onRef('p.id', '=', 'h.set_by'),
    )
    .select(['h.kind', 'h.set_on as since', 'p.name as by', 'h.because'])
    .where('h.lifted_on', 'is', null)
    .orderBy('h.set_on')
    .orderBy('h.id')
    .execute()

export interface ArchiveDecision {
  readonly kind: string
  readonly decision: 'offered' | 'not-kept'
  readonly decidedOn: string
  readonly notedBy: string
}

/** What the municipal archive decided beforehand, by kind of data. */
export const archiveDecisions = (tx: TenantTx): Promise<ArchiveDecision[]> =>
  tx.db
    .selectFrom('retention.archive_decision as d')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'd.municipality_id').onRef('p.id', '=', 'd.noted_by'),
    )
    .select(['d.kind', 'd.decision', 'd.decided_on as decidedOn', 'p.name as notedBy'])
    .orderBy('d.kind')
    .execute()

/** Writes down what the archive decided for one kind of data; a new decision takes the place of the old one. */
export async function decideArchive(
  tx: TenantTx,
  { kind, decision, decidedOn }: Omit<ArchiveDecision, 'notedBy'>,
): Promise<void> {
  if (tx.who.kind !== 'person') throw new NotAllowed('archive decision', { hidden: false })
  const row = { kind, decision, decided_on: decidedOn, noted_by: tx.who.id }
  await tx.db
    .insertInto('retention.archive_decision')
    .values(row)
    .onConflict((conflict) => conflict.columns(['municipality_id', 'kind']).doUpdateSet(row))
    .execute()
  await record(tx, `archive:${decision}`, `retention:${kind}`)
}
