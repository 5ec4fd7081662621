import { entitled, holdersOf } from '#platform/access/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { statement, type TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, say, word } from '#work/model/index.ts'
import { needsHandler } from '../rules.ts'
import type { Readiness } from '../schema.ts'

/** What somebody said of herself. */
export const readinessOf = (tx: TenantTx, person: string) =>
  tx.db.selectFrom('cases.readiness').selectAll().where('person_id', '=', person).executeTakeFirst()

/** Free capacity as somebody stated it herself; undefined once the day is over until which she stated it. */
export type Capacity = {
  readonly time: Readiness['time']
  readonly hours: number | null
  readonly until: string | null
}

export const heldOn = (
  row: { time: Readiness['time'] | null; hours: number | null; until_on: string | null },
  today: string,
): Capacity | undefined =>
  row.time && !(row.until_on && row.until_on < today)
    ? { time: row.time, hours: row.hours, until: row.until_on }
    : undefined

/** Everybody whose roles may handle a case today, with what decides whether she may be given this one. */
export async function handlersFor(tx: TenantTx, caseId: string) {
  const model = await modelInForce(tx)
  const roles = [...model.verbs].filter(([, verbs]) => verbs.has('cases.handle')).map(([role]) => role)
  const holders = await holdersOf(tx, roles)
  if (holders.length === 0) return []
  const rows = await tx.db
    .selectFrom('auth.person as p')
    .leftJoin('access.barred as b', (join) =>
      join
        .onRef('b.municipality_id', '=', 'p.municipality_id')
        .onRef('b.person_id', '=', 'p.id')
        .on('b.record_id', '=', caseId),
    )
    .leftJoin('cases.readiness as r', (join) =>
      join.onRef('r.municipality_id', '=', 'p.municipality_id').onRef('r.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'p.name', 'p.employed', 'p.undertaken_on', 'b.person_id as barred'])
    .select(['r.time', 'r.hours', 'r.until_on', 'r.languages'])
    .where(
      'p.id',
      'in',
      holders.map(({ person }) => person),
    )
    .execute()
  const today = berlinDay(tx.now)
  const shown = await entitled(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    employed: row.employed,
    undertakenOn: row.undertaken_on,
    mayHandle: true,
    barred: row.barred !== null,
    capacity: heldOn(row, today),
    languages: row.languages ?? [],
    proofs: model.model.entitlements.filter(({ id }) => shown.get(row.id)?.has(id)).map(({ name }) => say(name, 'de')),
    roles: holders.filter(({ person }) => person === row.id).map(({ role }) => word(model, role).one),
  }))
}

/** Names by id, of people who left too. */
export async function namesOf(tx: TenantTx, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await tx.db.selectFrom('auth.person').select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Everybody else who works here today. */
export const colleagueNames = (tx: TenantTx, person: string) =>
  tx.db
    .selectFrom('auth.person')
    .select('name')
    .where('id', '<>', person)
    .where('guest', '=', false)
    .where((eb) => eb.or([eb('left_on', 'is', null), eb('left_on', '>', berlinDay(tx.now))]))
    .execute()

const grantRows = statement((db, caseId: string, today: string) =>
  db
    .selectFrom('access.grant as g')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'g.municipality_id').onRef('p.id', '=', 'g.person_id'),
    )
    .select(['g.person_id as person', 'p.name', 'g.role as as', 'g.until_on as until'])
    .where('g.record_id', '=', caseId)
    .where('g.from_on', '<=', today)
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>=', today)]))
    .orderBy('p.name'),
)

/** Which of these cases are somebody's no more and need a new handler. */
export async function withoutHandler(tx: TenantTx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const today = berlinDay(tx.now)
  const rows = await tx.db
    .selectFrom('cases.case as c')
    .select(['c.id', 'c.step_kind', 'c.closed_on'])
    .select(({ exists, selectFrom }) => [
      exists(
        selectFrom('cases.entry as e')
          .select('e.id')
          .whereRef('e.municipality_id', '=', 'c.municipality_id')
          .whereRef('e.case_id', '=', 'c.id')
          .where('e.kind', '=', 'assigned'),
      ).as('assigned'),
      selectFrom('access.grant as g')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .whereRef('g.municipality_id', '=', 'c.municipality_id')
        .whereRef('g.record_id', '=', 'c.id')
        .where('g.role', 'in', ['lead', 'with'])
        .where('g.from_on', '<=', today)
        .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>=', today)]))
        .as('working'),
    ])
    .where('c.id', 'in', [...ids])
    .execute()
  const alone = rows.filter((row) =>
    needsHandler({
      closed: row.closed_on !== null,
      at: row.step_kind,
      assigned: Boolean(row.assigned),
      working: Number(row.working),
    }),
  )
  return new Set(alone.map(({ id }) => id))
}

/** Who works on a case today, and until when. */
export const grantsOf = (tx: TenantTx, caseId: string) => grantRows(tx, caseId, berlinDay(tx.now))
