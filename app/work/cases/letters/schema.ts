import { z } from 'zod'
import { languages, type Language } from '#platform/i18n/index.ts'
import { partyLetters } from './letters.ts'

export const ways = ['hand', 'post', 'mail'] as const
export type Way = (typeof ways)[number]

const blank = (value: unknown) => (value === '' ? undefined : value)
const known = languages.map(({ id }) => id) as [Language, ...Language[]]

/** Noting that a letter was given out; the day is read by the page. */
export const giving = z.object({
  kind: z.enum(partyLetters, 'error.kind'),
  language: z.enum(known).default('de'),
  way: z.enum(ways, 'error.way'),
  party: z.preprocess(blank, z.uuid('error.party').optional()),
  givenOn: z.string('error.givenOn'),
})
