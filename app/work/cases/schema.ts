import { z } from 'zod'
import { tells } from './tells.ts'

export const outcomes = ['agreed', 'partly', 'calmed', 'stopped', 'unsuitable', 'referred', 'unresolved'] as const
export type Outcome = (typeof outcomes)[number]
export const levels = ['few', 'group', 'wide'] as const
export const attendances = [
  'one-side',
  'several-sides',
  'reporter',
  'handlers',
  'interpreter',
  'office',
  'others',
] as const
export const holdings = ['yes', 'partly', 'no', 'unknown'] as const
export const parts = ['lead', 'with', 'extract'] as const

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())
const long = z.string().max(20_000, 'error.tooLong')
/** Read by others than those who handle the case, or kept longer than the way it was worked on. */
const quiet = long.refine((text) => !tells(text), 'error.tells')
const needed = (message: string) => z.preprocess(blank, z.string(message).max(20_000, 'error.tooLong'))
const list = (value: unknown) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value])
const version = z.coerce.number().int()

/** The closing page. Everything may be missing: the rules say what has to be added, and where. */
export const closing = z.object({
  outcome: optional(z.enum(outcomes, 'error.outcome')),
  /** Effort in hours, quarter hours at the finest; 1,5 and 1.5 are both read. */
  hours: z.preprocess(
    (value) =>
      typeof value === 'string' ? (value.trim() === '' ? undefined : Number(value.replace(',', '.'))) : value,
    z.number('error.hours').min(0, 'error.hours').max(2000, 'error.hours').optional(),
  ),
  /** How far the party furthest on has gone now; for the figures only. */
  stage: optional(z.coerce.number().int().min(1).max(9)),
  answer: optional(quiet),
  /** Why, where a second person has to agree. */
  reason: optional(quiet),
  /** Answers to the model's own questions, read apart; they travel with what waits for a second person. */
  asked: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
})
export type Closing = z.output<typeof closing>

/** What is known so far. Only matter and next step are needed. */
export const assessing = z.object({
  matter: needed('error.matter'),
  nextStep: needed('error.nextStep'),
  level: optional(z.enum(levels)),
  notes: optional(long),
})
export type Assessing = z.output<typeof assessing>

export const going = z.object({ to: z.string(), version, reason: optional(quiet) })
export type Going = z.output<typeof going>

export const assigning = z.object({
  person: needed('error.person'),
  as: z.enum(parts, 'error.as'),
  until: optional(z.string()),
})
/** What a talk came to, and what is next: words to choose from, for any format, so that nothing invites content. */
export const results = ['open', 'step', 'settled', 'broken-off', 'not-held'] as const
export const nexts = ['again', 'single', 'agreement', 'measures', 'others', 'pause', 'end'] as const
export const session = z.object({
  heldOn: needed('error.heldOn'),
  attended: z.preprocess(list, z.array(z.enum(attendances)).min(1, 'error.attended')),
  result: z.enum(results, 'error.result'),
  next: z.enum(nexts, 'error.next'),
})
export const measure = z.object({
  what: needed('error.what'),
  owner: needed('error.owner'),
  dueOn: needed('error.dueOn'),
})
export const following = z.object({ holding: z.enum(holdings, 'error.holding'), note: optional(quiet) })

export const times = ['yes', 'some', 'no'] as const
/** Languages most often needed; any other is typed by its name. */
export const spoken = ['en', 'tr', 'ar', 'ku', 'uk', 'ru', 'fa', 'fr', 'pl', 'ro', 'bg', 'sq', 'rom'] as const
export const readiness = z.object({
  time: z.enum(times, 'error.time'),
  /** Hours a week, about; between 1 and 40. */
  hours: optional(z.coerce.number('error.week').int('error.week').min(1, 'error.week').max(40, 'error.week')),
  /** A day as staff type it. */
  until: optional(z.string()),
  languages: z.preprocess(list, z.array(z.enum(spoken))),
  /** Names, parted by commas. */
  others: z.preprocess((value) => value ?? '', z.string().max(300, 'error.tooLong')),
})
export type Readiness = z.output<typeof readiness>

/** What the register is taken out for. */
export const purposes = ['report', 'audit', 'move', 'request'] as const
export type Purpose = (typeof purposes)[number]
export const takingOut = z.object({ purpose: z.enum(purposes, 'error.purpose') })
