import { grantWithdrawn } from '#platform/access/index.ts'
import { on, type Subscription } from '#platform/facts/index.ts'
import {
  applySecond,
  caseClosed,
  letGoOfCases,
  letGoOfCasesWithRole,
  passOnWithdrawn,
  secondAnswered,
} from '#work/cases/index.ts'
import {
  answerFromCase,
  applyReportSecond,
  answerGiven,
  keepNewcomerAway,
  letGoOfReports,
  letGoOfReportsWithRole,
  makeFindable,
  consultationAnswered,
  consultationAsked,
  messageReceived,
  holdInside,
  reportInside,
  reportReceived,
  reportReleased,
  reportReworded,
  reportSecondAnswered,
  reportSecondAsked,
  tellInterpreter,
  tellOfConsultation,
  tellOfReport,
  tellOfTranslation,
  tellOfUrgent,
  tellReporter,
  tellReportSecond,
  translationAsked,
  translationDone,
  urgentNoted,
} from '#work/intake/index.ts'

import { calendarAnswered, leftByMail, mailReturned, mailSettled } from '#platform/mail/index.ts'
import { calendarWasAnswered } from '#work/gatherings/index.ts'
import { leftTheList, mailWasReturned, mailWasSettled } from '#work/newsletter/index.ts'

import { forgetCalendar } from '#work/desk/index.ts'
import {
  followDue,
  followEnd,
  letGoOfRequests,
  letGoOfRequestsWithRole,
  requestEnded,
  requestMoved,
  takeBackExtracts,
} from '#work/inspection/index.ts'
import { personAppointed, personLeft, roleEnded } from '#work/people/index.ts'

/** The record a fact is about, `case:<id>` → id. */
const idOf = (thing: string) => thing.slice(thing.indexOf(':') + 1)

/** Who listens to which fact. */
export const subscriptions: readonly Subscription[] = [
  on(reportReceived, 'intake.search', (tx, fact) => makeFindable(tx, idOf(fact.thing))),
  on(secondAnswered, 'cases.second', (tx, fact) => applySecond(tx, fact.data.proposal)),
  on(caseClosed, 'intake.answer', (tx, fact) => answerFromCase(tx, idOf(fact.thing))),
  on(grantWithdrawn, 'cases.withdrawn', (tx, fact) => passOnWithdrawn(tx, idOf(fact.thing), fact.data.person)),
  on(reportInside, 'intake.keep-inside', (tx, fact) => holdInside(tx, idOf(fact.thing))),
  on(reportReceived, 'intake.tell', (tx, fact) => tellOfReport(tx, idOf(fact.thing))),
  on(reportReleased, 'intake.tell', (tx, fact) => tellOfReport(tx, idOf(fact.thing))),
  on(messageReceived, 'intake.tell', (tx, fact) => tellOfReport(tx, idOf(fact.thing))),
  on(reportSecondAsked, 'intake.tell', (tx, fact) => tellReportSecond(tx, fact.data.proposal)),
  on(reportSecondAnswered, 'intake.second', (tx, fact) => applyReportSecond(tx, fact.data.proposal)),
  on(urgentNoted, 'intake.second', (tx, fact) => tellOfUrgent(tx, idOf(fact.thing), fact.data.by)),
  on(consultationAsked, 'intake.tell', (tx, fact) => tellOfConsultation(tx, idOf(fact.thing))),
  on(consultationAnswered, 'intake.tell', (tx, fact) => tellOfConsultation(tx, idOf(fact.thing))),
  on(translationAsked, 'intake.tell', (tx, fact) => tellInterpreter(tx, fact.data.person)),
  on(translationDone, 'intake.translation', (tx, fact) => tellOfTranslation(tx, idOf(fact.thing))),
  on(answerGiven, 'intake.tell-reporter', (tx, fact) => tellReporter(tx, idOf(fact.thing))),
  on(reportReworded, 'inspection.reworded', (tx, fact) => takeBackExtracts(tx, idOf(fact.thing))),
  on(requestMoved, 'inspection.moved', (tx, fact) => followDue(tx, idOf(fact.thing))),
  on(requestEnded, 'inspection.ended', (tx, fact) => followEnd(tx, idOf(fact.thing))),
  on(personAppointed, 'intake.newcomer', (tx, fact) => keepNewcomerAway(tx, idOf(fact.thing))),
  on(personLeft, 'cases.left', (tx, fact) => letGoOfCases(tx, idOf(fact.thing))),
  on(personLeft, 'intake.left', (tx, fact) => letGoOfReports(tx, idOf(fact.thing))),
  on(personLeft, 'inspection.left', (tx, fact) => letGoOfRequests(tx, idOf(fact.thing))),
  on(roleEnded, 'cases.role', (tx, fact) => letGoOfCasesWithRole(tx, idOf(fact.thing))),
  on(roleEnded, 'intake.role', (tx, fact) => letGoOfReportsWithRole(tx, idOf(fact.thing))),
  on(roleEnded, 'inspection.role', (tx, fact) => letGoOfRequestsWithRole(tx, idOf(fact.thing))),
  on(personLeft, 'desk.left', (tx, fact) => forgetCalendar(tx, idOf(fact.thing))),
  on(calendarAnswered, 'gatherings.answered', calendarWasAnswered),
  on(leftByMail, 'newsletter.left', leftTheList),
  on(mailSettled, 'newsletter.settled', mailWasSettled),
  on(mailReturned, 'newsletter.returned', mailWasReturned),
]
