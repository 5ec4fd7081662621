const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** "2026-11-23 14:05:09" as the clocks in Berlin show it. */
const wall = (at: Date) => parts.format(at)

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
  const offset = (at: number) => Date.parse(`${wall(new Date(at)).replace(' ', 'T')}Z`) - at
  const summer = wanted - Math.max(offset(wanted - 7_200_000), offset(wanted + 7_200_000))
  const winter = wanted - Math.min(offset(wanted - 7_200_000), offset(wanted + 7_200_000))
  return new Date(offset(summer) === wanted - summer ? summer : winter)
}

export const startOfBerlinDay = (day: string): Date => atBerlin(day)

/** n calendar days later (or earlier), summer time or not. */
export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
