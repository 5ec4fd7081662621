import type { Verb } from './rights.ts'

/**
 * What the code fixes and no document can add to: kinds of step, verbs, gates, kinds of field, format, retention,
 * component, number and office, and the predicates a step may ask about. A new kind is code; everything else is data.
 */

/** Public languages; `leicht` is Leichte Sprache, a text of its own. */
export const languages = ['de', 'leicht', 'en', 'tr', 'ar', 'uk', 'ru'] as const
export type Language = (typeof languages)[number]

export interface StepFacts {
  readonly thing: 'report' | 'case'
  /** Records wait here until somebody acts; otherwise the step is done in one go and leads on at once. */
  readonly stays: boolean
  /** Nothing follows. */
  readonly end?: true
  /** Who may go into it: those of the step one stands at, or those of this step. */
  readonly takenBy: 'here' | 'there'
  /** What a role needs to be named under `by`. */
  readonly verb?: Verb
  /** The sentence residents read while a record stands here; formats are never told apart. */
  readonly status: Status
}

export const statuses = [
  'received',
  'checking',
  'watching',
  'referred',
  'advised',
  'raised',
  'assessing',
  'handling',
  'closed',
  'followed',
] as const
export type Status = (typeof statuses)[number]

const report = (status: Status, verb: Verb, more: Partial<StepFacts> = {}): StepFacts => ({
  thing: 'report',
  stays: true,
  takenBy: 'here',
  verb,
  status,
  ...more,
})
const aCase = (status: Status, verb: Verb, more: Partial<StepFacts> = {}): StepFacts => ({
  thing: 'case',
  stays: true,
  takenBy: 'here',
  verb,
  status,
  ...more,
})
const atOnce = { stays: false, takenBy: 'there' } as const

const stepKinds = {
  receive: report('received', 'intake.read'),
  urgent: report('checking', 'intake.urgent', { takenBy: 'there' }),
  check: report('checking', 'intake.check'),
  decide: report('checking', 'intake.decide'),
  advise: report('advised', 'intake.advise', atOnce),
  refer: report('referred', 'intake.decide', atOnce),
  bundle: report('checking', 'intake.decide', atOnce),
  watch: report('watching', 'intake.decide'),
  raise: report('raised', 'steering.decide'),
  closed: { thing: 'report', stays: true, end: true, takenBy: 'here', status: 'closed' },
  open: aCase('assessing', 'cases.open', atOnce),
  assess: aCase('assessing', 'cases.assess'),
  'choose-format': aCase('handling', 'cases.choose'),
  assign: aCase('handling', 'cases.assign'),
  handle: aCase('handling', 'cases.handle'),
  measure: aCase('handling', 'cases.handle'),
  close: aCase('closed', 'cases.close', atOnce),
  'follow-up': aCase('closed', 'cases.follow'),
  evaluate: aCase('closed', 'cases.evaluate'),
  reopen: aCase('handling', 'cases.reopen', atOnce),
  ended: { thing: 'case', stays: true, end: true, takenBy: 'here', status: 'followed' },
} as const satisfies Record<string, StepFacts>
export type StepKind = keyof typeof stepKinds
export const stepKindIds = Object.keys(stepKinds) as [StepKind, ...StepKind[]]
export const isStepKind = (text: string): text is StepKind => Object.hasOwn(stepKinds, text)
export const stepFacts = (kind: StepKind): StepFacts => stepKinds[kind]

/** What a step may ask of a record before it is offered. Unknown counts as no. */
export const predicates = [
  'held',
  'danger',
  'anonymous',
  'translation-open',
  'second-open',
  'gate-open',
  'wide',
  'has-contact',
  'consented',
] as const
export type Predicate = (typeof predicates)[number]

export const gates = ['violence', 'crime', 'at-risk', 'dependence', 'unwilling', 'hate'] as const
export type GateId = (typeof gates)[number]

export const fieldTypes = ['text', 'longText', 'choice', 'choices', 'yesNo', 'date', 'number', 'hours'] as const
export type FieldType = (typeof fieldTypes)[number]
/** What those concerned may be asked: only what can be counted together. */
export const evaluationTypes = ['choice', 'yesNo'] as const satisfies readonly FieldType[]
export const fieldPlaces = ['public-form', 'staff-form', 'record', 'worksheet', 'figures'] as const
export type FieldPlace = (typeof fieldPlaces)[number]

export const formatKinds = [
  'listening-talk',
  'advice',
  'clarifying-talk',
  'moderation',
  'mediation',
  'shuttle-talks',
  'outreach',
  'round-table',
  'workshop',
  'citizens-dialogue',
  'large-group',
  'process-consulting',
  'place-measures',
] as const
export type FormatKind = (typeof formatKinds)[number]

/** Formats whose very existence is a secret of coordination and handlers. */
export const secretFormats: readonly FormatKind[] = ['mediation', 'shuttle-talks']

/** Formats that bring sides to talk with one another: the questions of protection come first. */
export const dialogueFormats: readonly FormatKind[] = [
  'clarifying-talk',
  'moderation',
  'mediation',
  'shuttle-talks',
  'round-table',
  'workshop',
  'citizens-dialogue',
  'large-group',
]

export const scopes = ['few', 'group', 'wide'] as const
export type Scope = (typeof scopes)[number]

export const outcomes = ['agreed', 'partly', 'calmed', 'stopped', 'unsuitable', 'referred', 'unresolved'] as const
export type Outcome = (typeof outcomes)[number]

/** Kinds of retention with the longest period a model may choose, in days: what is kept ends for certain. */
export const retentionKinds = {
  'unaccepted-report': 184,
  'unchecked-original': 31,
  'watched-signal': 731,
  'closed-case': 3653,
  'contact-data': 1096,
  'mediation-existence': 366,
  'handler-notes': 31,
  'read-log': 731,
} as const
export type RetentionKind = keyof typeof retentionKinds
export const retentionIds = Object.keys(retentionKinds) as [RetentionKind, ...RetentionKind[]]

export const channels = ['web', 'callback', 'phone', 'counter', 'letter', 'mail', 'partner'] as const
export type Channel = (typeof channels)[number]
/** Ways to reach somebody who reported; the mailbox is always there. */
export const contactKinds = ['mailbox', 'mail', 'phone', 'sms', 'letter'] as const
export type ContactKind = (typeof contactKinds)[number]

export const wishes = ['talk', 'advice', 'inform'] as const
export type Wish = (typeof wishes)[number]
export const anonymities = ['anonymous', 'office', 'named'] as const
export type Anonymity = (typeof anonymities)[number]

export const numberKinds = [
  'police',
  'rescue',
  'youth-office',
  'order-office',
  'arbitration',
  'night',
  'helpline',
] as const
export type NumberKind = (typeof numberKinds)[number]
/** Shown on acute danger whatever the model says. */
export const fixedNumbers = { police: '110', rescue: '112' } as const

export const partnerKinds = [
  'police',
  'youth-office',
  'order-office',
  'arbitration',
  'anti-discrimination',
  'advice-centre',
  'integration-centre',
  'municipality',
  'other',
] as const
export type PartnerKind = (typeof partnerKinds)[number]

export const noticeIds = [
  'privacy',
  'no-names',
  'danger',
  'what-happens',
  'anonymity',
  'callback',
  'thanks',
  'no-answer-yet',
  'mailbox-notice',
] as const
export type NoticeId = (typeof noticeIds)[number]

/** Letters to parties a model may word for itself, each with what may be put into its text. */
export const letterKinds = {
  invitation: ['matter', 'office'],
  confidentiality: ['matter', 'office'],
  agreement: ['matter', 'office', 'clauses'],
  closing: ['matter', 'office'],
} as const satisfies Record<string, readonly string[]>
export type LetterKind = keyof typeof letterKinds
export const letterIds = Object.keys(letterKinds) as [LetterKind, ...LetterKind[]]

export const bodyKinds = ['county', 'independent-city', 'member-town', 'state'] as const
export const lands = [
  'BW',
  'BY',
  'BE',
  'BB',
  'HB',
  'HH',
  'HE',
  'MV',
  'NI',
  'NW',
  'RP',
  'SL',
  'SN',
  'ST',
  'SH',
  'TH',
] as const
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

/** Words every model must have, beside one for each role. */
export const wordIds = [
  'report',
  'case',
  'assessment',
  'handling',
  'agreement',
  'measure',
  'follow-up',
  'area',
  'subject',
] as const
export type WordId = string
