import { languageInfo, type Language } from './languages.ts'
import { compileMessage } from './messages.ts'
import de from './locales/public.de.json' with { type: 'json' }
import leicht from './locales/public.leicht.json' with { type: 'json' }
import en from './locales/public.en.json' with { type: 'json' }
import tr from './locales/public.tr.json' with { type: 'json' }
import ar from './locales/public.ar.json' with { type: 'json' }
import uk from './locales/public.uk.json' with { type: 'json' }
import ru from './locales/public.ru.json' with { type: 'json' }

/** A moment, or a calendar day as `YYYY-MM-DD` in Europe/Berlin. */
export type When = Date | string

/** Dates, times and numbers of one language, Europe/Berlin. */
export interface Formats {
  /** 25. November 2026 */
  day(when: When): string
  /** 25.11.2026 */
  dayShort(when: When): string
  /** For lists: gestern, heute, morgen, übermorgen …, and further off 25.11.2026. `today` as `YYYY-MM-DD`. */
  nearDay(when: When, today: string): string
  /** Mittwoch, 25. November 2026 */
  dayWithWeekday(when: When): string
  /** Mittwoch */
  weekday(when: When): string
  /** November 2026 */
  month(when: When): string
  /** 14:30 Uhr */
  time(at: Date): string
  /** 8 Uhr, 8:30 Uhr */
  oClock(at: Date): string
  /** 25. November 2026, 14:30 Uhr */
  dateTime(at: Date): string
  /** vor 6 Minuten, gestern, in 3 Tagen */
  relative(when: When, now: Date): string
  /** heute, in 2 Arbeitstagen, vor 2 Arbeitstagen */
  inWorkingDays(days: number): string
  number(value: number): string
  /** 2 Stunden */
  hours(value: number): string
  /** a, b und c */
  list(items: readonly string[]): string
}

const zone = 'Europe/Berlin'
const words = { de, leicht, en, tr, ar, uk, ru }
const made = new Map<Language, Formats>()
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })

/** Noon UTC is the same calendar day in Berlin, summer and winter. */
const moment = (when: When): Date => (typeof when === 'string' ? new Date(`${when.slice(0, 10)}T12:00:00Z`) : when)

/** Ukrainian and Russian add "р." and "г." to the year; at the end of a sentence that makes two full stops. */
const yearWord = /\s[рг]\.$/u

const daysBetween = (from: Date, to: Date) =>
  Math.round((Date.parse(isoDay.format(to)) - Date.parse(isoDay.format(from))) / 86_400_000)

function relativeWith(format: Intl.RelativeTimeFormat, when: When, now: Date): string {
  const at = moment(when)
  const days = daysBetween(now, at)
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000)
  if (typeof when === 'string' || Math.abs(minutes) >= 12 * 60) {
    if (Math.abs(days) < 14) return format.format(days, 'day')
    return Math.abs(days) < 60
      ? format.format(Math.trunc(days / 7), 'week')
      : format.format(Math.trunc(days / 30.4), 'month')
  }
  return Math.abs(minutes) < 60 ? format.format(minutes, 'minute') : format.format(Math.trunc(minutes / 60), 'hour')
}

function dateFormats(language: Language) {
  const { locale } = languageInfo(language)
  const date = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })
    const write = (when: When) => format.format(moment(when)).replace(yearWord, '')
    // A list repeats the same few days; formatting one costs as much as opening a seal.
    const known = new Map<string, string>()
    return (when: When) => {
      if (typeof when !== 'string') return write(when)
      const text = known.get(when) ?? write(when)
      if (known.size < 1000) known.set(when, text)
      return text
    }
  }
  return {
    day: date({ day: 'numeric', month: 'long', year: 'numeric' }),
    dayShort: date({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    dayWithWeekday: date({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: date({ weekday: 'long' }),
    month: date({ month: 'long', year: 'numeric' }),
    clock: date({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  }
}

function makeFormats(language: Language): Formats {
  const { locale } = languageInfo(language)
  const { clock, ...dates } = dateFormats(language)
  const text = (key: keyof typeof de) => compileMessage(words[language][key], language)
  const timeText = text('time')
  const momentText = text('moment')
  const workingDays = text('workingDays')
  const numberFormat = new Intl.NumberFormat(locale)
  const hourFormat = new Intl.NumberFormat(locale, { style: 'unit', unit: 'hour', unitDisplay: 'long' })
  const listFormat = new Intl.ListFormat(locale, { type: 'conjunction' })
  const relativeFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const time = (at: Date) => timeText.format({ clock: clock(at) })
  return {
    ...dates,
    time,
    oClock: (at) => {
      const [hour, minute] = clock(at).split(':')
      const short = dropsMinutes.has(language) && minute === '00' ? String(Number(hour)) : `${Number(hour)}:${minute}`
      return timeText.format({ clock: short })
    },
    dateTime: (at) => momentText.format({ day: dates.day(at), time: time(at) }),
    nearDay: (when, today) => {
      const day = typeof when === 'string' ? when.slice(0, 10) : isoDay.format(when)
      const days = Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000)
      return Math.abs(days) <= 2 ? relativeFormat.format(days, 'day') : dates.dayShort(day)
    },
    relative: (when, now) => relativeWith(relativeFormat, when, now),
    inWorkingDays: (days) =>
      days === 0
        ? relativeFormat.format(0, 'day')
        : workingDays.format({ days: Math.abs(days), direction: days > 0 ? 'ahead' : 'past' }),
    number: (value) => numberFormat.format(value),
    hours: (value) => hourFormat.format(value),
    list: (items) => listFormat.format(items),
  }
}

/** "8 Uhr" is German; elsewhere a bare hour would not read as a time. */
const dropsMinutes = new Set<Language>(['de', 'leicht'])

/** The formats of one language; made once, since Intl objects are dear to make. */
export function formats(language: Language): Formats {
  const found = made.get(language) ?? makeFormats(language)
  made.set(language, found)
  return found
}
