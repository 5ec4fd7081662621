import { z } from 'zod'
import * as kinds from './kinds.ts'
import { components, verbs } from './rights.ts'

/** The document in which a municipality's way of working stands. Pure data: no expression, no script. */

const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
const text = z.string().trim().min(1).max(2000)
const day = z.iso.date()
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const days = z.int().min(1).max(400)

const inLanguages = <T extends z.ZodType>(text: T) =>
  z.strictObject({
    de: text,
    leicht: text.optional(),
    en: text.optional(),
    tr: text.optional(),
    ar: text.optional(),
    uk: text.optional(),
    ru: text.optional(),
  })
const l10n = inLanguages(text)
/** A whole letter: paragraphs with an empty line between them, lists as lines that begin with "- ". */
const letter = inLanguages(z.string().trim().min(1).max(6000))

/** A noun with what German needs to put it into a sentence. */
const word = z.strictObject({
  one: text,
  many: text,
  gender: z.enum(['m', 'f', 'n']),
  dative: text.optional(),
  genitive: text.optional(),
})

const within = z.strictObject({ days, owner: id })

const field = z.strictObject({
  id,
  type: z.enum(kinds.fieldTypes),
  label: l10n,
  hint: l10n.optional(),
  options: z
    .array(z.strictObject({ id, label: l10n }))
    .max(30)
    .optional(),
  required: z.boolean().default(false),
  sealed: z.boolean().default(true),
  shown: z.array(z.enum(kinds.fieldPlaces)).min(1),
})

/** `waits`: nothing happens before the second person agrees. `at-once`: it takes effect and lapses to the owner. */
const second = z.strictObject({
  by: z.array(id),
  effect: z.enum(['waits', 'at-once']),
  lapse: within.optional(),
})

const step = z.strictObject({
  id,
  kind: z.enum(kinds.stepKindIds),
  label: l10n,
  button: l10n,
  hint: l10n.optional(),
  by: z.array(id),
  second: second.optional(),
  within: within.optional(),
  next: z.array(id),
  when: z
    .strictObject({
      all: z.array(z.enum(kinds.predicates)).optional(),
      none: z.array(z.enum(kinds.predicates)).optional(),
    })
    .optional(),
  ask: z.array(field).max(20).default([]),
})

const role = z.strictObject({
  id,
  component: z.enum(components),
  may: z.array(z.enum(verbs)),
  /** At most one person holds it at a time. */
  single: z.boolean().default(false),
  /** Sits outside the office: head of the integration centre, neighbouring office, county. */
  outside: z.boolean().default(false),
  /** Entitlement a person needs before being appointed. */
  needs: z.array(id).default([]),
})

const span = z.tuple([time, time])
const week = z.partialRecord(z.enum(kinds.weekdays), z.array(span))

const office = z.strictObject({
  id,
  component: z.enum(components),
  partner: z.enum(kinds.partnerKinds).optional(),
  name: l10n,
  seat: l10n.optional(),
  roles: z.array(id).default([]),
  /** Only there; everywhere if absent. */
  areas: z.array(id).optional(),
  /** The member town whose own office it is. */
  town: id.optional(),
  languages: z.array(z.enum(kinds.languages)).default(['de']),
  phone: text.optional(),
  mail: z.email().optional(),
  address: text.optional(),
  hours: week.optional(),
  /** People may come here with a matter. */
  open: z.boolean().default(false),
})

const area = z.strictObject({
  id,
  name: text,
  town: id.optional(),
  population: z.int().positive().optional(),
  /** Office offered instead of the one that reads. */
  instead: id.optional(),
})

const number = z.strictObject({
  id,
  kind: z.enum(kinds.numberKinds),
  label: l10n,
  number: z.string().regex(/^[0-9 ]{3,20}$/),
  hours: l10n.optional(),
  areas: z.array(id).optional(),
})

const period = z.union([z.strictObject({ days: z.int().min(0) }), z.strictObject({ months: z.int().min(0) })])

const base = z.strictObject({ id, version: text })

export const modelSchema = z.strictObject({
  schema: z.literal(1),
  id,
  title: text,
  base: base.optional(),
  /** Translations were made by machine and no person has read them yet. */
  unreviewed: z.boolean().default(false),
  body: z.strictObject({ kind: z.enum(kinds.bodyKinds), name: text, land: z.enum(kinds.lands), seat: l10n }),
  /** False is the *Register ohne Personen*: no contact sheet, parties by role only. */
  persons: z.boolean(),
  words: z.record(id, word),
  components: z.array(z.strictObject({ kind: z.enum(components), name: l10n, task: l10n })),
  roles: z.array(role).min(1),
  offices: z.array(office).min(1),
  readers: z.strictObject({
    usual: id,
    /** Offices a reporter may exclude, each with the role that reads in its place. */
    excludable: z.array(z.strictObject({ office: id, substitute: id })),
    /** Reads when the exclusion was typed, or covers the named substitute too. */
    otherwise: id,
  }),
  channels: z.array(z.enum(kinds.channels)).min(1),
  contact: z.array(z.enum(kinds.contactKinds)).min(1),
  publicForm: z.strictObject({ open: z.boolean(), callback: z.boolean() }),
  languages: z.array(z.enum(kinds.languages)).min(1),
  areas: z.array(area).min(1),
  subjectGroups: z.array(z.strictObject({ id, label: l10n })).min(1),
  subjects: z.array(z.strictObject({ id, label: l10n, group: id })).min(1),
  unknown: z.strictObject({ area: l10n, subject: l10n }),
  steps: z.array(step).min(1),
  gates: z.array(z.strictObject({ id: z.enum(kinds.gates), text: l10n })),
  formats: z.array(
    z.strictObject({
      id,
      kind: z.enum(kinds.formatKinds),
      name: l10n,
      approval: id.optional(),
      needs: z.array(id).default([]),
      pair: z.boolean().default(false),
    }),
  ),
  entitlements: z.array(z.strictObject({ id, name: l10n })).default([]),
  triage: z.array(
    z.strictObject({
      when: z.strictObject({
        stage: z.tuple([z.int().min(1).max(9), z.int().min(1).max(9)]).optional(),
        scope: z.array(z.enum(kinds.scopes)).optional(),
      }),
      propose: z.array(id),
      with: z.array(id).default([]),
      why: l10n,
    }),
  ),
  outcomes: z.array(z.strictObject({ id: z.enum(kinds.outcomes), label: l10n })).min(1),
  reasons: z.array(z.strictObject({ id, for: z.array(z.enum(kinds.stepKindIds)).min(1), label: l10n, answer: l10n })),
  sentences: z.array(z.strictObject({ id, text: l10n })).default([]),
  /** Working days; the clocks of what is owed to whoever reported. */
  clocks: z.strictObject({
    acknowledge: within,
    firstAnswer: within,
    unopened: within,
    danger: z.strictObject({ minutes: z.int().min(5).max(720), owner: id }),
  }),
  followUps: z.strictObject({ months: z.array(z.int().min(1).max(36)), owner: id }),
  numbers: z.array(number),
  hours: z.strictObject({
    weekly: week,
    closed: z.array(z.strictObject({ from: day, until: day, why: l10n })).default([]),
  }),
  retention: z.record(z.enum(kinds.retentionIds), period),
  thresholds: z.strictObject({
    bundle: z.strictObject({ reports: z.int().min(2), days }),
    smallCell: z.int().min(5),
    rankedList: z.boolean(),
    pooled: z.strictObject({ cases: z.int().min(5), answers: z.int().min(10) }),
    flood: z.strictObject({ perMinute: z.int().min(1) }),
  }),
  notices: z.record(z.enum(kinds.noticeIds), l10n),
  /** Letters to parties in words of one's own; the program has a text for each that is missing. */
  letters: z.partialRecord(z.enum(kinds.letterIds), letter).optional(),
  status: z.record(z.enum(kinds.statuses), l10n),
  mailbox: z.strictObject({ openedBy: z.boolean() }),
  /** Taking the register out of the program: who has to agree first. Without it nobody has to. */
  register: z.strictObject({ second: z.array(id).min(1) }).optional(),
  /** Which file leads where the office has another one beside this program; without it, this program's records do. */
  file: z.strictObject({ leads: z.enum(['program', 'other']), name: text }).optional(),
  /**
   * Conflicts inside the administration: which subjects are, and the agreement with the staff council (Dienstvereinbarung)
   * without whose day nobody is offered them. `door`: residents are offered them too.
   */
  inside: z
    .strictObject({
      subjects: z.array(id).min(1),
      door: z.boolean().default(false),
      agreement: z.strictObject({ on: day, title: text }).optional(),
    })
    .optional(),
  /** Who decides about requests for inspection; without it, whoever may decide as the second person. */
  inspection: z.strictObject({ decide: z.array(id).min(1) }).optional(),
  evaluation: z.array(field).max(10).default([]),
  retired: z.array(z.strictObject({ what: z.enum(['role', 'step']), id, successor: id })).default([]),
})

export type Model = z.infer<typeof modelSchema>
/** A document as written by hand: what has a default may be missing. */
export type ModelDocument = z.input<typeof modelSchema>
export type L10n = z.infer<typeof l10n>
export type Word = z.infer<typeof word>
export type Role = z.infer<typeof role>
export type Step = z.infer<typeof step>
export type Field = z.infer<typeof field>
export type Office = z.infer<typeof office>
export type Area = z.infer<typeof area>
export type EmergencyNumber = z.infer<typeof number>
export type Period = z.infer<typeof period>
export type Week = z.infer<typeof week>
export type Within = z.infer<typeof within>
export type Second = z.infer<typeof second>
export type RoleId = string
export type StepId = string
export type FormatId = string
export type OfficeId = string
export type AreaId = string
export type SubjectId = string

/** The published JSON Schema: what a document may contain, for editors and other installations. */
export function jsonSchema(): Record<string, unknown> {
  // Documents that were published with a text question are still read; no new one may have one.
  const offered = modelSchema.extend({
    evaluation: z
      .array(field.extend({ type: z.enum(kinds.evaluationTypes) }))
      .max(10)
      .default([]),
  })
  return z.toJSONSchema(offered, { io: 'input', target: 'draft-2020-12' }) as Record<string, unknown>
}
