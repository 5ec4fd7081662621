import './tables.ts'
export { bar, grant, withdrawGrant } from './records.ts'
export type { Grant } from './records.ts'
