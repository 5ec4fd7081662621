import known from './columns.json' with { type: 'json' }
import type { Table } from './table.ts'

export const fields = [
  'number',
  'opened',
  'closed',
  'matter',
  'details',
  'area',
  'subject',
  'status',
  'due',
  'hours',
  'outcome',
] as const
export type Field = (typeof fields)[number]
/** Which column of the source, counted from 0, holds what; what is left out stands nowhere. */
export type Mapping = Readonly<Partial<Record<Field, number>>>

/** Lower case, one blank between words: headings and names are compared so. */
export const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()

const fieldOf = (heading: string): Field | undefined =>
  fields.find((field) => known.fields[field].includes(plain(heading).replace(/[:*]$/, '')))

/** So far down a heading may stand: above it a title, a date, somebody's note. */
const searched = 20

/** The place of the row with the headings among the lines: the one that names the most of what a register has. */
export function headingAt({ lines }: Table): number {
  const scores = lines.slice(0, searched).map(({ cells }) => new Set(cells.flatMap((cell) => fieldOf(cell) ?? [])).size)
  const best = Math.max(0, ...scores)
  return best < 2 ? 0 : scores.indexOf(best)
}

/** Proposes which column holds what, by the headings; people change it by hand. The first column that fits is taken. */
export function proposeMapping(headings: readonly string[]): Mapping {
  const mapping: Partial<Record<Field, number>> = {}
  headings.forEach((heading, column) => {
    const field = fieldOf(heading)
    if (field && mapping[field] === undefined) mapping[field] = column
  })
  return mapping
}

/**
 * Whether days like 3/4/2025 are written with the month first: some day above 12 in second place gives it away. Days
 * with dots are German and always day first.
 */
export const monthFirst = ({ lines }: Table): boolean =>
  lines.some(({ cells }) => cells.some((cell) => /^\d{1,2}\/(1[3-9]|2\d|3[01])\/\d{2,4}\b/.test(cell)))

export const wordsFor = { closed: known.closed, running: known.running, outcomes: known.outcomes }
