import { expect, test } from 'vitest'
import { readReply } from './index.ts'

/** As Outlook and Google write it: folded, with a comma in the name, times in a zone of their own. */
const reply = (more: Record<string, string> = {}) => {
  const { method = 'REPLY', attendee, extra = '' } = more
  const who =
    attendee ??
    'ATTENDEE;CN="Öz, Ada";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=DECLINED;X-NUM-GU\r\n ESTS=0:mailto:ada@example.org'
  return `BEGIN:VCALENDAR\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\nVERSION:2.0\r\nMETHOD:${method}\r\nBEGIN:VEVENT\r\n${who}\r\nCOMMENT;LANGUAGE=de-DE:Leider krank: METHOD:CANCEL\r\nUID:1-0123\r\nDTSTAMP:20261130T101500Z\r\nDTSTART;TZID=W. Europe Standard Time:20261203T100000\r\nSEQUENCE:2\r\n${extra}END:VEVENT\r\nEND:VCALENDAR\r\n`
}

test('an answer is read from what calendar programs really send', () => {
  const at = new Date('2026-11-30T10:15:00Z')
  expect(readReply(reply())).toEqual({ uid: '1-0123', answer: 'declined', sequence: 2, at })
  const accepted = reply({ attendee: 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.org' })
  expect(readReply(accepted.replaceAll('\r\n', '\n'))).toMatchObject({ answer: 'accepted' })
})

test.each([
  ['a request', reply({ method: 'REQUEST' })],
  ['several people', reply({ extra: 'ATTENDEE;PARTSTAT=DECLINED:mailto:ben@example.org\r\n' })],
  ['several appointments', reply({ extra: 'END:VEVENT\r\nBEGIN:VEVENT\r\n' })],
  ['two names', reply({ extra: 'UID:2\r\n' })],
  ['handed on', reply({ attendee: 'ATTENDEE;PARTSTAT=DELEGATED:mailto:ada@example.org' })],
  ['no answer', reply({ attendee: 'ATTENDEE;CN="PARTSTAT=DECLINED":mailto:ada@example.org' })],
  ['nothing', ''],
])('%s is no answer', (_, text) => {
  expect(readReply(text)).toBeUndefined()
})
