export interface ChannelShare {
  channel: string
  reports: number
  /** Share of the recent reports, and of those of the comparison weeks, 0 … 1; NaN without reports. */
  share: number
  usualShare: number
}

/**
 * Through which channels the last `weeks` weeks' reports came, most first, beside what is usual: a new form can raise
 * a number without anything having happened. `counts`: reports per week by channel, all equally long.
 */
export function channelShares(
  counts: Readonly<Record<string, readonly number[]>>,
  t: number,
  weeks: number,
): ChannelShare[] {
  const sum = (y: readonly number[], from: number, to: number) =>
    y.slice(Math.max(0, from), to).reduce((a, b) => a + b, 0)
  const from = t - weeks + 1
  const rows = Object.entries(counts).map(([channel, y]) => ({
    channel,
    reports: sum(y, from, t + 1),
    past: sum(y, 0, from),
  }))
  const recent = rows.reduce((total, row) => total + row.reports, 0)
  const past = rows.reduce((total, row) => total + row.past, 0)
  return rows
    .map(({ channel, reports, past: own }) => ({ channel, reports, share: reports / recent, usualShare: own / past }))
    .toSorted((a, b) => b.reports - a.reports || (a.channel < b.channel ? -1 : 1))
}

/** The last week before the window at `t` at which `weeks` weeks together had as many reports, or undefined. */
export function lastAsMany(y: readonly number[], t: number, weeks: number): number | undefined {
  const sum = (end: number) => y.slice(Math.max(0, end - weeks + 1), end + 1).reduce((a, b) => a + b, 0)
  const now = sum(t)
  for (let end = t - weeks; end >= weeks - 1; end--) if (sum(end) >= now) return end
  return undefined
}
