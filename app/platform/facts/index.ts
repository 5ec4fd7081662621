export { defineFact, factRow, on, tell } from './facts.ts'
export type { Fact, FactKind, Subscription } from './facts.ts'
export { Courier } from './courier.ts'
