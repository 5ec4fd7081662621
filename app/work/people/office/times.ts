import { readStaffDay } from '#platform/forms/index.ts'

export type Span = [from: string, until: string]

const clock = /^(\d{1,2})(?:[:.](\d{2}))?$/

function readClock(text: string): string | undefined {
  const [, hour = '', minute = '00'] = clock.exec(text) ?? []
  return hour !== '' && Number(hour) < 24 && Number(minute) < 60 ? `${hour.padStart(2, '0')}:${minute}` : undefined
}

/** Opening hours of a day as staff type them: "8-12, 14:00 bis 16 Uhr"; [] for an empty field, undefined for no hours. */
export function readHours(text: string): Span[] | undefined {
  const spans: Span[] = []
  const parts = text
    .toLowerCase()
    .replaceAll('uhr', '')
    .split(/[,;/]|\bund\b/)
  for (const part of parts.map((one) => one.trim()).filter(Boolean)) {
    const [from, until, more] = part.split(/\s*(?:-|–|\bbis\b)\s*/).map(readClock)
    if (!from || !until || more || from >= until) return undefined
    spans.push([from, until])
  }
  const sorted = spans.toSorted()
  return sorted.every(([from], i) => i === 0 || sorted[i - 1]![1] <= from) ? sorted : undefined
}

const short = (time: string) => time.replace(/^0/, '')

/** [["08:00", "12:00"]] → "8:00–12:00" */
export const writeHours = (spans: readonly (readonly [string, string])[] = []): string =>
  spans.map(([from, until]) => `${short(from)}–${short(until)}`).join(', ')

export interface Closure {
  readonly from: string
  readonly until: string
  readonly why: string
}

/** "24.12. bis 1.1., Betriebsruhe": one closure a line. The number of the first line that cannot be read instead, from 1. */
export function readClosures(text: string, today: string): Closure[] | number {
  const closures: Closure[] = []
  const lines = text.split('\n')
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue
    const [days = '', ...why] = line.split(',')
    const [first = '', last = first, more] = days.split(/\s*(?:–|\bbis\b|\s-\s)\s*/)
    const [from, until] = [readStaffDay(first, today), readStaffDay(last, today)]
    if (!from || !until || more !== undefined || until < from) return i + 1
    closures.push({ from, until, why: why.join(',').trim() || '–' })
  }
  return closures.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

const german = (day: string) => day.split('-').map(Number).toReversed().join('.')

/** The other way round, one closure a line. */
export const writeClosures = (closures: readonly Closure[]): string =>
  closures
    .map(({ from, until, why }) => `${german(from)}${until === from ? '' : ` bis ${german(until)}`}, ${why}`)
    .join('\n')
