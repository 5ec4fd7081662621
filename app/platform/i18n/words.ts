import { languageInfo, type Language } from './languages.ts'
import { compileMessage, type Message, type Values } from './messages.ts'

/**
 * One slice's words in one language. Throws for a key that does not exist or a value that is missing:
 * both are faults of the page, and the check of all words finds the rest.
 */
export type Translate<K> = (key: keyof K & string, values?: Values) => string

export interface Status {
  /** Languages of this slice no native speaker has checked yet. */
  readonly unreviewed: readonly string[]
}

export type Texts<K> = { readonly de: K } & {
  readonly [L in Exclude<Language, 'de'>]?: Partial<Record<keyof K & string, string>>
}

const statuses = new Map<string, Status>()

/**
 * One slice's words. German is the authority: its keys are the type; where another language lacks a key the German
 * text stands in, never the English one.
 */
export function sliceWords<K extends Record<string, string>>(
  slice: string,
  texts: Texts<K>,
  status?: Status,
): (language: Language) => Translate<K> {
  if (status) statuses.set(slice, status)
  const translators = new Map<Language, Translate<K>>()
  const make = (language: Language): Translate<K> => {
    const compiled = new Map<string, Message>()
    const own: Readonly<Record<string, string | undefined>> = texts[language] ?? {}
    const compile = (key: string): Message => {
      const text = own[key]
      const german = texts.de[key]
      if (german === undefined) throw new Error(`No word ${slice}/${key}`)
      return text === undefined ? compileMessage(german, 'de') : compileMessage(text, language)
    }
    return (key, values) => {
      const message = compiled.get(key) ?? compile(key)
      compiled.set(key, message)
      try {
        return message.format(values)
      } catch (cause) {
        throw new Error(`Word ${slice}/${key} (${language}) cannot be said`, { cause })
      }
    }
  }
  return (language) => {
    const found = translators.get(language) ?? make(languageInfo(language).id)
    translators.set(language, found)
    return found
  }
}

/** Whether a native speaker has checked this slice's texts; pages label the others. */
export const reviewed = (slice: string, language: Language): boolean =>
  language === 'de' || (statuses.has(slice) && !statuses.get(slice)?.unreviewed.includes(language))
