import { isLanguage, type Language } from '#platform/i18n/index.ts'

/** Languages the office reads without help. */
const own: readonly string[] = ['de', 'leicht']

export const isForeign = (language: string): boolean => !own.includes(language)

interface Said {
  readonly language: string
  readonly channel: string
  readonly translated: string | null
}

/** Whether a report still waits to be put into German. A wish to be called back is written by the form itself. */
export const needsTranslation = ({ language, channel, translated }: Said): boolean =>
  isForeign(language) && channel !== 'callback' && translated !== 'done' && translated !== 'not-needed'

const german = new Intl.DisplayNames('de', { type: 'language', fallback: 'code' })

/** The name of a language in German, for staff; the bare id for one nobody knows. */
export const languageName = (id: string): string => (/^[a-z]{2,3}$/.test(id) ? (german.of(id) ?? id) : id)

/** In which language whoever reported is answered. */
export const answerLanguage = (report: { language: string; extras: { answerLanguage?: string } }): Language => {
  const wished = report.extras.answerLanguage ?? report.language
  return isLanguage(wished) ? wished : 'de'
}
