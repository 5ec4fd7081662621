import './tables.ts'
import { daily } from '#platform/jobs/index.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { forgetCards } from './commands/cards.ts'
import { purgeDrafts } from './commands/draft.ts'
import { forgetImports, takeBackPart, takeOverPart } from './commands/takeOver.ts'
import { answerLetter, dangerUnopened, morningRound } from './commands/notices.ts'
import { deadlines } from './queries/deadlines.ts'
import { heldReports } from './commands/handOver.ts'
import { makeFindable, reportIds } from './commands/find.ts'
import { owed } from './commands/owed.ts'
import { retained } from './commands/retain.ts'
import { countedReports } from './queries/counted.ts'
import { routes } from './routes.ts'
import { aboutCase, search, waiting } from './waiting.ts'
import { words } from './words.ts'

export { holdInside } from './commands/inside.ts'
export { answerFromCase } from './commands/answer.ts'
export { proveChannel } from './commands/probe.ts'
export { tellOfConsultation } from './commands/consult.ts'
export { makeFindable } from './commands/find.ts'
export { letGoOfReports, letGoOfReportsWithRole } from './commands/letGo.ts'
export { keepNewcomerAway } from './commands/newcomer.ts'
export { excludedFrom } from './commands/release.ts'
export { receiveReport, type Received } from './commands/receive.ts'
export {
  answerGiven,
  consultationAnswered,
  consultationAsked,
  messageReceived,
  reportInside,
  reportReceived,
  reportReleased,
  reportReworded,
  reportSecondAnswered,
  reportSecondAsked,
  translationAsked,
  translationDone,
  urgentNoted,
} from './facts.ts'
export { applySecond as applyReportSecond, tellSecond as tellReportSecond } from './commands/second.ts'
export { tellOfUrgent } from './commands/urgent.ts'
export { tellInterpreter, tellOfReport, tellOfTranslation, tellReporter } from './commands/notices.ts'
export { findContacts, openContacts } from './queries/contacts.ts'
export { tracesAsked, tracesOf } from './contacts.ts'
export { reportRecord, reportsFrom, reportsOfCase } from './queries/record.ts'
export { passagesOf } from './passages.ts'
export { newReport, type NewReport } from './schema.ts'

export const intakeSlice: Slice = {
  name: 'intake',
  routes,
  waiting,
  search,
  aboutCase,
  findable: { all: reportIds, index: makeFindable },
  deadlines,
  held: heldReports,
  retained,
  counted: countedReports,
  owed,
  navigation: [
    {
      group: 'work',
      order: 20,
      label: words('de')('nav.inbox'),
      href: (slug) => addresses.inbox(slug),
      verbs: ['intake.read', 'intake.substitute', 'intake.enter'],
    },
    {
      group: 'work',
      order: 21,
      label: words('de')('nav.translations'),
      href: (slug) => addresses.translations(slug),
      verbs: ['intake.interpret'],
    },
  ],
  jobs: {
    'intake.take-over': takeOverPart,
    'intake.take-back': takeBackPart,
    'intake.purge-drafts': purgeDrafts,
    'intake.danger-unopened': dangerUnopened,
  },
  letters: { 'intake.answer': answerLetter },
  timed: [
    daily('intake.morning', '06:30', morningRound),
    daily('intake.cards', '03:20', forgetCards),
    daily('intake.imports', '03:25', forgetImports),
  ],
}
