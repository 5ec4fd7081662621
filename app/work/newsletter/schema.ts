import { z } from 'zod'
import { languages } from '#platform/i18n/index.ts'
import { bounds, isAddress, readSpans } from './blocks.ts'

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

const text = (most: number) => z.string().trim().max(most, 'error.long')

const block = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('heading'),
    level: z.coerce
      .number()
      .pipe(z.union([z.literal(2), z.literal(3)]))
      .catch(2),
    text: text(200),
  }),
  z
    .object({ kind: z.literal('paragraph'), text: text(bounds.text) })
    .transform(({ kind, text: typed }) => ({ kind, spans: readSpans(typed) })),
  z.object({ kind: z.literal('list'), text: text(bounds.text) }).transform(({ kind, text: typed }) => ({
    kind,
    points: typed
      .split('\n')
      .map((line) => line.replace(/^[-–*•]\s*/, '').trim())
      .filter(Boolean)
      .map(readSpans),
  })),
  z.object({
    kind: z.literal('teaser'),
    title: text(200),
    when: text(200),
    href: text(500).refine((href) => href === '' || isAddress(href), 'error.href'),
  }),
  z.object({ kind: z.literal('divider') }),
  z
    .object({
      kind: z.literal('picture'),
      picture: z.uuid(),
      alt: text(300),
      size: z.string().regex(/^\d{1,4}x\d{1,4}$/),
    })
    .transform(({ size, ...rest }) => {
      const [width = 0, height = 0] = size.split('x').map(Number)
      return { ...rest, width, height }
    }),
])

/** An issue as its editor hands it in: blocks in order. */
export const draft = z.object({
  subject: z.string().trim().max(150, 'error.subject'),
  language,
  topics: list(z.uuid()),
  blocks: z
    .array(block)
    .max(bounds.blocks, 'error.blocks')
    .refine((all) => JSON.stringify(all).length <= bounds.all, 'error.all'),
})
export type Draft = z.output<typeof draft>
