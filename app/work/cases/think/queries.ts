import { livingKey, statement, type TenantTx } from '#platform/tenancy/index.ts'
import { reveal } from '../commands/store.ts'
import { namesOf } from '../queries/people.ts'
import { mergedMap, type MapDocument } from './map/document.ts'
import type { Form, Stands } from './schema.ts'

export interface Party {
  readonly id: string
  readonly label: string
  readonly about: string
  readonly stands: Stands
  readonly form: Form
  readonly mergedInto: string | null
  readonly removedOn: string | null
  readonly version: number
}

/** Everybody noted in a case, in the order in which they were. */
export interface Parties {
  readonly all: readonly Party[]
  /** Those who are there: neither merged nor removed. */
  readonly present: readonly Party[]
  /** The party somebody became by merging; itself otherwise. */
  root(id: string): string
  /** What a party is called now, merged ones by what they became; '' for an unknown one. */
  label(id: string): string
}

/** Makes the lookup from the rows. Circles cannot be stored, but a damaged row must not hang a page. */
export function partiesFrom(all: readonly Party[]): Parties {
  const byId = new Map(all.map((one) => [one.id, one]))
  const root = (id: string): string => {
    const seen = new Set<string>()
    let at = id
    for (let next = byId.get(at)?.mergedInto; next && !seen.has(next); next = byId.get(at)?.mergedInto) {
      seen.add(at)
      at = next
    }
    return at
  }
  return {
    all,
    present: all.filter(({ mergedInto, removedOn }) => mergedInto === null && removedOn === null),
    root,
    label: (id) => byId.get(root(id))?.label ?? '',
  }
}

const partyRows = statement((db, caseId: string) =>
  db.selectFrom('cases.party').selectAll().where('case_id', '=', caseId).orderBy('added_at').orderBy('id'),
)

export async function partiesOf(tx: TenantTx, caseId: string, contentKey: string): Promise<Parties> {
  const rows = await partyRows(tx, caseId)
  if (rows.length === 0) return partiesFrom([])
  const key = await livingKey(tx, contentKey)
  return partiesFrom(
    rows.map((row) => ({
      id: row.id,
      label: reveal(tx, key, ['party', 'label', row.id], row.label),
      // Only the page of the parties shows it: the others need not open thirty texts.
      get about() {
        return row.about ? reveal(tx, key, ['party', 'about', row.id], row.about) : ''
      },
      stands: row.stands,
      form: row.form,
      mergedInto: row.merged_into,
      removedOn: row.removed_on,
      version: row.version,
    })),
  )
}

export interface MapVersion {
  readonly number: number
  readonly edition: number
  readonly madeOn: string
  readonly by: string
  readonly document: MapDocument
}

/** Which versions of the actor map there are, newest first; nothing sealed is opened. */
export const mapList = (tx: TenantTx, caseId: string) =>
  tx.db
    .selectFrom('cases.map')
    .select(['number', 'made_on as madeOn'])
    .where('case_id', '=', caseId)
    .orderBy('number', 'desc')
    .execute()
export type MapLine = Awaited<ReturnType<typeof mapList>>[number]

/** One version of the actor map, the newest unless told, with merged parties as one. Undefined where there is none. */
export async function mapOf(
  tx: TenantTx,
  caseId: string,
  contentKey: string,
  parties: Parties,
  number?: number,
): Promise<MapVersion | undefined> {
  const versions = tx.db
    .selectFrom('cases.map')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('number', 'desc')
    .limit(1)
  const row = await (number === undefined ? versions : versions.where('number', '=', number)).executeTakeFirst()
  if (!row) return undefined
  const key = await livingKey(tx, contentKey)
  const document = JSON.parse(reveal(tx, key, ['map', 'content', row.id], row.content)) as MapDocument
  return {
    number: row.number,
    edition: row.edition,
    madeOn: row.made_on,
    by: (await namesOf(tx, [row.made_by])).get(row.made_by) ?? '',
    document: mergedMap(document, parties),
  }
}
