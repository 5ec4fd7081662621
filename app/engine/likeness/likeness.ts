import { contradict, mentioned, placeLikeness, placeOf } from './place.ts'
import {
  cosine,
  daysMeant,
  fourLetters,
  plain,
  pointsBack,
  Rarity,
  soundsLikeFollowUp,
  stems,
  topics,
} from './words.ts'

/** One report, reduced to what likeness may look at. */
export interface Note {
  /** Days since 1970-01-01 of the report or of what it tells. */
  day: number
  place: string
  text: string
  /** Metres, in any one system; where known to both, distance decides about the place. */
  at?: { x: number; y: number } | undefined
}

export type Answer = 'same' | 'follow_up' | 'separate'

export interface Likeness {
  /** Passed the gate: near in time, and in place by distance or name. Only these are shown to a person as a proposal. */
  candidate: boolean
  /** How much the two look like one occurrence, 0 … 1. */
  score: number
  answer: Answer
}

/** What the score is made of, each 0 … 1. */
export interface Traits {
  place: number
  /** 1 where both name the place alike or lie within 50 m: only then do like words speak for one occurrence. */
  samePlace: number
  /** 1 where directions, streets or house numbers rule out one place. */
  elsewhere: number
  time: number
  topic: number
  words: number
  /** 1 where the later note says that something goes on or comes back, without pointing to the day before. */
  again: number
}

export const gate = { days: 3, metres: 500, place: 0.2, topic: 0.7, followUpDays: 28 } as const

/** Fitted by logistic regression on the open pairs, rounded; how, and how well it does, is in docs/frueherkennung.md. */
const weights = {
  start: -3.6,
  nearby: 1.6,
  place: 2.8,
  time: 0.4,
  topic: 1.3,
  wordsHere: 1,
  wordsElsewhere: -1.5,
  samePlace: -1.4,
}

function scoreOf({ place, samePlace, time, topic, words }: Traits): number {
  const sum =
    weights.start +
    weights.nearby * Math.min(place, 0.6) +
    weights.place * place +
    weights.time * time +
    weights.topic * topic +
    (samePlace ? weights.wordsHere * words + weights.samePlace : weights.wordsElsewhere * words)
  return 1 / (1 + Math.exp(-sum))
}

/** Compares notes of one collection, from which it learns what is common: words everybody uses say little. */
export class Comparison {
  readonly #grams: Rarity
  readonly #words: Rarity
  readonly #nicknames: ReadonlyMap<string, string>

  constructor(collection: readonly string[], nicknames: ReadonlyMap<string, string> = new Map()) {
    this.#grams = new Rarity(collection.map((text) => fourLetters(text).keys()))
    this.#words = new Rarity(collection.map((text) => stems(text)))
    this.#nicknames = nicknames
  }

  traits(a: Note, b: Note): Traits {
    const [placeA, placeB] = [placeOf(a.place, this.#nicknames), placeOf(b.place, this.#nicknames)]
    const named = placeLikeness(placeA, placeB)
    const told = 0.6 * Math.max(mentioned(placeA, b.text), mentioned(placeB, a.text))
    const metres = a.at && b.at ? Math.hypot(a.at.x - b.at.x, a.at.y - b.at.y) : undefined
    const apart = Math.min(
      ...daysMeant(a.text, a.day).flatMap((da) =>
        daysMeant(b.text, b.day).map((db) => Math.abs(a.day + da - b.day - db)),
      ),
    )
    const text = cosine(fourLetters(a.text), fourLetters(b.text), (gram) => this.#grams.weight(gram))
    const later = a.day > b.day ? a : b
    return {
      place: metres === undefined ? Math.max(named, told) : Math.exp(-metres / gate.metres),
      samePlace: Number(metres === undefined ? plain(a.place) === plain(b.place) : metres <= 50),
      elsewhere: Number(metres === undefined && contradict(placeA, placeB)),
      time: 1 / (1 + Math.min(apart, Math.abs(a.day - b.day))),
      topic: topicLikeness(`${a.text} ${a.place}`, `${b.text} ${b.place}`),
      words: (text + this.#rareShared(a.text, b.text)) / 2,
      again: Number(soundsLikeFollowUp(later.text) && !pointsBack(later.text)),
    }
  }

  /** Weight of the rare words both use, against that of the shorter text. */
  #rareShared(a: string, b: string): number {
    const [wordsA, wordsB] = [new Set(stems(a)), new Set(stems(b))]
    const sum = (words: Iterable<string>) =>
      [...words].reduce((total, word) => total + Math.max(0, this.#words.weight(word)), 0)
    const least = Math.min(sum(wordsA), sum(wordsB))
    return least > 0 ? sum([...wordsA].filter((word) => wordsB.has(word))) / least : 0
  }

  /**
   * Do two reports tell of one occurrence (same), of the same matter at another time (follow_up), or of two matters
   * (separate)? Always a proposal: a person merges, and can undo it. Near-equal words about two parks are separate; the
   * place decides first. Misses two reports of one occurrence whose places share no name.
   */
  compare(a: Note, b: Note): Likeness {
    const traits = this.traits(a, b)
    const days = Math.abs(a.day - b.day)
    // A place may go by two names: then the same subject on the same day is enough to be looked at.
    const otherName = !a.at && !traits.elsewhere && traits.time === 1 && traits.topic >= gate.topic
    const candidate = days <= gate.days && (traits.place >= gate.place || otherName)
    const score = scoreOf(traits)
    return { candidate, score, answer: answerOf(traits, days, candidate, score) }
  }
}

/** Half where a text speaks of nothing the word list knows: that says neither yes nor no. */
function topicLikeness(a: string, b: string): number {
  const [topicsA, topicsB] = [topics(a), topics(b)]
  return topicsA.size > 0 && topicsB.size > 0 ? cosine(topicsA, topicsB, () => 1) : 0.5
}

function answerOf(traits: Traits, days: number, candidate: boolean, score: number): Answer {
  const goesOn = traits.again === 1 && days > 0
  if (candidate && score >= 0.5 && !goesOn) return 'same'
  const sameMatter = traits.place >= 0.5 && traits.topic + traits.words >= (goesOn ? 0 : 0.5)
  return sameMatter && days > 0 && days <= gate.followUpDays ? 'follow_up' : 'separate'
}
