import { z } from 'zod'
import type { Answers } from '#work/cases/index.ts'
import { bases, referralParts } from './referral.ts'

/** Twenty thousand characters: ten written pages, more than anybody types on a phone. */
const longText = z.string().max(20_000, 'error.tooLong')

const optionalText = (most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    z.string().trim().max(most, 'error.tooLong').optional(),
  )

/** Said behind "Mehr sagen" and kept sealed with the report. */
const extras = z.object({
  often: z.enum(['once', 'sometimes', 'weekly', 'daily']).optional(),
  place: z.string().max(500, 'error.tooLong').optional(),
  answerLanguage: z.string().max(10).optional(),
  /** What to mind when speaking to somebody who left no contact data. */
  safe: z.string().max(400, 'error.tooLong').optional(),
  /** For whom somebody speaks who does not speak for herself. */
  onBehalf: z.string().max(400, 'error.tooLong').optional(),
})
export type Extras = z.output<typeof extras>

/** What a report may carry, from whichever door it comes. Messages are keys of the slice's words. */
export const newReport = z
  .object({
    observed: longText.trim().min(1, 'error.observed.missing'),
    concluded: longText.optional(),
    area: z.string().min(1).default('unknown'),
    subject: z.string().min(1).default('unknown'),
    wish: z.enum(['talk', 'advice', 'inform'], 'error.wish').optional(),
    anonymity: z.enum(['anonymous', 'office', 'named'], 'error.anonymity').default('anonymous'),
    language: z.string().default('de'),
    occurredOn: z.iso.date('error.date').optional(),
    contact: z.string().max(2_000, 'error.tooLong').optional(),
    /** Where the bare hint goes that an answer is there: a mail address or a mobile number. */
    notice: z.string().max(200, 'error.tooLong').optional(),
    /** The office that shall read it, where the model offers another than the usual one. */
    office: z.string().max(64).optional(),
    extras: extras.optional(),
    notVisibleTo: z.array(z.string().max(200)).max(20).default([]),
    danger: z.boolean().default(false),
    channel: z
      .enum(['web', 'callback', 'api', 'phone', 'counter', 'letter', 'mail', 'partner', 'import'])
      .default('web'),
  })
  .refine((report) => report.anonymity !== 'anonymous' || !report.contact?.trim(), {
    path: ['contact'],
    message: 'error.contact.anonymous',
  })
  .refine((report) => report.anonymity !== 'anonymous' || !report.notice?.trim(), {
    path: ['notice'],
    message: 'error.contact.anonymous',
  })

export type NewReport = z.output<typeof newReport>

/** What staff write down of a call, a visit, a letter: at most six answers. */
export const entry = z.object({
  channel: z.enum(['phone', 'counter', 'letter', 'mail', 'partner'], 'error.channel').default('phone'),
  observed: longText.trim().min(1, 'error.observed.missing'),
  area: z.string().min(1).default('unknown'),
  subject: z.string().min(1).default('unknown'),
  contact: optionalText(2_000),
  onBehalf: optionalText(400),
  /** Of a mail: its id, and what its writer quoted where that is needed too. */
  messageId: optionalText(1_000),
  /** The code of a card the person holds already, as typed. */
  card: optionalText(60),
  quoted: optionalText(20_000),
  withQuoted: z.preprocess((value) => value === 'yes', z.boolean()),
  danger: z.preprocess((value) => value === 'yes' || value === true, z.boolean()),
  /** What was advised; with it the matter is closed at once. */
  advice: optionalText(20_000),
})
export type Entry = z.output<typeof entry>

/** A question to colleagues, without names. */
export const asking = z.object({
  subject: z.string().min(1).default('unknown'),
  question: longText.trim().min(1, 'missing.consult.question'),
  ethnicised: z.preprocess(
    (value) => (value === 'yes' ? true : value === 'no' ? false : undefined),
    z.boolean().optional(),
  ),
})
export type Asking = z.output<typeof asking>

/** What the decision page carries; which parts are needed depends on the move, so rules.ts says. */
export const decision = z.object({
  to: z.string().min(1, 'missing.to'),
  version: z.coerce.number().int(),
  /** The same for all look-alikes that lie on its pile. */
  pile: z.preprocess((value) => value === 'yes', z.boolean()),
  answer: optionalText(20_000),
  /** A reason of the model, which brings its own answer along. */
  because: optionalText(60),
  matter: optionalText(300),
  watchUntil: z.preprocess((value) => (value === '' ? undefined : value), z.iso.date('error.date').optional()),
  /** For the second person, who sees nothing else: without names. */
  secondReason: optionalText(2_000),
})
export type Decision = Omit<z.output<typeof decision>, 'pile'> & {
  readonly pile?: boolean
  /** Answers to the model's questions at checking; they travel with what waits for a second person. */
  readonly asked?: Answers
  /** What is handed over, for the move that refers; its page makes it. */
  readonly referral?: string
}

const oneOrMore = (value: unknown) => (value === undefined || value === '' ? [] : [value].flat())

/** Which report it belongs together with, and why somebody thinks so. */
export const merging = z.object({
  with: z.uuid('missing.with'),
  reason: z.preprocess((value) => value ?? '', z.string().trim().min(1, 'missing.reason').max(500, 'error.tooLong')),
})

/** Several reports that become one matter: a new case, or one that is running. */
export const bundling = z.object({
  reports: z.preprocess(oneOrMore, z.array(z.uuid('missing.reports')).min(1, 'missing.reports').max(200)),
  case: z.preprocess((value) => (value === '' ? undefined : value), z.uuid('missing.case').optional()),
  matter: optionalText(300),
  reason: merging.shape.reason,
})

/** One person on a contact sheet; something of her must be there. */
export const contactData = z
  .object({
    role: optionalText(100),
    name: optionalText(200),
    ways: optionalText(1_000),
    note: optionalText(4_000),
  })
  .refine(({ role, name, ways, note }) => role || name || ways || note, {
    path: ['name'],
    message: 'missing.contact',
  })
export type ContactData = z.output<typeof contactData>

/** How many cards to print: a stack for a counter, not a store. */
export const cardBatch = z.object({
  count: z.coerce.number('error.cards').int('error.cards').min(1, 'error.cards').max(200, 'error.cards'),
})

const severalOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z.preprocess(oneOrMore, z.array(z.enum(values)).max(values.length))

/** To whom a report is handed, why and what of it; what is needed depends on the ground, so referral.ts says. */
export const referring = z.object({
  office: optionalText(64),
  recipient: optionalText(300),
  basis: z.enum(bases, 'missing.basis'),
  ground: optionalText(500),
  purpose: optionalText(4_000),
  parts: severalOf(referralParts),
})

/** On which ground something is handed over while there is danger. */
export const urgentBases = ['danger', 'child', 'consent', 'no-person'] as const

/** One line of what was done at once. */
export const urgentData = z
  .object({
    kind: z.enum(['reached', 'not-reached', 'handed', 'note'], 'missing.kind'),
    whom: optionalText(200),
    what: optionalText(4_000),
    basis: z.preprocess((value) => (value === '' ? undefined : value), z.enum(urgentBases).optional()),
    at: optionalText(20),
  })
  .refine(({ kind, what }) => (kind !== 'handed' && kind !== 'note') || what, {
    path: ['what'],
    message: 'missing.what',
  })
  .refine(({ kind, basis }) => kind !== 'handed' || basis, { path: ['basis'], message: 'missing.urgent.basis' })
export type UrgentData = z.output<typeof urgentData>
