import { holdersOf } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { modelInForce, type Published, type Verb } from '#work/model/index.ts'
import { actor, lockRequest, near } from './store.ts'

/** Who has looked for a person already, and whether more have to. */
export interface Searched {
  readonly by: readonly { readonly name: string; readonly day: string; readonly substitute: boolean }[]
  /** Another one who prepares has to look: whoever is kept from a record does not find it. */
  readonly another: boolean
  /** The substitute has to look at what only she reads. */
  readonly substitute: boolean
}

const holding = (model: Published, ...verbs: readonly Verb[]) =>
  [...model.verbs].filter(([, of]) => verbs.every((verb) => of.has(verb))).map(([role]) => role)

const personsWith = async (tx: TenantTx, roles: readonly string[]) =>
  new Set((await holdersOf(tx, roles)).map(({ person }) => person))

/** Who has looked, and who still has to before an answer is complete. Nobody blocks an office that has nobody else. */
export async function searchedFor(tx: TenantTx, request: string): Promise<Searched> {
  const model = await modelInForce(tx)
  const rows = await tx.db
    .selectFrom('inspection.search as s')
    .innerJoin('auth.person as p', (join) =>
      join.onRef('p.municipality_id', '=', 's.municipality_id').onRef('p.id', '=', 's.made_by'),
    )
    .select(['s.made_by', 'p.name', 's.made_on as day', 's.substitute'])
    .where('s.request_id', '=', request)
    .orderBy('s.made_on')
    .orderBy('p.name')
    .execute()
  const able = await personsWith(tx, holding(model, 'cases.export', 'intake.contacts'))
  const substitutes = await personsWith(tx, holding(model, 'intake.substitute'))
  const ordinary = rows.filter(({ made_by }) => able.has(made_by)).length
  return {
    by: rows.map(({ name, day, substitute }) => ({ name, day, substitute })),
    another: ordinary < Math.min(2, able.size),
    substitute: substitutes.size > 0 && !rows.some(({ substitute }) => substitute),
  }
}

/** Notes that somebody has looked for whoever asks; what was found is hers to add, or to answer herself. */
export async function noteSearch(tx: TenantTx, id: string): Promise<void> {
  const { row } = await lockRequest(tx, id, 'open')
  if (row.basis !== 'gdpr' || row.quiet) throw new NotAllowed('search', { hidden: false })
  const substitute = near(tx, 'substitute')
  const made = { made_on: berlinDay(tx.now), substitute }
  await tx.db
    .insertInto('inspection.search')
    .values({ request_id: id, made_by: actor(tx), ...made })
    .onConflict((conflict) => conflict.columns(['municipality_id', 'request_id', 'made_by']).doUpdateSet(made))
    .execute()
  await record(tx, 'inspection-searched', `inspection:${id}`)
}
