export interface CalendarEntry {
  /** The same for one deadline at every fetch. */
  readonly uid: string
  /** Calendar day in Berlin, `YYYY-MM-DD`. */
  readonly day: string
  readonly summary: string
}

const escape = (text: string) =>
  text
    .replaceAll(/[\p{Cc}--[\n]]/gv, '')
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll('\n', '\\n')

/** Lines of at most 75 octets; a letter is never cut in the middle. */
function fold(line: string): string {
  let out = ''
  let octets = 0
  for (const letter of line) {
    const length = Buffer.byteLength(letter)
    if (octets + length > 75) {
      out += '\r\n '
      octets = 1
    }
    out += letter
    octets += length
  }
  return out
}

const dayAfter = (day: string) => new Date(Date.parse(`${day}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
const plain = (day: string) => day.replaceAll('-', '')

/** Whole days, so that no time zone can move them. They do not block time (`TRANSPARENT`) and ring no bell. */
const entryLines = ({ uid, day, summary }: CalendarEntry, stamp: string) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `DTSTAMP:${stamp}`,
  `DTSTART;VALUE=DATE:${plain(day)}`,
  `DTEND;VALUE=DATE:${plain(dayAfter(day))}`,
  `SUMMARY:${escape(summary)}`,
  'CLASS:PRIVATE',
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
]

/** An iCalendar feed (RFC 5545). */
export function calendarText(name: string, entries: readonly CalendarEntry[], now: Date): string {
  const stamp = `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Besonnen//Fristen//DE',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escape(name)}`,
    'X-WR-TIMEZONE:Europe/Berlin',
    'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
    ...entries.flatMap((entry) => entryLines(entry, stamp)),
    'END:VCALENDAR',
  ]
  return `${lines.map(fold).join('\r\n')}\r\n`
}
