import { sliceWords } from '#platform/i18n/index.ts'
import ar from './locales/public.ar.json' with { type: 'json' }
import de from './locales/public.de.json' with { type: 'json' }
import en from './locales/public.en.json' with { type: 'json' }
import leicht from './locales/public.leicht.json' with { type: 'json' }
import ru from './locales/public.ru.json' with { type: 'json' }
import tr from './locales/public.tr.json' with { type: 'json' }
import uk from './locales/public.uk.json' with { type: 'json' }
import status from './locales/status.json' with { type: 'json' }

export const publicWords = sliceWords('network', { de, leicht, en, tr, ar, uk, ru }, status)
