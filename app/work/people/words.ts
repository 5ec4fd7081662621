import { sliceWords } from '#platform/i18n/index.ts'
import { word, type Compiled } from '#work/model/index.ts'
import de from './locales/de.json' with { type: 'json' }
import publicAr from './locales/public.ar.json' with { type: 'json' }
import publicDe from './locales/public.de.json' with { type: 'json' }
import publicEn from './locales/public.en.json' with { type: 'json' }
import publicLeicht from './locales/public.leicht.json' with { type: 'json' }
import publicRu from './locales/public.ru.json' with { type: 'json' }
import publicTr from './locales/public.tr.json' with { type: 'json' }
import publicUk from './locales/public.uk.json' with { type: 'json' }
import status from './locales/status.json' with { type: 'json' }

export type WordKey = keyof typeof de & string
export const words = sliceWords('people', { de })

/** What the model calls a role; one it has dropped by its id. */
export const nameOfRole = (model: Compiled, role: string): string =>
  model.roles.has(role) ? word(model, role).one : role

export type PublicKey = keyof typeof publicDe & string

/** Imprint, privacy, accessibility: what stands behind every public page. */
export const publicWords = sliceWords(
  'people',
  { de: publicDe, leicht: publicLeicht, en: publicEn, tr: publicTr, ar: publicAr, uk: publicUk, ru: publicRu },
  status,
)
