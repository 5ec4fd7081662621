export { doneTo, entryOf, record } from './record.ts'
export type { AuditEntry } from './record.ts'
