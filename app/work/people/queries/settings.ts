import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, verbsOf } from '#work/model/index.ts'
import type { Standing } from '../office/rules.ts'
import { about, noAbout, type About } from '../office/schema.ts'

/** What the municipality says about itself, and what has happened on the way to being public. Version 0: nothing yet. */
export async function settingsOf(tx: TenantTx) {
  const row = await tx.db.selectFrom('people.settings').selectAll().executeTakeFirst()
  const said: About = row ? about.parse(row.about) : noAbout
  return {
    version: row?.version ?? 0,
    about: said,
    times_on: row?.times_on ?? null,
    assessment_on: row?.assessment_on ?? null,
    council_on: row?.council_on ?? null,
    recovery_on: row?.recovery_on ?? null,
    probe_on: row?.probe_on ?? null,
    proxy_by: row?.proxy_by ?? null,
  }
}
export type Settings = Awaited<ReturnType<typeof settingsOf>>

/** The verbs of everybody who has set up an access and has not left. */
async function verbsOfPersons(tx: TenantTx): Promise<ReadonlySet<string>[]> {
  const model = await modelInForce(tx)
  const rows = await tx.db
    .selectFrom('auth.person as p')
    .innerJoin('auth.credential as c', (join) =>
      join.onRef('c.municipality_id', '=', 'p.municipality_id').onRef('c.person_id', '=', 'p.id'),
    )
    .innerJoin('auth.appointment as a', (join) =>
      join.onRef('a.municipality_id', '=', 'p.municipality_id').onRef('a.person_id', '=', 'p.id'),
    )
    .select(['p.id', 'a.role'])
    .distinct()
    .where('p.left_on', 'is', null)
    .where('a.until_on', 'is', null)
    .execute()
  const roles = Map.groupBy(rows, ({ id }) => id)
  return [...roles.values()].map((held) =>
    verbsOf(
      model,
      held.map(({ role }) => role),
    ),
  )
}

/** Everything the switch looks at. */
export const standingOf = async (tx: TenantTx): Promise<Standing & Settings> => ({
  ...(await settingsOf(tx)),
  persons: await verbsOfPersons(tx),
})

/** The coat of arms in one of its sizes, if it is the one with this hash. */
export async function armsPicture(tx: TenantTx, hash: string, size: 'small' | 'large'): Promise<Buffer | undefined> {
  const row = await tx.db.selectFrom('people.arms').select(['hash', size]).where('hash', '=', hash).executeTakeFirst()
  return row?.[size]
}

/** Somebody's name, for "bestätigt von". */
export const nameOfPerson = async (tx: TenantTx, id: string): Promise<string> =>
  (await tx.db.selectFrom('auth.person').select('name').where('id', '=', id).executeTakeFirst())?.name ?? '–'
