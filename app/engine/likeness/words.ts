import lexicon from './lexicon.json' with { type: 'json' }

const letters: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', é: 'e', è: 'e' }

/** Lower case, umlauts written out, nothing but letters, digits and single blanks. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[äöüßéè]/g, (letter) => letters[letter]!)
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** A word cut to what its inflections share; crude on purpose: endings off, at least four letters kept. */
export function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:en|er|em|es|e|n|s)$/, '') : word
}

const filler = new Set(lexicon.filler)

/** The stems of a text's words that carry meaning. */
export function stems(text: string): string[] {
  return plain(text)
    .split(' ')
    .filter((word) => word.length > 2 && !filler.has(word))
    .map(stem)
}

/** Letters in groups of four, with how often each occurs. */
export function fourLetters(text: string): Map<string, number> {
  const padded = ` ${plain(text)} `
  const counts = new Map<string, number>()
  for (let i = 0; i + 4 <= padded.length; i++) {
    const gram = padded.slice(i, i + 4)
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

/** How many texts of a collection contain each key; gives rare things more weight. */
export class Rarity {
  readonly #texts: number
  readonly #holding = new Map<string, number>()
  constructor(collection: readonly Iterable<string>[]) {
    this.#texts = collection.length
    for (const keys of collection)
      for (const key of new Set(keys)) this.#holding.set(key, (this.#holding.get(key) ?? 0) + 1)
  }
  weight(key: string): number {
    return Math.log((this.#texts + 1) / ((this.#holding.get(key) ?? 0) + 0.5))
  }
}

/** Cosine of two count vectors, weighted by rarity; 0 … 1. */
export function cosine(a: Map<string, number>, b: Map<string, number>, rarity: (key: string) => number): number {
  let product = 0
  let squaresA = 0
  let squaresB = 0
  for (const [key, count] of a) {
    const value = (1 + Math.log(count)) * rarity(key)
    squaresA += value * value
    const other = b.get(key)
    if (other !== undefined) product += value * (1 + Math.log(other)) * rarity(key)
  }
  for (const [key, count] of b) squaresB += ((1 + Math.log(count)) * rarity(key)) ** 2
  return squaresA > 0 && squaresB > 0 ? product / Math.sqrt(squaresA * squaresB) : 0
}

/** What a text is about: each topic with the number of its words, by beginnings of words. */
export function topics(text: string): Map<string, number> {
  const found = new Map<string, number>()
  const words = plain(text).split(' ')
  for (const [topic, beginnings] of Object.entries(lexicon.topics)) {
    const hits = words.filter((word) =>
      beginnings.some((start) => word.startsWith(start) || (start.length > 5 && word.includes(start))),
    )
    if (hits.length > 0) found.set(topic, hits.length)
  }
  return found
}

/** Whether a text speaks of something going on or coming back. */
export function soundsLikeFollowUp(text: string): boolean {
  const padded = ` ${plain(text)} `
  return lexicon.followUp.some((phrase) => padded.includes(` ${phrase} `))
}

/** Whether a text tells of the day or night before. */
export function pointsBack(text: string): boolean {
  const padded = ` ${plain(text)} `
  return Object.entries(lexicon.days).some(([phrase, shift]) => shift < 0 && padded.includes(` ${phrase} `))
}

/**
 * Days the text may speak of, counted from the day of the report: `gestern` is -1, a weekday the last and the next one
 * of that name; [0, -1] where nothing is said. `day`: days since 1970-01-01.
 */
export function daysMeant(text: string, day: number): number[] {
  const padded = ` ${plain(text)} `
  for (const [phrase, shift] of Object.entries(lexicon.days)) if (padded.includes(` ${phrase} `)) return [shift]
  const weekday = (((day + 4) % 7) + 7) % 7
  for (const [i, name] of lexicon.weekdays.entries()) {
    if (!padded.includes(` ${name}`)) continue
    const back = (weekday - i + 7) % 7
    return back === 0 ? [0] : [-back, 7 - back]
  }
  return [0, -1]
}
