import { defineFact } from '#platform/facts/index.ts'

export const caseOpened = defineFact<{ ownerRole: string | null }>('cases.case.opened')
/** The reporter's status and the date of deletion follow from it. */
export const caseClosed = defineFact<{ outcome: string }>('cases.case.closed')
/** The second person has answered; the program carries it out, because she need not see the case. */
export const secondAnswered = defineFact<{ proposal: string }>('cases.second.answered')
/** A lesson is there for everybody to read; it leads back to no case. */
export const lessonReleased = defineFact<Record<string, never>>('cases.lesson.released')
/** It is there no more. */
export const lessonWithdrawn = defineFact<Record<string, never>>('cases.lesson.withdrawn')
