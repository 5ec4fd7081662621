/** A row of counts as it may be shown: null where it is hidden. */
export interface Shown {
  readonly counts: readonly (number | null)[]
  /** Null, and with it all counts, when they are too few to be shown at all. */
  readonly total: number | null
}

/**
 * Hides counts below the threshold (at least 2) and, where the total would give them away, whatever stands in a group
 * with them (secondary suppression). A count of zero is shown: it is about nobody.
 *
 * The groups follow from the places alone. So whoever knows this rule can, in what is hidden, still put a small count and
 * a large one in each place: the outcome would have been the same.
 */
export function hideSmall(counts: readonly number[], threshold: number): Shown {
  const total = counts.reduce((sum, one) => sum + one, 0)
  const none = { counts: counts.map(() => null), total: null }
  if (total > 0 && total < threshold) return none
  const isSmall = (i: number) => counts[i]! > 0 && counts[i]! < threshold
  const small = [...counts.keys()].filter(isSmall)
  const sum = small.reduce((all, i) => all + counts[i]!, 0)
  // One alone follows from the total; several do when each must be the least or the most it can be.
  const follows = small.length === 1 || sum === small.length || sum === small.length * (threshold - 1)
  const hidden = new Set(small)
  if (small.length > 0 && follows) {
    const groups = inGroups([...counts.keys()].filter((i) => counts[i]! > 0))
    const touched = groups.filter((group) => group.some(isSmall))
    if (touched.flat().every(isSmall)) {
      const another = groups.find((group) => !touched.includes(group))
      if (!another) return none
      touched.push(another)
    }
    for (const i of touched.flat()) hidden.add(i)
  }
  return { counts: counts.map((count, i) => (hidden.has(i) ? null : count)), total }
}

/** Two and two in their order; an odd one goes to the last two. */
function inGroups(places: readonly number[]): number[][] {
  const groups: number[][] = []
  places.forEach((place, nth) => {
    const starts = nth % 2 === 0 && nth + 1 < places.length
    if (starts || nth === 0) groups.push([place])
    else groups.at(-1)!.push(place)
  })
  return groups
}

/** Several divisions of the same things: too few in one of them means that none is shown, for all have one total. */
export function hideTogether(rows: readonly (readonly number[])[], threshold: number): Shown[] {
  const shown = rows.map((counts) => hideSmall(counts, threshold))
  if (shown.every(({ total }) => total !== null)) return shown
  return rows.map((counts) => ({ counts: counts.map(() => null), total: null }))
}
