import { z } from 'zod'
import { readDateFields, type RawForm } from '#platform/forms/index.ts'
import type { NewReport } from './schema.ts'

/** The three pages of the public form and the fields each of them asks. */
const stepFields = {
  what: ['observed', 'danger', 'subject', 'since-day', 'since-month', 'since-year', 'often', 'concluded', 'wish'],
  where: ['area', 'place'],
  contact: ['anonymity', 'contact', 'safe', 'office', 'readers', 'readersOther', 'answerLanguage', 'notice'],
} as const
export type WebStep = keyof typeof stepFields

const blank = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const text = (most: number) => z.preprocess(blank, z.string().trim().max(most, 'error.tooLong').optional())
const maybe = <S extends z.ZodType>(schema: S) => z.preprocess(blank, schema.optional())
const several = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string().max(64)).max(20),
)

const what = (today: string) =>
  z.object({
    observed: z.preprocess(
      (value) => value ?? '',
      z.string().trim().min(1, 'error.observed.missing').max(20_000, 'error.tooLong'),
    ),
    danger: maybe(z.enum(['yes', 'no'])),
    subject: text(64),
    since: maybe(z.iso.date('error.date').refine((day) => day <= today, 'error.date.future')),
    often: maybe(z.enum(['once', 'sometimes', 'weekly', 'daily'])),
    concluded: text(20_000),
    wish: maybe(z.enum(['talk', 'advice', 'inform'], 'error.wish')),
  })

const where = z.object({
  area: z.string('error.area.missing').min(1, 'error.area.missing').max(64),
  place: text(500),
})

const reachable = /^[^\s@]+@[^\s@]+\.[^\s@]+$|^\+?[\d\s/()-]{6,30}$/

const contact = z
  .object({
    anonymity: z.enum(['anonymous', 'office', 'named'], 'error.anonymity'),
    contact: text(1_500),
    safe: text(400),
    office: text(64),
    readers: several,
    readersOther: text(200),
    answerLanguage: text(10),
    notice: maybe(z.string().trim().max(200, 'error.tooLong').regex(reachable, 'error.notice.address')),
  })
  .superRefine((said, context) => {
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    if (said.anonymity === 'anonymous' && said.contact) fault('contact', 'error.contact.anonymous')
    if (said.anonymity === 'anonymous' && said.notice) fault('notice', 'error.contact.anonymous')
    if (said.anonymity !== 'anonymous' && !said.contact) fault('contact', 'error.contact.missing')
  })

/** What each page demands. `today`: the calendar day in Berlin. */
export const stepSchemas = (today: string) => ({ what: what(today), where, contact })

/** The fields as the schemas want them: the three date fields are one day. */
export const readable = (raw: RawForm): RawForm => ({ ...raw, since: readDateFields(raw, 'since') })

/** Takes one page's fields over from the form; a box that was unticked is gone. */
export function withStep(values: RawForm, step: WebStep, form: RawForm): RawForm {
  const names: readonly string[] = stepFields[step]
  const others = Object.entries(values).filter(([name]) => !names.includes(name))
  const own = Object.entries(form).filter(([name]) => names.includes(name))
  return Object.fromEntries([...others, ...own])
}

interface Known {
  readonly areas: readonly { id: string }[]
  readonly subjects: readonly { id: string }[]
  readonly readers: readonly { id: string }[]
  readonly offices: readonly string[]
}

export interface WebSaid {
  readonly what: z.output<ReturnType<typeof what>>
  readonly where: z.output<typeof where>
  readonly contact: z.output<typeof contact>
}

const known = (list: readonly { id: string }[], id: string | undefined) =>
  list.some((one) => one.id === id) && id ? id : 'unknown'

/** The report from the three pages. What the model does not know (any more) counts as unknown, never as a fault. */
export function reportOf({ what, where, contact }: WebSaid, language: string, offers: Known): NewReport {
  const readers = contact.readers.filter((id) => offers.readers.some((reader) => reader.id === id))
  return {
    channel: 'web',
    language,
    observed: what.observed,
    concluded: what.concluded,
    danger: what.danger === 'yes',
    subject: known(offers.subjects, what.subject),
    occurredOn: what.since,
    wish: what.wish,
    area: known(offers.areas, where.area),
    anonymity: contact.anonymity,
    contact: contact.contact && [contact.contact, contact.safe].filter(Boolean).join('\n'),
    notice: contact.notice,
    office: contact.office && offers.offices.includes(contact.office) ? contact.office : undefined,
    extras: {
      ...(what.often ? { often: what.often } : {}),
      ...(where.place ? { place: where.place } : {}),
      ...(contact.safe && !contact.contact ? { safe: contact.safe } : {}),
      ...(contact.answerLanguage && contact.answerLanguage !== language
        ? { answerLanguage: contact.answerLanguage }
        : {}),
    },
    notVisibleTo: [...readers, ...(contact.readersOther ? [contact.readersOther] : [])],
  }
}
