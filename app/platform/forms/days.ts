import { europeanDigits } from './clean.ts'
import type { RawForm } from './read.ts'
import words from './locales/days.de.json' with { type: 'json' }

const asText = (value: string | string[] | undefined) =>
  europeanDigits((Array.isArray(value) ? value[0] : value) ?? '').trim()
const two = (value: number) => String(value).padStart(2, '0')

/** A real calendar day as `YYYY-MM-DD`, undefined for the 31st of February. */
function isoDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || year > 2200 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return `${year}-${two(month)}-${two(day)}`
}

const shift = (day: string, by: number) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)
const fullYear = (text: string) => (text.length === 2 ? 2000 + Number(text) : Number(text))

/** The names of a resident's three date fields. */
export const dateFields = (name: string) => ({ day: `${name}-day`, month: `${name}-month`, year: `${name}-year` })

/** Three fields as one day: `YYYY-MM-DD`; '' when all are empty; 'incomplete' or 'impossible' otherwise. */
export function readDateFields(raw: RawForm, name: string): string {
  const fields = dateFields(name)
  const [day, month, year] = [asText(raw[fields.day]), asText(raw[fields.month]), asText(raw[fields.year])]
  if (!day && !month && !year) return ''
  if (!day || !month || !year) return 'incomplete'
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^(\d{2}|\d{4})$/.test(year)) return 'impossible'
  return isoDay(fullYear(year), Number(month), Number(day)) ?? 'impossible'
}

/** The three fields filled from a stored day. */
export function fillDateFields(name: string, day: string | null): RawForm {
  const [year = '', month = '', date = ''] = (day ?? '').split('-')
  const fields = dateFields(name)
  return {
    [fields.day]: date && String(Number(date)),
    [fields.month]: month && String(Number(month)),
    [fields.year]: year,
  }
}

/**
 * A day as staff type it: "3.12.", "03.12.2026", "2026-12-03", "gestern". Without a year the nearest such day is meant,
 * or, where a coming day is asked for, the next one: only a day of the last four weeks is then taken as past. Undefined
 * when it cannot be read.
 */
export function readStaffDay(text: string, today: string, which: 'nearest' | 'ahead' = 'nearest'): string | undefined {
  const clean = europeanDigits(text).trim().toLowerCase()
  const offset = new Map(Object.entries(words)).get(clean)
  if (offset !== undefined) return shift(today, offset)
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(clean)
  if (iso) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const german = /^(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{4}|\d{2})?$/.exec(clean)
  if (!german) return undefined
  const [day, month] = [Number(german[1]), Number(german[2])]
  if (german[3]) return isoDay(fullYear(german[3]), month, day)
  const year = Number(today.slice(0, 4))
  const distance = (candidate: string) => Math.abs(Date.parse(candidate) - Date.parse(today))
  return [year - 1, year, year + 1]
    .map((candidate) => isoDay(candidate, month, day))
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => which === 'nearest' || candidate >= shift(today, -28))
    .toSorted((a, b) => distance(a) - distance(b))[0]
}
