import { formats, type Language } from '#platform/i18n/index.ts'
import { addDays, berlinDay } from '#platform/kernel/index.ts'
import { calendarOf, nextReading, type Compiled } from '#work/model/index.ts'

const clock = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const noon = (day: string) => new Date(`${day}T11:00:00Z`)

/** A day is a working day when the first one after the day before it is that very day. */
const isWorkingDay = (model: Compiled) => (day: string) =>
  berlinDay(calendarOf(model).addWorkingDays(noon(addDays(day, -1)), 1)) === day

/** "Montag" and "8 Uhr" for the sentence that says when reports are read next; undefined without opening hours. */
export function nextReadingIn(
  model: Compiled,
  now: Date,
  language: Language,
): { day: string; time: string } | undefined {
  const today = berlinDay(now)
  const next = nextReading(model, { day: today, time: clock.format(now) }, isWorkingDay(model))
  if (!next) return undefined
  const { relative, weekday, dayWithWeekday, oClock } = formats(language)
  const distance = (Date.parse(next.day) - Date.parse(today)) / 86_400_000
  return {
    day: distance === 0 ? relative(next.day, now) : distance < 7 ? weekday(next.day) : dayWithWeekday(next.day),
    time: oClock(localMoment(next.day, next.from)),
  }
}

/** The moment of a local time in Berlin; summer and winter time differ by an hour, so both are tried. */
function localMoment(day: string, time: string): Date {
  const summer = new Date(`${day}T${time}:00+02:00`)
  return clock.format(summer) === time ? summer : new Date(`${day}T${time}:00+01:00`)
}

/** The calendar day that lies so many working days after a calendar day. */
export const afterWorkingDays = (model: Compiled, from: string, days: number): string =>
  berlinDay(calendarOf(model).addWorkingDays(noon(from), days))
