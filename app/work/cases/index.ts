import './tables.ts'
import type { Slice } from '#platform/web/index.ts'
import { routes } from './routes.ts'

export { closeCase } from './commands/close.ts'
export { openCase, type NewCase } from './commands/open.ts'
export { closingAnswer } from './queries.ts'
export { caseClosed, caseOpened } from './facts.ts'

export const casesSlice: Slice = { name: 'cases', routes }
