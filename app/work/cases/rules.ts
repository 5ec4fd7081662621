import type { Closing } from './schema.ts'

export interface Missing {
  /** Key of the slice's words. */
  readonly message: string
  /** The field on the page, or the step where it is mended. */
  readonly where: string
}

/** What a case still lacks before it can be closed. Empty when nothing does. */
export function whatIsMissing(row: { closed_on: string | null }, closing: Closing): Missing[] {
  const missing: Missing[] = []
  if (row.closed_on) missing.push({ message: 'missing.already-closed', where: 'outcome' })
  if (!closing.outcome) missing.push({ message: 'missing.outcome', where: 'outcome' })
  return missing
}
