import { sliceWords } from '#platform/i18n/index.ts'
import de from './locales/de.json' with { type: 'json' }

export type WordKey = keyof typeof de & string

export const words = sliceWords('inspection', { de })
