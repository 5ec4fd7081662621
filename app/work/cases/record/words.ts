import { sliceWords } from '#platform/i18n/index.ts'
import de from './locales/de.json' with { type: 'json' }

export type RecordKeyWord = keyof typeof de & string

export const words = sliceWords('cases-record', { de })
