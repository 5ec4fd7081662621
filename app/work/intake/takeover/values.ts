import { readStaffDay } from '#platform/forms/index.ts'

const spring1900 = Date.UTC(1899, 11, 30)

/** A day as registers write it, `YYYY-MM-DD`; undefined when it cannot be read. A time behind it is left out. */
export function readDay(text: string, monthFirst: boolean): string | undefined {
  const day = text.trim().replace(/^(?:mo|di|mi|do|fr|sa|so)[a-z]*\.?,?\s+/i, '')
  // What spreadsheets show when a column lost its form: days since 1900.
  if (/^[2-6]\d{4}$/.test(day)) return new Date(spring1900 + Number(day) * 86_400_000).toISOString().slice(0, 10)
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})(?:\s|$)/.exec(day)
  if (slashed) {
    const [first, second] = [slashed[1]!, slashed[2]!]
    const [date, month] = monthFirst ? [second, first] : [first, second]
    return readStaffDay(`${date}.${month}.${slashed[3]}`, '2000-01-01')
  }
  const [whole] = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2}))(?=\D|$)/.exec(day) ?? []
  return whole && readStaffDay(whole, '2000-01-01')
}

/** Hours as registers write them: 1,5 · 1.250,75 · 2 Std. · 1:30 · 90 min; undefined when it cannot be read. */
export function readHours(text: string): number | undefined {
  const plain = text.toLowerCase().trim()
  const clock = /^(\d{1,4}):([0-5]\d)(?:\s*(?:h|std\.?))?$/.exec(plain)
  if (clock) return Number(clock[1]) + Number(clock[2]) / 60
  const [, digits, unit = ''] = /^(\d[\d.,]*)\s*(h|std\.?|stunden?|min\.?|minuten)?$/.exec(plain) ?? []
  if (!digits) return undefined
  const german = digits.includes(',') || /^\d{1,3}(\.\d{3})+$/.test(digits)
  const number = Number(german ? digits.replaceAll('.', '').replace(',', '.') : digits)
  if (!Number.isFinite(number)) return undefined
  return unit.startsWith('min') ? number / 60 : number
}
