export { doneTo, entryOf, record, recordReading } from './record.ts'
export type { AuditEntry } from './record.ts'
