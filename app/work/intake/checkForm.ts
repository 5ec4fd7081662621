import type { RawForm } from '#platform/forms/index.ts'
import { checkedParts, passagesOf, placesOf, treatments, type Mark, type Texts, type Treatment } from './passages.ts'
import type { Missing } from './rules.ts'

/** The fields of the checking page: one choice for each sentence, and rows for words quoted freely. */
export const choiceName = (part: string, index: number) => `p-${part}-${index}`
export const roleName = (part: string, index: number) => `r-${part}-${index}`
export const quoteNames = (row: number) => ({
  quote: `quote-${row}`,
  what: `quote-${row}-what`,
  role: `quote-${row}-role`,
})
/** Rows for free quotations a form can carry. */
const mostQuotes = 40

const longestRole = 60
const textOf = (value: string | string[] | undefined) => String(Array.isArray(value) ? value[0] : (value ?? '')).trim()
const treatmentOf = (value: string | string[] | undefined, persons: boolean): Treatment | undefined =>
  treatments.find((one) => one === textOf(value) && (persons || one !== 'contact'))

/** How many rows for quotations the page shows: those filled and three empty ones. */
export function quoteRows(raw: RawForm): number {
  let last = -1
  for (let row = 0; row < mostQuotes; row++) if (textOf(raw[quoteNames(row).quote]) !== '') last = row
  return Math.min(last + 4, mostQuotes)
}

/**
 * Reads what is to become of which passage. What is missing is named with its field. Without `persons` nothing can be
 * moved to a contact sheet: there is none.
 */
export function readMarks(texts: Texts, raw: RawForm, persons: boolean): { marks: Mark[]; missing: Missing[] } {
  const marks: Mark[] = []
  const missing: Missing[] = []
  const role = (what: Treatment, field: string): { role?: string } => {
    const typed = textOf(raw[field]).slice(0, longestRole)
    if (what === 'role' && !typed) missing.push({ field, message: 'missing.role' })
    return what === 'role' ? { role: typed } : {}
  }
  for (const part of checkedParts) {
    for (const [index, { start, end }] of passagesOf(texts[part] ?? '').entries()) {
      const what = treatmentOf(raw[choiceName(part, index)], persons)
      if (what) marks.push({ part, start, end, what, ...role(what, roleName(part, index)) })
    }
  }
  for (let row = 0; row < mostQuotes; row++) {
    const names = quoteNames(row)
    const quotation = textOf(raw[names.quote])
    if (!quotation) continue
    const what = treatmentOf(raw[names.what], persons) ?? 'black'
    const said = role(what, names.role)
    const found = checkedParts.flatMap((part) =>
      placesOf(texts[part] ?? '', quotation).map((place) => ({ part, ...place, what, ...said })),
    )
    if (found.length === 0) missing.push({ field: names.quote, message: 'missing.quote' })
    marks.push(...found)
  }
  return { marks, missing }
}

/** The same marks as the fields of a form, for going on with a check begun earlier. */
export function formOfMarks(texts: Texts, marks: readonly Mark[]): RawForm {
  const values: RawForm = {}
  const quoted = new Map<string, Mark>()
  for (const mark of marks) {
    const index = passagesOf(texts[mark.part] ?? '').findIndex(
      ({ start, end }) => start === mark.start && end === mark.end,
    )
    if (index < 0)
      quoted.set(`${(texts[mark.part] ?? '').slice(mark.start, mark.end).toLowerCase()} ${mark.what}`, mark)
    else {
      values[choiceName(mark.part, index)] = mark.what
      values[roleName(mark.part, index)] = mark.role ?? ''
    }
  }
  for (const [row, { part, start, end, what, role }] of [...quoted.values()].entries()) {
    const names = quoteNames(row)
    values[names.quote] = (texts[part] ?? '').slice(start, end)
    values[names.what] = what
    values[names.role] = role ?? ''
  }
  return values
}
