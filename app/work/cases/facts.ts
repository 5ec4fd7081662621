import { defineFact } from '#platform/facts/index.ts'

export const caseOpened = defineFact<{ ownerRole: string | null }>('cases.case.opened')
/** The reporter's status and the date of deletion follow from it. */
export const caseClosed = defineFact<{ outcome: string }>('cases.case.closed')
