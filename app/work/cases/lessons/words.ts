import { sliceWords } from '#platform/i18n/index.ts'
import de from './locales/de.json' with { type: 'json' }

export const words = sliceWords('cases-lessons', { de })
