/** The actor map as it is kept: who is on it, how big, where, and how they stand to one another. Pure. */

export const kinds = ['alliance', 'weak', 'tension', 'conflict', 'broken', 'power'] as const
export type Kind = (typeof kinds)[number]
export const influences = [1, 2, 3, 4] as const
export type Influence = (typeof influences)[number]

export interface Actor {
  /** Id of the party. */
  readonly party: string
  readonly influence: Influence
  readonly x: number
  readonly y: number
}
/** An actor that has no place yet gets one from the layout. */
export type Unplaced = Omit<Actor, 'x' | 'y'> & Partial<Pick<Actor, 'x' | 'y'>>

export interface Relation {
  readonly from: string
  readonly to: string
  readonly kind: Kind
}

export interface MapDocument<A = Actor> {
  readonly actors: readonly A[]
  readonly relations: readonly Relation[]
}

export const emptyMap: MapDocument = { actors: [], relations: [] }

/** One relation as text; `keyOf` is the same for two that say the same: only power has a direction. */
export const textOf = ({ from, kind, to }: Relation): string => [from, kind, to].join('|')
export const keyOf = ({ from, kind, to }: Relation): string =>
  textOf(kind === 'power' || from < to ? { from, kind, to } : { from: to, kind, to: from })

export function relationOf(text: string): Relation | undefined {
  const [from = '', kind, to = ''] = text.split('|')
  const known = kinds.find((one) => one === kind)
  return known && { from, to, kind: known }
}

/** Without what says nothing: nobody stands to herself, and nothing is said twice. Circles are fine. */
export function tidy(relations: readonly Relation[]): Relation[] {
  const kept = new Map(relations.filter(({ from, to }) => from !== to).map((one) => [keyOf(one), one]))
  return [...kept.values()]
}

/** The same map with merged parties as one: the bigger influence, the place of the one they became. */
export function mergedMap(document: MapDocument, { root }: { root(party: string): string }): MapDocument {
  const byRoot = Map.groupBy(document.actors, ({ party }) => root(party))
  const actors = [...byRoot].map(([party, all]) => ({
    ...(all.find((one) => one.party === party) ?? all[0]!),
    party,
    influence: all.reduce<Influence>((most, one) => (one.influence > most ? one.influence : most), 1),
  }))
  return {
    actors,
    relations: tidy(document.relations.map(({ from, to, kind }) => ({ from: root(from), to: root(to), kind }))),
  }
}

export type MapChange =
  | { readonly kind: 'came' | 'left'; readonly party: string }
  | { readonly kind: 'influence'; readonly party: string; readonly from: Influence; readonly to: Influence }
  | { readonly kind: 'begun' | 'ended'; readonly relation: Relation }
  | { readonly kind: 'turned'; readonly from: Relation; readonly to: Relation }

const pair = ({ from, to }: Relation) => [from, to].toSorted().join('|')

/** What is different in the second map. Where two stand is no difference: only who, how big, and how to one another. */
export function mapChanges(before: MapDocument<Unplaced>, after: MapDocument<Unplaced>): MapChange[] {
  const [old, now] = [before, after].map(({ actors }) => new Map(actors.map((one) => [one.party, one.influence])))
  const came = [...now!.keys()].filter((party) => !old!.has(party)).map((party) => ({ kind: 'came', party }) as const)
  const left = [...old!.keys()].filter((party) => !now!.has(party)).map((party) => ({ kind: 'left', party }) as const)
  const influence = [...now!].flatMap(([party, to]): MapChange[] => {
    const from = old!.get(party)
    return from === undefined || from === to ? [] : [{ kind: 'influence', party, from, to }]
  })
  const known = (list: readonly Relation[]) => new Set(list.map(keyOf))
  const [earlier, later] = [known(before.relations), known(after.relations)]
  const begun = after.relations.filter((one) => !earlier.has(keyOf(one)))
  const ended = before.relations.filter((one) => !later.has(keyOf(one)))
  // One ended and one begun between the same two is one that turned.
  const turned = begun.flatMap((to) => {
    const from = ended.filter((one) => pair(one) === pair(to))
    const news = begun.filter((one) => pair(one) === pair(to))
    return from.length === 1 && news.length === 1 ? [{ kind: 'turned', from: from[0]!, to } as const] : []
  })
  const taken = new Set(turned.flatMap(({ from, to }) => [from, to]))
  return [
    ...came,
    ...left,
    ...influence,
    ...turned,
    ...begun.filter((one) => !taken.has(one)).map((relation) => ({ kind: 'begun', relation }) as const),
    ...ended.filter((one) => !taken.has(one)).map((relation) => ({ kind: 'ended', relation }) as const),
  ]
}
