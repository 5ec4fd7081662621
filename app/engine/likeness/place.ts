import lexicon from './lexicon.json' with { type: 'json' }
import { plain, stem } from './words.ts'

const generic = new Set(lexicon.generic.map(stem))
/** Longest first, so that `spielplatz` is cut off before `platz`. */
const endings = lexicon.generic.toSorted((a, b) => b.length - a.length)
const stop = new Set(lexicon.stop)
const streetEndings = new Set([
  'strasse',
  'weg',
  'allee',
  'ring',
  'gasse',
  'platz',
  'wall',
  'damm',
  'steig',
  'chaussee',
  'pfad',
])
const lines = new Set(['buslinie', 'bus', 'strassenbahn', 'linie'])
const same = new Map(Object.entries(lexicon.same))

interface Place {
  /** What names the place: proper parts weigh 1, common ones such as street or park a quarter. */
  parts: Map<string, number>
  directions: Set<string>
  /** Names of streets and squares, without the ending. */
  streets: Set<string>
  numbers: [low: number, high: number][]
}

/** Cuts a compound into direction, name and common ending: nordpark → nord, park. */
function cut(word: string): string[] {
  for (const direction of lexicon.directions) {
    const rest = word.slice(direction.length)
    if (word.startsWith(direction) && (endings.includes(rest) || rest === 'stadt')) return [direction, rest]
  }
  if (endings.includes(word)) return [word]
  for (const ending of endings) {
    if (word.length > ending.length + 2 && word.endsWith(ending)) return [...cut(word.slice(0, -ending.length)), ending]
  }
  for (const start of endings) {
    if (start.length > 4 && word.length > start.length + 4 && word.startsWith(start))
      return [start, word.slice(start.length)]
  }
  return [word]
}

/** `nicknames`: what a municipality's people call a place → its parts, e.g. `platte` → `tischtennisplatten nordpark`. */
export function placeOf(text: string, nicknames: ReadonlyMap<string, string> = new Map()): Place {
  const place: Place = { parts: new Map(), directions: new Set(), streets: new Set(), numbers: [] }
  const written = plain(
    text
      .replaceAll(/(\d)\s*[-–]\s*(?=\d)/g, '$1 bis ')
      .replaceAll(/(?<!\p{L})(\p{L}{2,5})-(?=\p{L}{2,5}(?!\p{L}))/gu, '$1'),
  )
    .replaceAll(/([a-z])str\b/g, '$1strasse')
    .split(' ')
    .flatMap((word) => (nicknames.get(word) ?? same.get(word) ?? word).split(' '))
  written.forEach((word, i) => {
    if (/^\d+[a-z]?$/.test(word)) {
      const number = Number.parseInt(word, 10)
      // A line is known by its number alone: Linie 4, Tram 4.
      if (written.slice(Math.max(0, i - 2), i).some((before) => lines.has(before))) place.parts.set(`linie${number}`, 1)
      const last = place.numbers.at(-1)
      if (last && written[i - 1] === 'bis') last[1] = number
      else place.numbers.push([number, number])
      return
    }
    if (stop.has(word) || word.length < 3) return
    const parts = cut(word)
    if (parts.length > 1 && streetEndings.has(parts.at(-1)!)) place.streets.add(stem(parts.at(-2)!))
    parts.forEach((part, at) => {
      if (lexicon.directions.includes(part)) place.directions.add(part)
      // What stands before a common ending names the place even if it is a common word itself: Stadtsee, Waldsee.
      const weight = !generic.has(stem(part)) ? 1 : at < parts.length - 1 ? 0.6 : 0.25
      place.parts.set(stem(part), Math.max(weight, place.parts.get(stem(part)) ?? 0))
    })
  })
  return place
}

const alike = (a: string, b: string) =>
  a === b || (Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a)))

/** Likeness of two places by their names, 0 … 1; contradicting directions, streets or numbers (Nord/Süd, 12/48) count against it. */
export function placeLikeness(a: Place, b: Place): number {
  let shared = 0
  let sharedNames = 0
  for (const [part, weight] of a.parts) {
    const match = [...b.parts].find(([other]) => alike(part, other))
    if (!match) continue
    shared += Math.min(weight, match[1])
    if (Math.max(weight, match[1]) >= 0.6) sharedNames++
  }
  const [sumA, sumB] = [sum(a, 0), sum(b, 0)]
  if (sumA === 0 || sumB === 0) return 0
  const likeness = (0.7 * shared) / Math.min(sumA, sumB) + (0.6 * shared) / (sumA + sumB)
  const namedOtherwise = sharedNames === 0 && sum(a, 0.6) > 0 && sum(b, 0.6) > 0
  return Math.min(1, likeness) * (contradict(a, b) || namedOtherwise ? 0.3 : 1)
}

const sum = ({ parts }: Place, from: number) =>
  [...parts.values()].reduce((total, weight) => total + (weight >= from ? weight : 0), 0)

/** Both say something, and nothing of it agrees. */
const disjoint = (a: Set<string>, b: Set<string>) => a.size > 0 && b.size > 0 && ![...a].some((one) => b.has(one))

/** Whether directions, streets or numbers rule out that both mean one place. */
export function contradict(a: Place, b: Place): boolean {
  const apart = ([low, high]: [number, number], [otherLow, otherHigh]: [number, number]) =>
    high < otherLow || otherHigh < low
  const numbers =
    a.numbers.length > 0 &&
    b.numbers.length > 0 &&
    a.numbers.every((one) => b.numbers.every((other) => apart(one, other)))
  return numbers || disjoint(a.directions, b.directions) || disjoint(a.streets, b.streets)
}

/** Share of a place's proper parts that a text mentions, 0 … 1. */
export function mentioned(place: Place, text: string): number {
  const words = plain(text).split(' ').map(stem)
  let found = 0
  let sum = 0
  for (const [part, weight] of place.parts) {
    if (weight < 0.6) continue
    sum++
    if (words.some((word) => alike(word, part) || (part.length > 4 && word.includes(part)))) found++
  }
  return sum > 0 ? found / sum : 0
}
