import './tables.ts'
import './agree/tables.ts'
import './evaluate/tables.ts'
import './letters/tables.ts'
import { daily } from '#platform/jobs/index.ts'
import type { Slice } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { morningRound } from './commands/notices.ts'
import { caseIds, makeCaseFindable } from './commands/find.ts'
import { heldCases } from './commands/handOver.ts'
import { retained } from './commands/retain.ts'
import { carrying, toldAgain } from './near/carry.ts'
import { routes } from './routes.ts'
import { deadlines, search, waiting } from './waiting.ts'
import { words } from './words.ts'

export { anyCommitment } from './agree/queries.ts'
export { readAnswers, type Answers } from './rules.ts'
export { answeredTo, Asks } from './pages/parts/ask.tsx'
export { closeCase } from './commands/close.ts'
export { openCase, type NewCase } from './commands/open.ts'
export { readsExtract } from './commands/store.ts'
export { closingAnswer, endsOfCases, openCases, openToHer, stepKindOf } from './queries.ts'
export { letGoOfCases, letGoOfCasesWithRole, passOnWithdrawn } from './commands/letGo.ts'
export { setFileNumber } from './commands/fileNumber.ts'
export { letterFile } from './letters/queries.ts'
export { caseRecord, type CaseRecord } from './record/queries.ts'
export type { Nature, RecordLine, RecordPart } from './record/parts.ts'
export { takeBack, takeCases, takeFigures, workedOn } from './commands/takeIn.ts'
export { applySecond } from './commands/applySecond.ts'
export { caseClosed, secondAnswered } from './facts.ts'

/** The page of a case asks these fields of work what they know of it; which there are it is told from above. */
export const casesSlice = (about: readonly Slice[]): Slice => ({
  name: 'cases',
  routes: routes(about),
  waiting,
  search,
  findable: { all: caseIds, index: makeCaseFindable },
  deadlines,
  held: heldCases,
  retained,
  jobs: carrying,
  owed: toldAgain,
  timed: [daily('cases.morning', '06:30', morningRound)],
  navigation: [
    {
      group: 'work',
      order: 30,
      label: words('de')('nav.cases'),
      href: (slug) => addresses.cases(slug),
      verbs: ['cases.read', 'cases.handle'],
    },
    {
      group: 'work',
      order: 35,
      label: words('de')('nav.second'),
      href: (slug) => addresses.secondPerson(slug),
      verbs: ['second.decide'],
    },
  ],
})
