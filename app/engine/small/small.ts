/** A row of counts as it may be shown: null where it is hidden. */
export interface Shown {
  readonly counts: readonly (number | null)[]
  /** Null, and with it all counts, when they are too few to be shown at all. */
  readonly total: number | null
}

/**
 * Hides counts below the threshold (at least 2) and, where the total would give them away, one more (secondary
 * suppression). A count of zero is shown: it is about nobody. Which one more is hidden depends on its place and never
 * on its size, so that whoever knows this rule still has more than one way to make up each hidden count.
 */
export function hideSmall(counts: readonly number[], threshold: number): Shown {
  const total = counts.reduce((sum, one) => sum + one, 0)
  const none = { counts: counts.map(() => null), total: null }
  if (total > 0 && total < threshold) return none
  const hidden = new Set(counts.flatMap((count, i) => (count > 0 && count < threshold ? [i] : [])))
  const sum = [...hidden].reduce((all, i) => all + counts[i]!, 0)
  // One alone follows from the total; several do when each must be the least or the most it can be.
  const follows = hidden.size === 1 || sum === hidden.size || sum === hidden.size * (threshold - 1)
  if (hidden.size > 0 && follows) {
    const partner = counts.findIndex((count, i) => count > 0 && !hidden.has(i))
    if (partner === -1) return none
    hidden.add(partner)
  }
  return { counts: counts.map((count, i) => (hidden.has(i) ? null : count)), total }
}

/** Several divisions of the same things: too few in one of them means that none is shown, for all have one total. */
export function hideTogether(rows: readonly (readonly number[])[], threshold: number): Shown[] {
  const shown = rows.map((counts) => hideSmall(counts, threshold))
  if (shown.every(({ total }) => total !== null)) return shown
  return rows.map((counts) => ({ counts: counts.map(() => null), total: null }))
}
