import { isLanguage, languageInfo, type Language } from '#platform/i18n/index.ts'

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

/** The name of a language in itself; the bare id for one we do not speak. */
export const languageName = (id: string): string => (isLanguage(id) ? languageInfo(id).name : id)

/** In which language whoever reported is answered. */
export const answerLanguage = (report: { language: string; extras: { answerLanguage?: string } }): Language => {
  const wished = report.extras.answerLanguage ?? report.language
  return isLanguage(wished) ? wished : 'de'
}
