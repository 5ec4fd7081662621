import { bar } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { isInside, modelInForce, personsOf } from '#work/model/index.ts'
import { reportReleased } from '../facts.ts'

export interface Asked {
  /** It is about the administration itself: superiors are to be named. */
  readonly inside: boolean
  /** Offices of the model the reporter named. */
  readonly offices: readonly string[]
  /** What was typed instead. */
  readonly typed: readonly string[]
  /** Everybody appointed today, and whether she sits in one of the offices. */
  readonly persons: readonly {
    readonly id: string
    readonly name: string
    readonly roles: readonly string[]
    readonly named: boolean
  }[]
}

/** Whom the reporter did not want to read it, for the substitute who decides. */
export async function askedExclusions(tx: TenantTx, id: string): Promise<Asked> {
  const report = await tx.db
    .selectFrom('intake.report')
    .select(['content_key', 'held_for', 'subject'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!report?.held_for) throw new NotAllowed('held report', { hidden: true })
  const key = await livingKey(tx, report.content_key)
  const rows = await tx.db
    .selectFrom('intake.exclusion')
    .selectAll()
    .where('report_id', '=', id)
    .orderBy('number')
    .execute()
  const offices = rows.flatMap(({ reader }) => reader ?? [])
  const typed = rows.flatMap(({ typed: sealed, number }) =>
    sealed ? [tx.keys.reveal(key, { table: 'intake.exclusion', column: 'typed', row: `${id}:${number}` }, sealed)] : [],
  )
  const inside = isInside(await modelInForce(tx), report.subject)
  return { inside, offices, typed, persons: await appointed(tx, offices) }
}

async function appointed(tx: TenantTx, offices: readonly string[]): Promise<Asked['persons']> {
  const today = berlinDay(tx.now)
  const rows = await tx.db
    .selectFrom('auth.appointment as a')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'a.municipality_id').onRef('p.id', '=', 'a.person_id'),
    )
    .select(['p.id', 'p.name', 'a.role', 'a.area'])
    .where('a.from_on', '<=', today)
    .where((eb) => eb.or([eb('a.until_on', 'is', null), eb('a.until_on', '>=', today)]))
    .execute()
  const named = new Set(
    personsOf(
      await modelInForce(tx),
      offices,
      rows.map(({ id, role, area }) => ({ person: id, role, area })),
    ),
  )
  const byPerson = Map.groupBy(rows, ({ id }) => id)
  return [...byPerson.values()]
    .map((of) => ({ id: of[0]!.id, name: of[0]!.name, roles: of.map(({ role }) => role), named: named.has(of[0]!.id) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
}

/**
 * The substitute has decided who must not read it: these persons and whoever stands in for them never come near it;
 * everybody else is told now, as of any new report.
 */
export async function releaseReport(tx: TenantTx, id: string, barred: readonly string[]): Promise<void> {
  const { numUpdatedRows } = await tx.db
    .updateTable('intake.report')
    .set((eb) => ({
      held_for: null,
      released_by: tx.who.kind === 'person' ? tx.who.id : null,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .where('held_for', '=', 'substitute')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new NotAllowed('held report', { hidden: true })
  await bar(tx, id, barred)
  await record(tx, 'released', `report:${id}`)
  await tell(tx, reportReleased, `report:${id}`, {})
}
