import { formats, type Language } from '#platform/i18n/index.ts'
import { atBerlin, berlinDay, berlinTime } from '#platform/kernel/index.ts'
import { calendarOf, nextReading, type Compiled } from '#work/model/index.ts'

/**
 * "Montag" and "8 Uhr" for the sentence that says when reports are read next, and whether that is now, later today
 * or on another day; undefined without opening hours.
 */
export function nextReadingIn(model: Compiled, now: Date, language: Language) {
  const today = berlinDay(now)
  const next = nextReading(model, { day: today, time: berlinTime(now) }, calendarOf(model).isWorkingDay)
  if (!next) return undefined
  const { weekday, dayWithWeekday, oClock } = formats(language)
  const distance = (Date.parse(next.day) - Date.parse(today)) / 86_400_000
  const when: 'open' | 'today' | 'later' = next.open ? 'open' : distance === 0 ? 'today' : 'later'
  return {
    when,
    day: distance < 7 ? weekday(next.day) : dayWithWeekday(next.day),
    time: oClock(atBerlin(next.day, next.from)),
    until: oClock(atBerlin(next.day, next.until)),
  }
}

/** The calendar day that lies so many working days after a calendar day. */
export const afterWorkingDays = (model: Compiled, from: string, days: number): string =>
  berlinDay(calendarOf(model).addWorkingDays(atBerlin(from, '12:00'), days))
