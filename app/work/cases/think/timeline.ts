/** The course of a case, filtered. Pure. */

export const groups = ['thought', 'talks', 'measures', 'steps', 'people', 'holding'] as const
export type Group = (typeof groups)[number]

const starts: readonly (readonly [Group, RegExp])[] = [
  ['thought', /^(assessed|reassessed|mapped)/],
  ['talks', /^(session|letter)/],
  ['measures', /^(measure|clause|agreement|commitment|looks)/],
  ['people', /^(assigned|unassigned|impartial|recused)/],
  ['holding', /^holding/],
]

/** Where an entry belongs; whatever is not known otherwise is a step. */
export const groupOf = (kind: string): Group => starts.find(([, pattern]) => pattern.test(kind))?.[0] ?? 'steps'

export interface Filter {
  /** Empty: all. */
  readonly groups: readonly Group[]
  /** Calendar days, both included. */
  readonly from?: string
  readonly until?: string
}

export const fits = ({ kind, day }: { kind: string; day: string }, { groups: wanted, from, until }: Filter): boolean =>
  (wanted.length === 0 || wanted.includes(groupOf(kind))) &&
  (from === undefined || day >= from) &&
  (until === undefined || day <= until)
