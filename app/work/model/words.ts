import type { Compiled } from './compile.ts'
import type { WordId } from './kinds.ts'
import type { Word } from './schema.ts'

export type GrammaticalCase = 'nominative' | 'genitive' | 'dative' | 'accusative'

const definite: Record<GrammaticalCase, Record<Word['gender'] | 'many', string>> = {
  nominative: { m: 'der', f: 'die', n: 'das', many: 'die' },
  genitive: { m: 'des', f: 'der', n: 'des', many: 'der' },
  dative: { m: 'dem', f: 'der', n: 'dem', many: 'den' },
  accusative: { m: 'den', f: 'die', n: 'das', many: 'die' },
}
const indefinite: Record<GrammaticalCase, Record<Word['gender'], string>> = {
  nominative: { m: 'ein', f: 'eine', n: 'ein' },
  genitive: { m: 'eines', f: 'einer', n: 'eines' },
  dative: { m: 'einem', f: 'einer', n: 'einem' },
  accusative: { m: 'einen', f: 'eine', n: 'ein' },
}

/** A noun that German can put into a sentence, whatever the municipality calls the thing. */
export interface Phrase {
  readonly one: string
  readonly many: string
  /** "der Fallrunde": with definite article. */
  the(in_: GrammaticalCase): string
  /** "einer Fallrunde" */
  a(in_: GrammaticalCase): string
  /** "den Fallrunden" */
  theMany(in_: GrammaticalCase): string
  /** "5 Fallrunden", "1 Fallrunde" */
  count(n: number): string
}

function singular(word: Word, in_: GrammaticalCase): string {
  if (in_ === 'dative') return word.dative ?? word.one
  if (in_ === 'genitive')
    return (
      word.genitive ?? (word.gender === 'f' ? word.one : /(s|ß|x|z)$/.test(word.one) ? `${word.one}es` : `${word.one}s`)
    )
  return word.one
}

const dativeMany = (many: string): string => (/(n|s|:innen)$/.test(many) ? many : `${many}n`)

export function phrase(word: Word): Phrase {
  return {
    one: word.one,
    many: word.many,
    the: (in_) => `${definite[in_][word.gender]} ${singular(word, in_)}`,
    a: (in_) => `${indefinite[in_][word.gender]} ${singular(word, in_)}`,
    theMany: (in_) => `${definite[in_].many} ${in_ === 'dative' ? dativeMany(word.many) : word.many}`,
    count: (n) => `${new Intl.NumberFormat('de-DE').format(n)} ${n === 1 ? word.one : word.many}`,
  }
}

/** The municipality's own word for a thing or a role. Throws on an id no model can lack. */
export function word(m: Compiled, id: WordId): Phrase {
  const found = m.model.words[id]
  if (!found) throw new Error(`no word ${id} in model ${m.model.id}`)
  return phrase(found)
}
