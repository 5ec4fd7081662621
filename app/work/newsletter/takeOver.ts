import { z } from 'zod'
import { sameAddress } from './rules.ts'

/** One address of a list somebody brings along. With all three parts of a proof it counts as confirmed. */
export interface Line {
  readonly line: number
  readonly address: string
  readonly proof: { readonly given: string; readonly source: string; readonly proof: string } | undefined
}

export type LineFault = 'address' | 'day' | 'double' | 'half' | 'fields' | 'long' | 'suppressed' | 'known' | 'many'

export interface Faulty {
  readonly line: number
  readonly fault: LineFault
}

export interface ReadList {
  readonly lines: readonly Line[]
  readonly faults: readonly Faulty[]
}

export const most = { lines: 20_000, unproven: 500 } as const

const isAddress = (text: string) => z.email({ pattern: z.regexes.unicodeEmail }).max(200).safeParse(text).success

/** A real day that is not ahead, as `YYYY-MM-DD` or with a time behind it. */
function isGiven(text: string, today: string): boolean {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?$/.exec(text)?.[1]
  if (!day || day > today) return false
  const date = new Date(`${day}T12:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day)
}

function readLine(text: string, line: number, today: string): Line | LineFault {
  if (text.length > 2_000) return 'long'
  const [address = '', given = '', source = '', proof = '', ...more] = text.split(';').map((part) => part.trim())
  if (more.some(Boolean)) return 'fields'
  if (!isAddress(address)) return 'address'
  const parts = [given, source, proof].filter(Boolean).length
  if (parts === 0) return { line, address, proof: undefined }
  if (parts < 3) return 'half'
  return isGiven(given, today) ? { line, address, proof: { given, source, proof } } : 'day'
}

/**
 * Reads a list, a line each: `address; agreed on; where; proof`. Empty lines do not count; every line that cannot be
 * taken is named with what is wrong.
 */
export function readList(text: string, today: string): ReadList {
  const lines: Line[] = []
  const faults: Faulty[] = []
  const seen = new Set<string>()
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.trim() === '') continue
    const line = index + 1
    const read = lines.length + faults.length < most.lines ? readLine(raw, line, today) : 'many'
    if (typeof read === 'string') {
      faults.push({ line, fault: read })
      continue
    }
    const same = sameAddress(read.address)
    if (seen.has(same)) faults.push({ line, fault: 'double' })
    else lines.push(read)
    seen.add(same)
  }
  return { lines, faults }
}
