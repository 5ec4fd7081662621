import { defineFact } from '#platform/facts/index.ts'

/** A request is over: answered or withdrawn. */
export const requestEnded = defineFact<Record<string, never>>('inspection.request.ended')
/** Another day was set for its answer. */
export const requestMoved = defineFact<Record<string, never>>('inspection.request.moved')
