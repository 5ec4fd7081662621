import './tables.ts'
import type { Slice } from '#platform/web/index.ts'
import { routes } from './routes.ts'

export { answerFromCase } from './commands/answer.ts'
export { receiveReport, type Received } from './commands/receive.ts'
export { reportReceived } from './facts.ts'
export { newReport, type NewReport } from './schema.ts'

export const intakeSlice: Slice = { name: 'intake', routes }
