export { compile, type Compiled } from './compile.ts'
export {
  choices,
  contactChannels,
  deletedOn,
  insideAgreed,
  intervalOf,
  isInside,
  nextReading,
  numbersFor,
  offered,
  openedBy,
  personsOf,
  plusMonths,
  readersToExclude,
  readingOffice,
  reasonsFor,
  say,
  statusSentence,
  substituteFor,
} from './choices.ts'
export { calendarOf, clockAt } from './calendar.ts'
export { keepTownRight, publish, type Publication } from './commands.ts'
export {
  current,
  landing,
  moves,
  rolesUnder,
  secondsFor,
  stepOf,
  stepOfKind,
  verbsOf,
  type CaseFacts,
  type Move,
  type WorkingCalendar,
} from './moves.ts'
export { numberOf, ownNumbers, type TownFacts } from './town.ts'
export { seatDocument, shippedDocument } from './documents.ts'
export { holderRoles } from './holding.ts'
export {
  lentInForce,
  modelIfAny,
  modelInForce,
  modelVersion,
  readingsUntil,
  verbsHeld,
  verbsInForce,
  type Published,
} from './queries.ts'
export { faultText, label } from './texts.ts'
export { word, type Phrase } from './words.ts'
export type { Fault } from './faults.ts'
export type {
  Area,
  EmergencyNumber,
  Field,
  L10n,
  Model,
  ModelDocument,
  Office,
  Role,
  RoleId,
  Step,
  StepId,
  Within,
  Word,
} from './schema.ts'
export {
  lands,
  dialogueFormats,
  retentionIds,
  secretFormats,
  stepFacts,
  type Anonymity,
  type LetterKind,
  type Channel,
  type StepKind,
  type Wish,
} from './kinds.ts'
export { indispensable, neverTogether, verbs, type Verb } from './rights.ts'
