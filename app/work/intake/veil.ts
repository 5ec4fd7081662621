import { words } from './words.ts'

/** Why a text is folded, so that nobody reads it unprepared. A person says so; nothing in the program looks for words. */
export const veils = ['hate', 'threat', 'violence'] as const
export type Veil = (typeof veils)[number]

const t = words('de')

/** What stands in lists instead of the beginning of a folded text. */
export const underVeil = (veil: Veil | null, text: string): string =>
  veil === null ? text : t('veil.headline', { what: t(`veil.${veil}`) })
