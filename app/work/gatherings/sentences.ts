import { formats, type Language } from '#platform/i18n/index.ts'
import type { FileEntry } from './commands/files.ts'
import type { GatheringRow } from './commands/store.ts'
import { whenOf } from './commands/store.ts'
import { endsAt, startsAt } from './rules.ts'
import { publicWords } from './words.ts'

/** Donnerstag, 3. Dezember 2026, 10:00 bis 15:30 Uhr: the word once. */
export function whenText(row: GatheringRow, language: Language): string {
  const { dayWithWeekday, time } = formats(language)
  const when = whenOf(row)
  return publicWords(language)('when', {
    day: dayWithWeekday(row.on_day),
    from: time(startsAt(when)).replace(/ Uhr$/, ''),
    until: time(endsAt(when)),
  })
}

/** What others show of the next gatherings of a municipality: a link and when it is. */
export const announcedAs = (row: GatheringRow, language: Language) => ({
  slug: row.slug,
  title: titleIn(row, language),
  when: whenText(row, language),
})

/** The place, or that it is online; the way into the room is never said here. */
export function whereText({ place, online }: Pick<GatheringRow, 'place' | 'online'>, language: Language): string {
  const t = publicWords(language)
  if (place && online) return t('where.both', { place })
  return place ?? t('where.online')
}

/** "Handbuch (PDF, 1,2 MB)", "Plan (PNG, 240 kB)" */
export function fileText({ title, kind, bytes }: FileEntry, language: Language): string {
  const { number } = formats(language)
  const size =
    bytes < 1_000_000 ? `${number(Math.ceil(bytes / 1_000))} kB` : `${number(Math.round(bytes / 100_000) / 10)} MB`
  return `${title} (${kind.toUpperCase()}, ${size})`
}

export const titleIn = (row: GatheringRow, language: Language): string => row.translations[language]?.title || row.title
export const summaryIn = (row: GatheringRow, language: Language): string =>
  row.translations[language]?.summary || row.summary
