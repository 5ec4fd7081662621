import { getHolidays } from 'feiertagejs'
import { addDays, atBerlin, berlinDay } from './days.ts'

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
type Weekday = (typeof weekdays)[number]
type Land = Parameters<typeof getHolidays>[1]

export interface OfficeHours {
  /** Two letters, as in NW. */
  readonly land: string
  /** Days on which the office is shut beside weekends and holidays, both ends included. */
  readonly closed: readonly { readonly from: string; readonly until: string }[]
  /** Opening hours `HH:MM` by weekday; a weekday without any is no working day. */
  readonly weekly: Partial<Record<Weekday, readonly (readonly [string, string])[]>>
}

export interface WorkingCalendar {
  isWorkingDay(day: string): boolean
  /** The end of office hours on the n-th working day after `from`; n = 0: on that day, or the next working one. */
  addWorkingDays(from: Date, n: number): Date
  /** Working days after the first day up to and including the second; 0 when it is not later. */
  workingDaysBetween(from: string, until: string): number
}

const holidays = new Map<string, ReadonlySet<string>>()

function holidaysOf(land: string, year: string): ReadonlySet<string> {
  const key = `${land} ${year}`
  const known = holidays.get(key) ?? new Set(getHolidays(year, land as Land).map(({ dateString }) => dateString))
  holidays.set(key, known)
  return known
}

const weekdayOf = (day: string): Weekday => weekdays[(new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7]!

/** An office that never opens would never reach a date; a year of looking is enough to know. */
const longest = 366 * 2

/** Working days of one office: its Land's holidays, its own closing days and opening hours. */
export function workingCalendar({ land, closed, weekly }: OfficeHours): WorkingCalendar {
  const isWorkingDay = (day: string) =>
    (weekly[weekdayOf(day)]?.length ?? 0) > 0 &&
    !holidaysOf(land, day.slice(0, 4)).has(day) &&
    !closed.some(({ from, until }) => from <= day && day <= until)
  const nextWorkingDay = (from: string) => {
    let day = from
    for (let i = 0; i < longest && !isWorkingDay(day); i++) day = addDays(day, 1)
    return day
  }
  const endOf = (day: string) =>
    atBerlin(
      day,
      weekly[weekdayOf(day)]
        ?.map(([, until]) => until)
        .toSorted()
        .at(-1) ?? '16:00',
    )
  return {
    isWorkingDay,
    addWorkingDays(from, n) {
      let day = nextWorkingDay(berlinDay(from))
      // What comes on a holiday counts from the next working day on, as if it had come that morning.
      for (let i = 0; i < n; i++) day = nextWorkingDay(addDays(day, 1))
      return endOf(day)
    },
    workingDaysBetween(from, until) {
      let count = 0
      for (let day = addDays(from, 1); day <= until; day = addDays(day, 1)) if (isWorkingDay(day)) count += 1
      return count
    },
  }
}
