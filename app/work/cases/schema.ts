import { z } from 'zod'

export const outcomes = ['agreed', 'partly', 'calmed', 'stopped', 'unsuitable', 'referred', 'unresolved'] as const
export type Outcome = (typeof outcomes)[number]

/** The closing page. Everything may be missing: the rules say what has to be added, and where. */
export const closing = z.object({
  outcome: z.preprocess((value) => (value === '' ? undefined : value), z.enum(outcomes, 'error.outcome').optional()),
  /** Effort in hours, quarter hours at the finest; 1,5 and 1.5 are both read. */
  hours: z.preprocess(
    (value) =>
      typeof value === 'string' ? (value.trim() === '' ? undefined : Number(value.replace(',', '.'))) : value,
    z.number('error.hours').min(0, 'error.hours').max(2000, 'error.hours').optional(),
  ),
  answer: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.string().max(20_000, 'error.tooLong').optional(),
  ),
})
export type Closing = z.output<typeof closing>
