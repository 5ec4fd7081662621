import type { RawForm } from '#platform/forms/index.ts'
import {
  influences,
  keyOf,
  kinds,
  relationOf,
  tidy,
  type Actor,
  type Kind,
  type MapDocument,
  type Relation,
  type Unplaced,
} from './document.ts'

/** The map as a form: who is on it, how big, and rows of relations. The canvas writes into the same fields. */

/** Rows for new relations. */
export const newRows = ['n0', 'n1', 'n2'] as const

const text = (raw: RawForm, name: string) => [raw[name] ?? ''].flat()[0] ?? ''
const kindOf = (value: string): Kind | undefined => kinds.find((one) => one === value)

function placeOf(value: string): Pick<Actor, 'x' | 'y'> | undefined {
  const match = /^(-?\d{1,5}(?:\.\d+)?),(-?\d{1,5}(?:\.\d+)?)$/.exec(value)
  return match ? { x: Number(match[1]), y: Number(match[2]) } : undefined
}

export interface Row {
  readonly relation: Relation
  /** Position in the form. */
  readonly at: string
  /** What is chosen for it; '' takes it off. */
  readonly chosen: string
}

/** The rows of the relations there are, with what was chosen for them; those somebody else ended meanwhile too. */
export function rowsOf(stored: MapDocument<Unplaced>, raw: RawForm = {}): Row[] {
  const asked = Object.entries(raw).flatMap(([name, value]) => {
    const relation = name.startsWith('was-') ? relationOf([value].flat()[0] ?? '') : undefined
    return relation ? [{ relation, chosen: text(raw, name.replace('was-', 'kind-')) }] : []
  })
  const there = new Set(stored.relations.map(keyOf))
  const all = [
    ...stored.relations.map((relation) => ({
      relation,
      chosen: asked.find((one) => keyOf(one.relation) === keyOf(relation))?.chosen ?? relation.kind,
    })),
    ...asked.filter(({ relation, chosen }) => !there.has(keyOf(relation)) && chosen !== ''),
  ]
  return all.map((row, index) => ({ ...row, at: String(index) }))
}

export type MapFault = { readonly field: string; readonly message: 'error.relation' | 'error.self' }

/**
 * What a form makes of the stored map. Fields that are missing change nothing, so that what somebody else has added
 * meanwhile stays. Whoever has a relation is on the map.
 */
export function applyForm(
  stored: MapDocument,
  raw: RawForm,
  parties: readonly string[],
): { document: MapDocument<Unplaced>; faults: MapFault[] } {
  const kept = new Map(stored.relations.map((one) => [keyOf(one), one]))
  for (const { relation, chosen } of rowsOf(stored, raw)) {
    kept.delete(keyOf(relation))
    const kind = kindOf(chosen)
    if (kind) kept.set(keyOf({ ...relation, kind }), { ...relation, kind })
  }
  const faults: MapFault[] = []
  for (const row of newRows) {
    const [from, to, kind] = [text(raw, `from-${row}`), text(raw, `to-${row}`), kindOf(text(raw, `kind-${row}`))]
    if (!from && !to) continue
    if (!kind || !parties.includes(from) || !parties.includes(to))
      faults.push({ field: `kind-${row}`, message: 'error.relation' })
    else if (from === to) faults.push({ field: `to-${row}`, message: 'error.self' })
    else kept.set(keyOf({ from, to, kind }), { from, to, kind })
  }
  const relations = tidy([...kept.values()]).filter(({ from, to }) => parties.includes(from) && parties.includes(to))
  const related = new Set(relations.flatMap(({ from, to }) => [from, to]))
  const actors = parties.flatMap((party): Unplaced[] => {
    const before = stored.actors.find((one) => one.party === party)
    const said = raw[`influence-${party}`]
    const chosen = influences.find((one) => String(one) === said)
    const influence = said === undefined ? before?.influence : chosen
    if (!influence && !related.has(party)) return []
    const place = placeOf(text(raw, `at-${party}`)) ?? (before && { x: before.x, y: before.y })
    return [{ party, influence: influence ?? before?.influence ?? 2, ...place }]
  })
  return { document: { actors, relations }, faults }
}
