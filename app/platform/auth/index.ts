import './tables.ts'
export { endSession, enter, startSession } from './sessions.ts'
export type { Entered } from './sessions.ts'
