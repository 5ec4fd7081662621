import { pointer, refuse, type Fault } from '../faults.ts'
import { letterKinds, type LetterKind } from '../kinds.ts'
import type { L10n, Model } from '../schema.ts'

const braced = (name: string) => `{${name}}`

/** What is put into a letter is known, and an agreement has a place for its clauses. */
export function letters(m: Model): Fault[] {
  return (Object.entries(m.letters ?? {}) as [LetterKind, L10n][]).flatMap(([kind, texts]) =>
    Object.entries(texts).flatMap(([language, text]) => {
      const path = pointer('letters', kind, language)
      const known = letterKinds[kind].map(braced)
      const foreign = [...text.matchAll(/\{[^{}]*\}/g)].flatMap(([found]) =>
        known.includes(found)
          ? []
          : [refuse(path, 'letterPlaceholder', { letter: kind, placeholder: found, known: known.join(', ') })],
      )
      const placed = kind !== 'agreement' || text.split(/\n\s*\n/).some((part) => part.trim() === '{clauses}')
      return placed ? foreign : [...foreign, refuse(path, 'letterClauses', { clauses: '{clauses}' })]
    }),
  )
}
