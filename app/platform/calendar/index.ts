export { calendarText, escapeText, utcStamp } from './write.ts'
