import { defineFact } from '#platform/facts/index.ts'

/** A report arrived; `urgent` when the person ticked ongoing danger, `heldFor` when somebody must not read it. */
export const reportReceived = defineFact<{ urgent: boolean; heldFor: string | null; ownerRole: string | null }>(
  'intake.report.received',
)
/** The daily probe arrived: a fact of its own, so that nobody who counts reports ever hears of it. */
export const probeReceived = defineFact<{ urgent: boolean; heldFor: string | null; ownerRole: string | null }>(
  'intake.probe.received',
)
/** The reporter wrote again. */
export const messageReceived = defineFact<{ ownerRole: string | null }>('intake.message.received')
/** The office answered; the reporter may have asked to be told. */
export const answerGiven = defineFact<Record<string, never>>('intake.answer.given')

/** Somebody found that a report is about the administration itself. */
export const reportInside = defineFact<Record<string, never>>('intake.report.inside')
/** The substitute has decided who must not read a report; from now on it is one like any other. */
export const reportReleased = defineFact<Record<string, never>>('intake.report.released')

/** Words of a report or of a later message were taken out, put back, folded or unfolded: what was copied of it is out of date. */
export const reportReworded = defineFact<Record<string, never>>('intake.report.reworded')

/** An interpreter was asked for one text. */
export const translationAsked = defineFact<{ person: string }>('intake.translation.asked')
/** A text was put into German. */
export const translationDone = defineFact<Record<string, never>>('intake.translation.done')
/** A contact point asked colleagues, or one of them answered. */
export const consultationAsked = defineFact<Record<string, never>>('intake.consultation.asked')
export const consultationAnswered = defineFact<Record<string, never>>('intake.consultation.answered')
/** A second person is asked about a report. */
export const reportSecondAsked = defineFact<{ proposal: string }>('intake.second.asked')
/** She agreed or not. */
export const reportSecondAnswered = defineFact<{ proposal: string }>('intake.second.answered')
/** Something was done about ongoing danger, by this person. */
export const urgentNoted = defineFact<{ by: string }>('intake.urgent.noted')
