import './tables.ts'
export { bar, barDeputies, grant, withdrawGrant } from './records.ts'
export type { Grant } from './records.ts'
export { grantedOn, holdersOf, toldAbout } from './told.ts'
