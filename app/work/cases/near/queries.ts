import { recordKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import { namesOf } from '../queries/people.ts'
import { wayAt, type Arrow } from './rules.ts'
import { words } from './words.ts'

const t = words('de')

/** Every standing link between two cases of which the actor may open both. */
export const arrows = (tx: TenantTx): Promise<Arrow[]> =>
  tx.db
    .selectFrom('cases.link')
    .select(['from_case as from', 'to_case as to', 'kind'])
    .where('ended_at', 'is', null)
    .execute()

const linkRows = statement((db, here: string) =>
  db
    .selectFrom('cases.link as l')
    .innerJoin('cases.case as c', (join) =>
      join
        .onRef('c.municipality_id', '=', 'l.municipality_id')
        .on((eb) => eb.or([eb('c.id', '=', eb.ref('l.from_case')), eb('c.id', '=', eb.ref('l.to_case'))]))
        .on('c.id', '<>', here),
    )
    .select([
      'l.id',
      'l.from_case as from',
      'l.to_case as to',
      'l.kind',
      'l.made_at as madeAt',
      'l.made_by',
      'l.ended_at as endedAt',
      'l.ended_by',
      'l.reason',
      'c.id as other',
      'c.number',
      'c.matter',
      'c.content_key',
      'c.closed_on as closedOn',
    ])
    .where((eb) => eb.or([eb('l.from_case', '=', here), eb('l.to_case', '=', here)]))
    .orderBy('l.made_at'),
)

/** All links of a case, standing and parted, with what the other case is about. Only what the actor may open. */
export async function linksOf(tx: TenantTx, here: string) {
  const rows = await linkRows(tx, here)
  if (rows.length === 0) return []
  const names = await namesOf(
    tx,
    rows.flatMap((row) => [row.made_by, row.ended_by]),
  )
  const shown = rows.map(async ({ matter, reason, content_key, ...row }) => {
    const key = await recordKey(tx, content_key)
    // The reason lies under the key of the first case, which may be either of the two.
    const from = row.from === row.other ? key : await keyOf(tx, row.from)
    return {
      ...row,
      way: wayAt(here, row),
      madeBy: names.get(row.made_by),
      endedBy: names.get(row.ended_by ?? ''),
      matter: key ? tx.keys.reveal(key, { table: 'cases.case', column: 'matter', row: row.other }, matter) : '',
      reason:
        reason && from
          ? tx.keys.reveal(from, { table: 'cases.link', column: 'reason', row: row.id }, reason)
          : undefined,
    }
  })
  return Promise.all(shown)
}
export type Link = Awaited<ReturnType<typeof linksOf>>[number]

async function keyOf(tx: TenantTx, id: string) {
  const row = await tx.db.selectFrom('cases.case').select('content_key').where('id', '=', id).executeTakeFirst()
  return row && recordKey(tx, row.content_key)
}

/** Which of these cases stand in a link that the actor may see. */
export async function linkedAmong(tx: TenantTx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await tx.db
    .selectFrom('cases.link')
    .select(['from_case', 'to_case'])
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('from_case', 'in', [...ids]), eb('to_case', 'in', [...ids])]))
    .execute()
  return new Set(rows.flatMap((row) => [row.from_case, row.to_case]))
}

/** A line of the course of a case. */
interface Entry {
  readonly at: Date
  readonly kind: string
  readonly step: string | null
  readonly by: string | undefined
  readonly person: string
  readonly note: string | undefined
}

/** The same as lines of the course: they stand in no record of one case, which somebody else may read alone. */
export const linkEntries = (links: readonly Link[]): Entry[] =>
  links.flatMap(({ number, way, madeAt, madeBy, endedAt, endedBy, reason }) => {
    const what = t(`entry.${way}`, { number })
    const line = (at: Date, kind: string, by: string | undefined, note: string): Entry => ({
      at,
      kind,
      by,
      note,
      step: null,
      person: '',
    })
    return [
      line(madeAt, 'linked', madeBy, what),
      ...(endedAt ? [line(endedAt, 'parted', endedBy, reason ? `${what}. ${reason}` : what)] : []),
    ]
  })

/** Two courses as one, newest first. */
export const merged = (course: readonly Entry[], links: readonly Entry[]): Entry[] =>
  links.length === 0
    ? [...course]
    : [...links.toReversed(), ...course].toSorted((a, b) => b.at.getTime() - a.at.getTime())
