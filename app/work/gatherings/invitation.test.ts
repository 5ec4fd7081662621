import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { smtpTransport } from '#platform/mail/index.ts'
import { smtpForTest } from '#tests/support/smtp.ts'
import { invitation, publicCalendar, type Appointment } from './invitation.ts'

const stamp = new Date('2026-11-20T09:00:00Z')
const organiser = { name: 'Stadt Lindenau', address: 'post@stadt.example' }
const appointment: Appointment = {
  uid: '0123@besonnen',
  sequence: 2,
  start: new Date('2026-12-03T09:00:00Z'),
  end: new Date('2026-12-03T14:30:00Z'),
  summary: 'Abschlusskonferenz; Rückblick, Ausblick',
  description: 'Zeile eins\nZeile zwei',
  location: 'Online',
  url: 'https://stadt.example/lindenau/veranstaltungen/abschlusskonferenz',
}
const guest = { name: 'Dr. Ada Öz, Amt 5', mail: 'ada@example.org' }
const request = (more: Partial<Appointment> = {}, to = guest) =>
  invitation('REQUEST', { ...appointment, ...more }, to, stamp)(organiser)

const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return { calendar, event: calendar.getFirstSubcomponent('vevent')! }
}

test('a request has everything iTIP demands: one attendee who need not answer, the sender as organiser, UTC', () => {
  const { method, content: text } = request()
  const { calendar, event } = read(text)
  expect(method).toBe('REQUEST')
  expect(calendar.getFirstPropertyValue('method')).toBe(method)
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
  expect(calendar.getFirstPropertyValue('prodid')).toContain('Besonnen')
  expect(event.getFirstPropertyValue('uid')).toBe(appointment.uid)
  expect(event.getFirstPropertyValue('sequence')).toBe(2)
  expect(event.getFirstPropertyValue('summary')).toBe(appointment.summary)
  expect(event.getFirstPropertyValue('description')).toBe(appointment.description)
  expect(text).toContain('\r\nDTSTAMP:20261120T090000Z\r\n')
  expect(text).toContain('\r\nDTSTART:20261203T090000Z\r\nDTEND:20261203T143000Z\r\n')
  expect(text).not.toMatch(/TZID|VTIMEZONE|TIMEZONE-ID/)
  expect(event.getFirstPropertyValue('organizer')).toBe('mailto:post@stadt.example')
  const attendees = event.getAllProperties('attendee')
  expect(attendees.map((one) => one.getFirstValue())).toEqual(['mailto:ada@example.org'])
  expect(attendees[0]!.toJSON()[1]).toEqual({
    cn: 'Dr. Ada Öz, Amt 5',
    cutype: 'INDIVIDUAL',
    role: 'REQ-PARTICIPANT',
    partstat: 'ACCEPTED',
    rsvp: 'FALSE',
  })
})

test('a cancellation keeps the UID, raises the sequence and says CANCELLED', () => {
  const { content: text } = invitation('CANCEL', { ...appointment, sequence: 3 }, guest, stamp)(organiser)
  const { calendar, event } = read(text)
  expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL')
  expect(event.getFirstPropertyValue('uid')).toBe(appointment.uid)
  expect(event.getFirstPropertyValue('sequence')).toBe(3)
  expect(event.getFirstPropertyValue('status')).toBe('CANCELLED')
  expect(event.getAllProperties('attendee')).toHaveLength(1)
  expect(event.getFirstPropertyValue('organizer')).toBe('mailto:post@stadt.example')
})

test('whatever a name or title contains, it makes no line, no parameter and no second person', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 120 })
  fc.assert(
    fc.property(text, text, (name, summary) => {
      const planted = `${name}"\r\nATTENDEE:mailto:other@example.org`
      const made = request({ summary: `${summary}\nMETHOD:CANCEL` }, { name: planted, mail: 'ada@example.org' }).content
      const { calendar, event } = read(made)
      expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST')
      expect(event.getAllProperties('attendee')).toHaveLength(1)
      expect(event.getFirstPropertyValue('summary')).toBe(`${summary}\nMETHOD:CANCEL`.replaceAll(/(?!\n)\p{Cc}/gu, ''))
      for (const line of made.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      expect(made.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    }),
  )
})

test('the mail has the shape Outlook accepts, and its sender is the organiser', async () => {
  const smtp = await smtpForTest()
  const transport = smtpTransport(smtp.url, 'Stadt Lindenau <post@stadt.example>')
  await transport.send({
    id: 'a1',
    municipality: 1,
    traceable: false,
    to: guest.mail,
    subject: 'Ihr Platz\r\nBcc: other@example.org',
    text: 'Guten Tag',
    html: '<!doctype html><p>Guten Tag</p>',
    calendar: invitation('REQUEST', appointment, guest, stamp),
    bulk: false,
  })
  transport.close()
  await smtp.stop()
  const { raw, to, mail } = smtp.caught[0]!
  expect(to).toEqual([guest.mail])
  expect(raw).not.toMatch(/^Bcc:/im)
  const types = [...raw.matchAll(/^Content-Type: ([^\r\n]+(?:\r\n[ \t][^\r\n]+)*)/gim)].map(([, type]) =>
    type!.replaceAll(/\s+/g, ' '),
  )
  expect(types[0]).toMatch(/^multipart\/mixed/)
  expect(types[1]).toMatch(/^multipart\/alternative/)
  expect(types[2]).toMatch(/^text\/plain/)
  expect(types[3]).toMatch(/^text\/html/)
  expect(types[4]).toMatch(/^text\/calendar; charset=utf-8; method=REQUEST/i)
  expect(types[5]).toMatch(/^application\/ics/)
  expect(types).toHaveLength(6)
  const inline = raw.slice(raw.indexOf('text/calendar'), raw.indexOf('application/ics'))
  expect(inline.slice(0, inline.indexOf('\r\n\r\n'))).not.toMatch(/Content-Disposition|Content-ID/i)
  expect(raw).toMatch(/^Auto-Submitted: auto-generated/im)
  expect(raw).not.toMatch(/^List-/im)
  const calendar = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
  const text = typeof calendar!.content === 'string' ? calendar!.content : new TextDecoder().decode(calendar!.content)
  expect(read(text).event.getFirstPropertyValue('organizer')).toBe(`mailto:${mail.from!.address}`)
})

test('the public calendar lists all, names nobody, and strikes out what was cancelled', () => {
  const text = publicCalendar('Veranstaltungen', [
    { ...appointment, cancelled: false, changedAt: stamp },
    { ...appointment, uid: '9@besonnen', cancelled: true, changedAt: stamp },
  ])
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
  expect(events.map((event) => event.getFirstPropertyValue('status'))).toEqual(['CONFIRMED', 'CANCELLED'])
  expect(text).toContain('METHOD:PUBLISH')
  expect(text).not.toMatch(/ATTENDEE|ORGANIZER/)
})
