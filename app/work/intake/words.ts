import { sliceWords } from '#platform/i18n/index.ts'
import de from './locales/de.json' with { type: 'json' }

export type WordKey = keyof typeof de & string

/** The words of the staff side and of the interface for programs: German only. */
export const words = sliceWords('intake', { de })
