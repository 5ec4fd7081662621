import { admitted, bar, grant } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { tell } from '#platform/facts/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { holderRoles, isInside, modelInForce, personsOf, type Published } from '#work/model/index.ts'
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
    /** Would take it on once it is released. */
    readonly takes: boolean
    /** May hold it where the coordination office is itself concerned. */
    readonly mayHold: boolean
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
  const model = await modelInForce(tx)
  return { inside: isInside(model, report.subject), offices, typed, persons: await appointed(tx, model, offices) }
}

/** Persons of the offices that whoever reported one of these did not want to read it, as far as that is not decided yet. */
export async function excludedFrom(tx: TenantTx, reports: readonly string[]): Promise<Set<string>> {
  if (reports.length === 0) return new Set()
  const held = await tx.db
    .selectFrom('intake.report')
    .select('id')
    .where('id', 'in', [...reports])
    .where('held_for', 'is not', null)
    .execute()
  const asked = await Promise.all(held.map(({ id }) => askedExclusions(tx, id)))
  return new Set(asked.flatMap(({ persons }) => persons.filter(({ named }) => named).map(({ id }) => id)))
}

/** Whoever shall hold a report is kept from it herself, or stands in for somebody who is. */
export class HolderBarred extends Error {}

export interface Release {
  /** Who must not read it. */
  readonly persons: readonly string[]
  /** Who takes the place of the coordination office; '' for nobody. */
  readonly holder: string
  /** That nobody is anybody's superior was ticked. */
  readonly nobody: boolean
}

/** What is wrong with a release, as field and sentence; undefined when nothing is. */
export function releaseFault(
  { inside, persons }: Asked,
  said: Release,
): readonly [field: 'persons' | 'holder', message: ReleaseFault] | undefined {
  if (inside && said.persons.length === 0 && !said.nobody) return ['persons', 'release.inside.missing']
  if (said.persons.includes(said.holder)) return ['holder', 'release.holder.barred']
  if (said.holder && !persons.some(({ id, mayHold }) => id === said.holder && mayHold))
    return ['holder', 'release.holder.unknown']
  const takers = persons.filter(({ id, takes }) => takes && !said.persons.includes(id))
  return takers.length === 0 && !said.holder ? ['holder', 'release.holder.missing'] : undefined
}
type ReleaseFault = 'release.inside.missing' | `release.holder.${'barred' | 'unknown' | 'missing'}`

async function appointed(tx: TenantTx, model: Published, offices: readonly string[]): Promise<Asked['persons']> {
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
      model,
      offices,
      rows.map(({ id, role, area }) => ({ person: id, role, area })),
    ),
  )
  const holding = holderRoles(model)
  const takes = (role: string) =>
    model.verbs.get(role)?.has('intake.read') && model.verbs.get(role)?.has('intake.decide')
  const byPerson = Map.groupBy(rows, ({ id }) => id)
  return [...byPerson.values()]
    .map((of) => ({
      id: of[0]!.id,
      name: of[0]!.name,
      roles: of.map(({ role }) => role),
      named: named.has(of[0]!.id),
      takes: of.some(({ role }) => takes(role) === true),
      mayHold: of.some(({ role }) => holding.includes(role)),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
}

/**
 * The substitute has decided who must not read it: these persons and whoever stands in for them never come near it;
 * everybody else is told now, as of any new report. Where the coordination office is itself concerned, `holder` takes its
 * place, for the report and the case it becomes. Throws HolderBarred when she is kept from it herself.
 */
export async function releaseReport(
  tx: TenantTx,
  id: string,
  barred: readonly string[],
  holder?: string,
): Promise<void> {
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
  if (holder) {
    if ((await admitted(tx, id, [holder])).length === 0) throw new HolderBarred()
    await grant(tx, { record: id, person: holder, role: 'holder' })
    await record(tx, 'handed-to-holder', `report:${id}`)
  }
  await record(tx, 'released', `report:${id}`)
  await tell(tx, reportReleased, `report:${id}`, {})
}
