const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

const hour = 3_600_000
const offsets = new Map<number, number>()

/** How far Berlin's clocks are ahead of UTC, in ms. They change on full hours only, so each hour is asked about once. */
function aheadAt(at: number): number {
  const number = Math.floor(at / hour)
  const known = offsets.get(number)
  if (known !== undefined) return known
  const begin = new Date(number * hour)
  const ahead = Date.parse(`${parts.format(begin).replace(' ', 'T')}Z`) - begin.getTime()
  if (offsets.size >= 10_000) offsets.clear()
  offsets.set(number, ahead)
  return ahead
}

/** "2026-11-23T14:05:09.000Z", as the clocks in Berlin show it and not in UTC. */
const wall = (at: Date) => new Date(at.getTime() + aheadAt(at.getTime())).toISOString()

/** The calendar day in Berlin, `YYYY-MM-DD`. */
export const berlinDay = (at: Date): string => wall(at).slice(0, 10)

/** The time of day in Berlin, `HH:MM`. */
export const berlinTime = (at: Date): string => wall(at).slice(11, 16)

/**
 * The moment when Berlin's clocks show this day and time (`HH:MM`). In the hour that is skipped in March it is the
 * moment an hour later; in the hour that comes twice in October it is the first.
 */
export function atBerlin(day: string, time = '00:00'): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`)
  const summer = wanted - Math.max(aheadAt(wanted - 2 * hour), aheadAt(wanted + 2 * hour))
  const winter = wanted - Math.min(aheadAt(wanted - 2 * hour), aheadAt(wanted + 2 * hour))
  return new Date(aheadAt(summer) === wanted - summer ? summer : winter)
}

export const startOfBerlinDay = (day: string): Date => atBerlin(day)

/** n calendar days later (or earlier), summer time or not. */
export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
