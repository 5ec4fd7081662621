export interface BaseWeeks {
  y: number[]
  time: number[]
  /** Season of each week; 0 is the season of the week looked at. */
  group: number[]
  groups: number
}

export interface BaseSettings {
  years: number
  halfWindow: number
  frequency: number
  periods: number
  leftOut: number
}

/** Season by distance in weeks to the window that began the year: 0 the window, then `periods`-1 blocks about equally long. */
function season(sinceCentre: number, settings: BaseSettings): number {
  const { halfWindow, frequency, periods } = settings
  if (sinceCentre <= halfWindow || sinceCentre >= frequency - halfWindow) return 0
  const between = frequency - 2 * halfWindow - 1
  const place = sinceCentre - halfWindow - 1
  return 1 + Math.floor((place * (periods - 1)) / between)
}

/** The past weeks week `t` is compared with. */
export function baseWeeks(y: readonly number[], t: number, settings: BaseSettings): BaseWeeks {
  const { years, halfWindow, frequency, periods, leftOut } = settings
  const base: BaseWeeks = { y: [], time: [], group: [], groups: 0 }
  const seen = new Map<number, number>([[0, 0]])
  for (let i = Math.max(0, t - years * frequency - halfWindow); i < t - leftOut; i++) {
    const group = season((((i - t) % frequency) + frequency) % frequency, settings)
    if (periods === 1 && group !== 0) continue
    if (!seen.has(group)) seen.set(group, seen.size)
    base.y.push(y[i]!)
    base.time.push(i)
    base.group.push(seen.get(group)!)
  }
  base.groups = seen.size
  return base
}
