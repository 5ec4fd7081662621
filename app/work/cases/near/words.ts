import { sliceWords } from '#platform/i18n/index.ts'
import de from './locales/de.json' with { type: 'json' }

export type NearKey = keyof typeof de & string

export const words = sliceWords('cases-near', { de })
