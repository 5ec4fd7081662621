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

/** Whether a conflict would come out as its own cause: `from` is reached by going up from `to`. */
export function closesCircle(known: readonly Arrow[], { from, to, kind }: Arrow): boolean {
  if (kind === 'same') return false
  const above = new Set([to])
  // A set hands out what is added while it is walked.
  for (const one of above)
    for (const arrow of known) if (arrow.kind !== 'same' && arrow.from === one) above.add(arrow.to)
  return above.has(from)
}

/** Every case of the matter that `here` belongs to, itself included. */
export function matterOf(known: readonly Arrow[], here: string): string[] {
  const all = new Set([here])
  for (const one of all)
    for (const { from, to, kind } of known)
      if (kind === 'same' && (from === one || to === one)) all.add(from === one ? to : from)
  return [...all]
}
