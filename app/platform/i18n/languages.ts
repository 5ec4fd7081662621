/** leicht = Leichte Sprache, a text of its own in German. */
export type Language = 'de' | 'leicht' | 'en' | 'tr' | 'ar' | 'uk' | 'ru'

export interface LanguageInfo {
  readonly id: Language
  /** Value of the lang attribute. */
  readonly lang: string
  readonly dir: 'ltr' | 'rtl'
  /** The language's name in itself. */
  readonly name: string
  /** What Intl is asked for. Arabic with European digits: phone numbers, codes and dates look the same everywhere. */
  readonly locale: string
}

export const languages: readonly LanguageInfo[] = [
  { id: 'de', lang: 'de', dir: 'ltr', name: 'Deutsch', locale: 'de-DE' },
  { id: 'leicht', lang: 'de', dir: 'ltr', name: 'Leichte Sprache', locale: 'de-DE' },
  { id: 'en', lang: 'en', dir: 'ltr', name: 'English', locale: 'en-GB' },
  { id: 'tr', lang: 'tr', dir: 'ltr', name: 'Türkçe', locale: 'tr-TR' },
  { id: 'ar', lang: 'ar', dir: 'rtl', name: 'العربية', locale: 'ar-u-nu-latn' },
  { id: 'uk', lang: 'uk', dir: 'ltr', name: 'Українська', locale: 'uk-UA' },
  { id: 'ru', lang: 'ru', dir: 'ltr', name: 'Русский', locale: 'ru-RU' },
]

const byId = new Map<string, LanguageInfo>(languages.map((language) => [language.id, language]))

export const isLanguage = (text: unknown): text is Language => typeof text === 'string' && byId.has(text)

export function languageInfo(language: Language): LanguageInfo {
  const info = byId.get(language)
  if (!info) throw new Error(`Unknown language ${language}`)
  return info
}
