import { entitled, holdersOf } from '#platform/access/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, say, word } from '#work/model/index.ts'

/** What somebody said of herself. */
export const readinessOf = (tx: TenantTx, person: string) =>
  tx.db.selectFrom('cases.readiness').selectAll().where('person_id', '=', person).executeTakeFirst()

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
    .select(['p.id', 'p.name', 'p.employed', 'p.undertaken_on', 'b.person_id as barred', 'r.time', 'r.languages'])
    .where(
      'p.id',
      'in',
      holders.map(({ person }) => person),
    )
    .execute()
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
    time: row.time,
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

/** Who works on a case today, and until when. */
export async function grantsOf(tx: TenantTx, caseId: string) {
  const today = berlinDay(tx.now)
  return tx.db
    .selectFrom('access.grant as g')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 'g.municipality_id').onRef('p.id', '=', 'g.person_id'),
    )
    .select(['g.person_id as person', 'p.name', 'g.role as as', 'g.until_on as until'])
    .where('g.record_id', '=', caseId)
    .where('g.from_on', '<=', today)
    .where((eb) => eb.or([eb('g.until_on', 'is', null), eb('g.until_on', '>=', today)]))
    .orderBy('p.name')
    .execute()
}
