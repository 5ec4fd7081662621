import { z } from 'zod'
import { bases } from './bases.ts'

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const optional = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())
const needed = (message: string, most = 2_000) =>
  z.preprocess(blank, z.string(message).trim().max(most, 'error.tooLong'))

/** Noting a request. `about` is what it concerns: `fall:<id>`, `meldung:<id>`, or nothing when it is to be searched for. */
export const noting = z.object({
  basis: z.enum(bases, 'error.basis'),
  asker: needed('error.asker', 200),
  wants: needed('error.wants'),
  receivedOn: needed('error.receivedOn', 40),
  dueOn: optional(z.string().trim().max(40, 'error.dueOn')),
  about: optional(z.string().regex(/^(?:fall|meldung):[0-9a-f-]{36}$/, 'error.about')),
})

export const decisions = ['full', 'partly', 'refused'] as const
export type Decision = (typeof decisions)[number]

export const deciding = z.object({
  decision: z.enum(decisions, 'error.decision'),
  reason: optional(z.string().trim().max(4_000, 'error.tooLong')),
})
