import { z } from 'zod'
import { languages } from '#platform/i18n/index.ts'

const list = <T extends z.ZodType>(of: T) =>
  z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat()), z.array(of).max(50))

/** One plain address, as a person would type it; what can be mailed to is decided once, by the mail itself. */
const address = z
  .string()
  .trim()
  .max(200, 'error.address')
  .pipe(z.email({ pattern: z.regexes.unicodeEmail, error: 'error.address' }))

const language = z.enum(languages.map(({ id }) => id)).catch('de')

/** What somebody says when asking for the newsletter. Only the address is needed. */
export const wish = z.object({ address, topics: list(z.uuid()), language })
export type Wish = z.output<typeof wish>

export const preferences = z.object({
  topics: list(z.uuid('error.topics')).refine((all) => all.length > 0, 'error.topics'),
  language,
})
export type Preferences = z.output<typeof preferences>

/** Staff look somebody up by the whole address. */
export const lookUp = z.object({ address })

export const newTopic = z.object({
  name: z.string().trim().min(1, 'error.topic.name').max(80, 'error.topic.name'),
  nameEn: z.string().trim().max(80, 'error.topic.name').default(''),
  reach: z.enum(['town', 'network'], 'error.topic.reach'),
})
export type NewTopic = z.output<typeof newTopic>
