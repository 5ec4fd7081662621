import { calendarText, escapeText, utcStamp } from '#platform/calendar/index.ts'
import type { CalendarPart, Mailbox } from '#platform/mail/index.ts'

export interface Appointment {
  /** Stays the same for one person's place as long as it exists. */
  readonly uid: string
  readonly sequence: number
  readonly start: Date
  readonly end: Date
  readonly summary: string
  readonly description: string
  readonly location: string
  /** A page about it on this installation. */
  readonly url: string
}

/** A parameter's value: always in quotes, so that a comma in a name is no second person; quotes cannot be said. */
const quoted = (text: string) => `"${text.replaceAll(/["\p{Cc}]/gu, '').trim()}"`

const body = ({ uid, sequence, start, end, summary, description, location, url }: Appointment, stamp: Date) => [
  `UID:${uid}`,
  `DTSTAMP:${utcStamp(stamp)}`,
  `DTSTART:${utcStamp(start)}`,
  `DTEND:${utcStamp(end)}`,
  `SEQUENCE:${sequence}`,
  `SUMMARY:${escapeText(summary)}`,
  ...(description ? [`DESCRIPTION:${escapeText(description)}`] : []),
  ...(location ? [`LOCATION:${escapeText(location)}`] : []),
  `URL:${url}`,
]

/**
 * One person's calendar message (RFC 5546): never more than one attendee, nobody sees who else comes. No answer is
 * asked for, because who is registered we know.
 */
export function invitation(
  method: 'REQUEST' | 'CANCEL',
  appointment: Appointment,
  attendee: { readonly name: string; readonly mail: string },
  stamp: Date,
): (organiser: Mailbox) => CalendarPart {
  return (organiser) => ({
    method,
    content: calendarText('Veranstaltungen', [
      `METHOD:${method}`,
      'BEGIN:VEVENT',
      ...body(appointment, stamp),
      `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
      'CLASS:PUBLIC',
      'TRANSP:OPAQUE',
      `ORGANIZER;CN=${quoted(organiser.name || organiser.address)}:mailto:${organiser.address}`,
      `ATTENDEE;CN=${quoted(attendee.name)};CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${attendee.mail}`,
      'END:VEVENT',
    ]),
  })
}

/** What everybody may subscribe to: announced gatherings, cancelled ones struck out. */
export function publicCalendar(
  name: string,
  appointments: readonly (Appointment & { readonly cancelled: boolean; readonly changedAt: Date })[],
): string {
  return calendarText('Veranstaltungen', [
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT4H',
    ...appointments.flatMap((one) => [
      'BEGIN:VEVENT',
      ...body(one, one.changedAt),
      `STATUS:${one.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      'END:VEVENT',
    ]),
  ])
}
