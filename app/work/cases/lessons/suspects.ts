/** What may give somebody away in a text that many will read. Pure, and only a hint: people decide. */

type Reason = 'name' | 'reach' | 'place' | 'day' | 'number'

export interface Suspect {
  readonly text: string
  readonly why: Reason
}

const patterns: readonly (readonly [Reason, RegExp])[] = [
  ['name', /\b(?:Herrn?|Frau|Familie|Eheleute|Dr\.|Prof\.)\s+(?:(?:Dr\.|Prof\.)\s+)?\p{Lu}[\p{L}-]+/gu],
  ['reach', /[\w.+-]+@[\w-]+(?:\.\w+)+|(?:\+|(?<!\d)0)\d[\d\s/()-]{4,}\d/gu],
  ['place', /\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|weg|platz|allee|gasse|ufer)(?:\s+\d+\p{Ll}?)?(?!\p{L})/gu],
  ['day', /\b\d{1,2}\.\s?(?:\d{1,2}\.(?:\s?\d{2,4})?|\p{Lu}\p{Ll}{2,}(?:\s\d{4})?)/gu],
  ['number', /\b\d{1,4}\s(?:Personen|Familien|Kinder|Jugendliche|Frauen|Männer|Wohnungen|Haushalte)\b/gu],
]

/** What in the text looks as if it told who or where, each once, in the order of reading; `places` are known names. */
export function suspects(text: string, places: readonly string[]): Suspect[] {
  const found = patterns.flatMap(([why, pattern]) =>
    [...text.matchAll(pattern)].map((match) => ({ text: match[0].trim(), why, at: match.index })),
  )
  for (const place of places) {
    const at = place.length > 2 ? text.toLocaleLowerCase('de').indexOf(place.toLocaleLowerCase('de')) : -1
    if (at >= 0) found.push({ text: text.slice(at, at + place.length), why: 'place', at })
  }
  const seen = new Set<string>()
  return found
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ text: one, why }) => (seen.has(one) ? [] : (seen.add(one), [{ text: one, why }])))
}
