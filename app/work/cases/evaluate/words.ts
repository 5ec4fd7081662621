import { sliceWords } from '#platform/i18n/index.ts'
import de from './locales/de.json' with { type: 'json' }
import publicAr from './locales/public.ar.json' with { type: 'json' }
import publicDe from './locales/public.de.json' with { type: 'json' }
import publicEn from './locales/public.en.json' with { type: 'json' }
import publicLeicht from './locales/public.leicht.json' with { type: 'json' }
import publicRu from './locales/public.ru.json' with { type: 'json' }
import publicTr from './locales/public.tr.json' with { type: 'json' }
import publicUk from './locales/public.uk.json' with { type: 'json' }
import status from './locales/status.json' with { type: 'json' }

export type EvaluateKey = keyof typeof de & string

/** The words of the staff side: German only. */
export const words = sliceWords('cases-evaluate', { de })

/** What those concerned read. */
export const publicWords = sliceWords(
  'cases-evaluate',
  {
    de: publicDe,
    leicht: publicLeicht,
    en: publicEn,
    tr: publicTr,
    ar: publicAr,
    uk: publicUk,
    ru: publicRu,
  },
  status,
)
