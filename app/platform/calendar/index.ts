export { readReply, type CalendarReply } from './reply.ts'
export { appointmentUid, isOurUid, readUid, type Ours } from './uid.ts'
export { calendarText, escapeText, utcStamp } from './write.ts'
