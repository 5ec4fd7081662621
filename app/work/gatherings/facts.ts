import { defineFact } from '#platform/facts/index.ts'

/** Proceedings went public: they may become a chapter of the handbook. */
export const proceedingsPublished = defineFact<Record<string, never>>('gatherings.proceedings.published')
