import { languages, type Language } from '#platform/i18n/index.ts'

/** What of a clause is words; its day is set by the program. */
export interface Wording {
  readonly who: string
  readonly what: string
  readonly tell?: string | undefined
}

/** One clause in another language, and the German words it was translated from. */
export interface Line {
  readonly of: Wording
  readonly said: Wording
}

export interface Translation {
  /** Counts up with every change, also when nothing is left. */
  readonly version: number
  /** Who translated, as it is printed. */
  readonly by: string
  /** In the order of the clauses; null where one is not translated. */
  readonly lines: readonly (Line | null)[]
}

/** Leichte Sprache is one of them: a text of its own. */
export type Foreign = Exclude<Language, 'de'>
export type Translations = Readonly<Partial<Record<Foreign, Translation>>>

export const foreign: readonly Foreign[] = languages.flatMap(({ id }) => (id === 'de' ? [] : [id]))
export const isForeign = (text: unknown): text is Foreign => foreign.some((id) => id === text)

const flat = ({ who, what, tell = '' }: Wording) =>
  JSON.stringify([who, what, tell].map((s) => s.replace(/\s+/gu, ' ')))
const sameWords = (one: Wording, other: Wording): boolean => flat(one) === flat(other)

export interface Fitted {
  readonly said: Wording
  readonly of: Wording
  /** The German words were changed since: nobody has looked whether it still fits. */
  readonly before: boolean
}

/**
 * The translation of each clause. One that moved keeps its own; where words were changed, what stood at that place is
 * handed out as made before the change.
 */
export function fitted(clauses: readonly Wording[], lines: Translation['lines'] = []): (Fitted | undefined)[] {
  const left = [...lines]
  const take = (n: number): Line | undefined => {
    const line = left[n] ?? undefined
    left[n] = null
    return line
  }
  const exact = clauses.map((clause, place) => {
    const at = [place, ...left.keys()].find((n) => left[n] && sameWords(left[n].of, clause))
    return at === undefined ? undefined : take(at)
  })
  return clauses.map((_, place) => {
    const line = exact[place] ?? take(place)
    return line && { ...line, before: !exact[place] }
  })
}

/** What is printed and read by the parties: whatever fits the words that are agreed. */
const current = (clauses: readonly Wording[], translation?: Translation): (Wording | undefined)[] =>
  fitted(clauses, translation?.lines).map((one) => (one && !one.before ? one.said : undefined))

/** The clauses in another language: what is translated, in their order, and by whom. */
export interface InAnother {
  readonly language: Foreign
  readonly by: string
  readonly said: readonly (Wording | undefined)[]
}

/** The clauses as they are read in this language; undefined where none of them is translated. */
export function inAnother(
  clauses: readonly Wording[],
  translations: Translations,
  language: Language,
): InAnother | undefined {
  const translation = isForeign(language) ? translations[language] : undefined
  const said = current(clauses, translation)
  if (!isForeign(language) || !translation || !said.some(Boolean)) return undefined
  return { language, by: translation.by, said }
}

/** The places, from 1, of the clauses that stand in German alone. */
export const missing = (clauses: readonly Wording[], translation?: Translation): number[] =>
  current(clauses, translation).flatMap((said, place) => (said ? [] : [place + 1]))

/** Whether anything is translated at all. */
export const begun = (translation?: Translation): translation is Translation =>
  translation?.lines.some((line) => line !== null) ?? false

/** The translations of a version, laid beside the clauses of the next; what belongs to no clause any more is left out. */
export const carried = (translations: Translations, clauses: readonly Wording[]): Translations =>
  Object.fromEntries(
    Object.entries(translations).map(([language, translation]) => {
      const lines = fitted(clauses, translation.lines).map((one) => (one ? { of: one.of, said: one.said } : null))
      return [language, { ...translation, lines }]
    }),
  )

/** What is sent for one clause; undefined where its fields are empty. */
export interface Sent {
  readonly said: Wording
  /** Somebody has looked whether what was made before a change still fits. */
  readonly checked: boolean
}

/** The lines to keep: what was changed or looked at belongs to the words of now, the rest to those it was made from. */
export function linesFrom(
  clauses: readonly Wording[],
  sent: readonly (Sent | undefined)[],
  former: Translation['lines'] = [],
): (Line | null)[] {
  const fits = fitted(clauses, former)
  return clauses.map(({ who, what, tell }, place) => {
    const [one, fit] = [sent[place], fits[place]]
    if (!one) return null
    const unseen = fit?.before && !one.checked && sameWords(fit.said, one.said)
    return { of: unseen ? fit.of : { who, what, ...(tell && { tell }) }, said: one.said }
  })
}
