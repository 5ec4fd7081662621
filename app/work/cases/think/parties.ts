import type { Parties } from './queries.ts'
import { partyTexts, type Depth, type PartyDepth } from './schema.ts'

/** What was noted of several that turned out to be one: texts below one another, the stage of the one they became. */
function together(own: PartyDepth | undefined, others: readonly PartyDepth[]): PartyDepth {
  const all = [...(own ? [own] : []), ...others]
  const texts = partyTexts.flatMap((name) => {
    const said = all.flatMap((one) => one[name] ?? [])
    return said.length > 0 ? [[name, said.join('\n')] as const] : []
  })
  const stage = own?.stage ?? others.find((one) => one.stage !== undefined)?.stage
  return { ...Object.fromEntries(texts), ...(stage !== undefined && { stage }) }
}

/** The same with merged parties counted as one. */
export function merged(depth: Depth, { root }: Pick<Parties, 'root'>): Depth {
  if (!depth.parties) return depth
  const roots = Map.groupBy(Object.entries(depth.parties), ([id]) => root(id))
  const parties = [...roots].map(([id, entries]) => {
    const own = entries.find(([one]) => one === id)?.[1]
    const others = entries.filter(([one]) => one !== id).map(([, one]) => one)
    return [id, together(own, others)] as const
  })
  return { ...depth, parties: Object.fromEntries(parties) }
}
