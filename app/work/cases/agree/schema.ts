import { z } from 'zod'
import { holdings } from '../schema.ts'
import { begun, type Sent, type Translation, type Wording } from './translated.ts'

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

/**
 * Reads the lines `who-1`, `what-1`, … of a form. Faults name the line's own field; `tells` finds what must not stand in a
 * text that others read.
 */
export function readClauses(
  raw: Readonly<Record<string, string | string[]>>,
  day: (typed: string) => string | undefined,
  tells: (text: string) => boolean,
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
    for (const [field, value] of Object.entries({ who, what, tell })) {
      if (value.length > 2_000) faults.push({ field: `${field}-${n}`, message: 'error.long' })
      if (tells(value)) faults.push({ field: `${field}-${n}`, message: 'error.tells' })
    }
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

/** The words of a clause that are translated; where nothing may be told there is nothing to translate. */
export const wordsOf = ({ tell }: Wording) => (tell ? (['who', 'what', 'tell'] as const) : (['who', 'what'] as const))

/**
 * Reads `who-1`, `what-1`, `tell-1`, `checked-1`, … and `by` of a form. A clause is translated whole or not at all.
 */
export function readTranslation(
  raw: Readonly<Record<string, string | string[]>>,
  clauses: readonly Wording[],
  before: Translation | undefined,
  tells: (text: string) => boolean,
): { by: string; sent: (Sent | undefined)[]; faults: { field: string; message: string }[] } {
  const faults: { field: string; message: string }[] = []
  const typed = (name: string, most = 2_000) => {
    const text = [raw[name]].flat()[0]?.trim() ?? ''
    if (text.length > most) faults.push({ field: name, message: most === 2_000 ? 'error.long' : 'error.by.long' })
    if (tells(text)) faults.push({ field: name, message: 'error.tells' })
    return text
  }
  const sent = clauses.map((clause, place) => {
    const n = place + 1
    const said = Object.fromEntries(wordsOf(clause).map((name) => [name, typed(`${name}-${n}`)]))
    const empty = Object.keys(said).filter((name) => !said[name])
    if (empty.length === Object.keys(said).length) return undefined
    for (const name of empty) faults.push({ field: `${name}-${n}`, message: 'error.part' })
    return { said: said as unknown as Wording, checked: raw[`checked-${n}`] === 'yes' }
  })
  const any = sent.some(Boolean)
  const by = typed('by', 200)
  if (any && !by) faults.push({ field: 'by', message: 'error.by' })
  if (!any && !begun(before)) faults.push({ field: 'who-1', message: 'error.translation' })
  return { by, sent, faults }
}
