/** How two cases hang together. Pure. */

const kinds = ['same', 'side', 'follow'] as const
export type Kind = (typeof kinds)[number]

/** As chosen on the page of one case: `-back` turns the direction round. */
export const ways = ['same', 'side', 'side-back', 'follow', 'follow-back'] as const
export type Way = (typeof ways)[number]

export interface Arrow {
  readonly from: string
  readonly to: string
  readonly kind: Kind
}

/** The link that is meant by a way chosen at `here`. */
export function arrowOf(here: string, other: string, way: Way): Arrow {
  if (way === 'same') return { from: here, to: other, kind: 'same' }
  const kind = way.startsWith('side') ? 'side' : 'follow'
  return way.endsWith('-back') ? { from: other, to: here, kind } : { from: here, to: other, kind }
}

/** How the link reads at one of its two cases. */
export const wayAt = (here: string, { from, kind }: Arrow): Way =>
  kind === 'same' || from === here ? kind : (`${kind}-back` as Way)

interface Placed {
  readonly area: string
  readonly subject: string
}

/** Cases of the same area and the same subject come first, then those of one of the two; otherwise as they stood. */
export function nearestFirst<C extends Placed>(here: Placed, cases: readonly C[]): C[] {
  const shares = ({ area, subject }: Placed) => Number(area === here.area) + Number(subject === here.subject)
  return cases.toSorted((one, other) => shares(other) - shares(one))
}

/** Whether a conflict would come out as its own cause: `from` is reached by going up from `to`. */
export function closesCircle(known: readonly Arrow[], { from, to, kind }: Arrow): boolean {
  if (kind === 'same') return false
  const above = new Set([to])
  // A set hands out what is added while it is walked.
  for (const one of above)
    for (const arrow of known) if (arrow.kind !== 'same' && arrow.from === one) above.add(arrow.to)
  return above.has(from)
}

/** One side of a link: who is kept from it, and who works on it, with all that hangs together with it already. */
export interface Side {
  readonly barred: ReadonlySet<string>
  readonly working: ReadonlySet<string>
}

/** Who would be kept from one side because she is kept from the other; `working`: those of them who work there today. */
export function shutOut([one, other]: readonly [Side, Side]): { persons: Set<string>; working: Set<string> } {
  const into = (from: Side, to: Side) => [...from.barred].filter((person) => !to.barred.has(person))
  const [here, there] = [into(other, one), into(one, other)]
  return {
    persons: new Set([...here, ...there]),
    working: new Set([
      ...here.filter((person) => one.working.has(person)),
      ...there.filter((person) => other.working.has(person)),
    ]),
  }
}
