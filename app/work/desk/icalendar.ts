import { calendarText as calendar, escapeText, utcStamp } from '#platform/calendar/index.ts'
import { addDays } from '#platform/kernel/index.ts'

export interface CalendarEntry {
  /** The same for one deadline at every fetch. */
  readonly uid: string
  /** Calendar day in Berlin, `YYYY-MM-DD`. */
  readonly day: string
  readonly summary: string
}

const plain = (day: string) => day.replaceAll('-', '')

/** Whole days, so that no time zone can move them. They do not block time (`TRANSPARENT`) and ring no bell. */
const entryLines = ({ uid, day, summary }: CalendarEntry, stamp: string) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `DTSTAMP:${stamp}`,
  `DTSTART;VALUE=DATE:${plain(day)}`,
  `DTEND;VALUE=DATE:${plain(addDays(day, 1))}`,
  `SUMMARY:${escapeText(summary)}`,
  'CLASS:PRIVATE',
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/** An iCalendar feed (RFC 5545). */
export function calendarText(name: string, entries: readonly CalendarEntry[], now: Date): string {
  const stamp = utcStamp(now)
  return calendar('Fristen', [
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'X-WR-TIMEZONE:Europe/Berlin',
    'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
    ...entries.flatMap((entry) => entryLines(entry, stamp)),
  ])
}
