/** Cutting a text into passages, and putting marks on them. Pure: offsets count UTF-16 units, end excluded. */

export const treatments = ['black', 'role', 'contact'] as const
export type Treatment = (typeof treatments)[number]

/** The parts of a report, or of a later message, that people wrote and everybody reads. */
export const checkedParts = ['observed', 'concluded', 'place', 'message', 'translation'] as const
export type CheckedPart = (typeof checkedParts)[number]
export type Texts = Readonly<Partial<Record<CheckedPart, string>>>

export interface Mark {
  readonly part: CheckedPart
  readonly start: number
  readonly end: number
  readonly what: Treatment
  /** What stands there instead, for `role`: "Nachbarin A". */
  readonly role?: string
}

export interface Passage {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** More sentences than that are taken together: nobody answers a thousand questions. */
const most = 80
const sentences = new Intl.Segmenter('de', { granularity: 'sentence' })

/** The sentences of a text, without the blanks around them. */
export function passagesOf(text: string): Passage[] {
  const found = [...sentences.segment(text)].flatMap(({ index, segment }) => {
    const start = index + (segment.length - segment.trimStart().length)
    const trimmed = segment.trim()
    return trimmed === '' ? [] : [{ start, end: start + trimmed.length, text: trimmed }]
  })
  const each = Math.ceil(found.length / most)
  if (each <= 1) return found
  return Array.from({ length: Math.ceil(found.length / each) }, (_, i) => {
    const start = found[i * each]!.start
    const { end } = found[Math.min((i + 1) * each, found.length) - 1]!
    return { start, end, text: text.slice(start, end) }
  })
}

const letter = /[\p{L}\p{N}]/u
/** "Ali" is no passage of "Alice": a quotation begins and ends where words do. */
const cutsWord = (text: string, start: number, end: number): boolean =>
  (letter.test(text[start - 1] ?? '') && letter.test(text[start] ?? '')) ||
  (letter.test(text[end - 1] ?? '') && letter.test(text[end] ?? ''))

/** Every place where these words stand, whatever is large or small; empty when they stand nowhere. */
export function placesOf(text: string, quotation: string): { start: number; end: number }[] {
  const words = quotation.trim().split(/\s+/u).filter(Boolean)
  if (words.length === 0) return []
  const pattern = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)).join(String.raw`\s+`)
  return [...text.matchAll(new RegExp(pattern, 'giu'))]
    .map((match) => ({ start: match.index, end: match.index + match[0].length }))
    .filter(({ start, end }) => !cutsWord(text, start, end))
}

/** Marks that overlap become one: the larger wins, and what lies in it goes with it. */
function withoutOverlap(marks: readonly Mark[]): Mark[] {
  const kept: Mark[] = []
  for (const mark of marks.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
    if (!kept.some((other) => mark.start < other.end && other.start < mark.end)) kept.push(mark)
  }
  return kept.toSorted((a, b) => a.start - b.start)
}

/** What stands in place of a blackened passage and of one that was moved. */
export interface Signs {
  readonly black: string
  readonly contact: string
}

/** One text with its marks carried out, and the passages that go to the contact sheet, each once. */
export function applyMarks(
  text: string,
  marks: readonly Mark[],
  signs: Signs,
): { readonly text: string; readonly moved: string[] } {
  let out = ''
  let at = 0
  for (const { start, end, what, role } of withoutOverlap(marks)) {
    out += text.slice(at, start) + (what === 'role' ? (role ?? signs.black) : signs[what])
    at = end
  }
  // Also what lies inside a larger blackened passage was meant to be kept on the sheet.
  const moved = marks.filter(({ what }) => what === 'contact').map(({ start, end }) => text.slice(start, end))
  return { text: out + text.slice(at), moved: [...new Set(moved)] }
}

/** All parts with their marks carried out. */
export function applyToAll(texts: Texts, marks: readonly Mark[], signs: Signs): { texts: Texts; moved: string[] } {
  const done = checkedParts.flatMap((part) => {
    const text = texts[part]
    if (text === undefined) return []
    const result = applyMarks(
      text,
      marks.filter((mark) => mark.part === part),
      signs,
    )
    return [{ part, ...result }]
  })
  return {
    texts: Object.fromEntries(done.map(({ part, text }) => [part, text])),
    moved: [...new Set(done.flatMap(({ moved }) => moved))],
  }
}
