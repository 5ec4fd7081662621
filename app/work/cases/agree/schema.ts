import { z } from 'zod'
import { holdings } from '../schema.ts'

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const text = (most: number) => z.preprocess(blank, z.string().trim().max(most, 'error.long').optional())

/** One line of an agreement as typed; a line without anything is left out. */
export interface Clause {
  readonly who: string
  readonly what: string
  readonly tell?: string
  /** `YYYY-MM-DD` */
  readonly dueOn?: string
}

/** The most lines one page takes; whoever needs more has more than one agreement. */
export const mostClauses = 12

/** Reads the lines `who-1`, `what-1`, … of a form. Faults name the line's own field. */
export function readClauses(
  raw: Readonly<Record<string, string | string[]>>,
  day: (typed: string) => string | undefined,
): { clauses: Clause[]; faults: { field: string; message: string }[] } {
  const clauses: Clause[] = []
  const faults: { field: string; message: string }[] = []
  for (let n = 1; n <= mostClauses; n++) {
    const typed = (name: string) => [raw[`${name}-${n}`]].flat()[0]?.trim() ?? ''
    const [who, what, tell, due] = [typed('who'), typed('what'), typed('tell'), typed('due')]
    if (!who && !what && !tell && !due) continue
    const dueOn = due ? day(due) : undefined
    if (!who) faults.push({ field: `who-${n}`, message: 'error.who' })
    if (!what) faults.push({ field: `what-${n}`, message: 'error.what' })
    if (due && !dueOn) faults.push({ field: `due-${n}`, message: 'error.due' })
    for (const [field, value] of Object.entries({ who, what, tell }))
      if (value.length > 2_000) faults.push({ field: `${field}-${n}`, message: 'error.long' })
    clauses.push({ who, what, ...(tell && { tell }), ...(dueOn && { dueOn }) })
  }
  if (clauses.length === 0) faults.push({ field: 'who-1', message: 'error.none' })
  return { clauses, faults }
}

export const signing = z.object({ signedOn: z.string(), proof: text(2_000) })
export const looking = z.object({ look: z.uuid(), holding: z.enum(holdings, 'error.holding'), note: text(2_000) })

const needed = (message: string) => z.string().trim().min(1, message).max(2_000, 'error.long')

/** A clause as everybody may read it; the days are read by the page. */
export const publishing = z.object({
  clause: z.uuid('error.clause'),
  who: needed('error.who'),
  what: needed('error.what'),
})
export type Publishing = z.output<typeof publishing>

export const settling = z.object({ commitment: z.uuid(), state: z.enum(['open', 'kept', 'dropped', 'withdrawn']) })

/** Which party gets the link: a role or a group. */
export const asking = z.object({ party: needed('error.party') })
