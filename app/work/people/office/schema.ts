import { z } from 'zod'
import { lands } from '#work/model/index.ts'

const line = z.string().trim().max(500, 'error.long').default('')

const kinds = ['independent-city', 'member-town', 'county', 'state'] as const
/** The seat of the network stays what it is, and no town becomes one. */
export const kindsFor = (kind: string) => kinds.filter((one) => (one === 'state') === (kind === 'state'))
/** Accents that keep their contrast in light and dark; none is green or red, which mean something here. */
export const accents = {
  petrol: '#0b5563',
  blue: '#1a4f8b',
  navy: '#1d3461',
  violet: '#5b3a8c',
  plum: '#6d2f5b',
  brown: '#6b4423',
  slate: '#3d4a57',
} as const
export type Accent = keyof typeof accents
export const accentIds = Object.keys(accents) as [Accent, ...Accent[]]

/** What goes into imprint, privacy notice and accessibility statement; '' where nobody has said it yet. */
export const about = z.object({
  street: line,
  place: line,
  phone: line.refine((text) => text === '' || /^[+\d][\d\s/()-]{4,}$/.test(text), 'error.phone'),
  mail: z.union([z.literal(''), z.email('error.mail').max(200, 'error.long')], 'error.mail').default(''),
  representedBy: line,
  oversight: line,
  privacyOfficer: line,
  privacyAuthority: line,
  accessContact: line,
  accessArbitration: line,
})
export type About = z.output<typeof about>
export const noAbout: About = about.parse({})

export const office = about.extend({
  name: z.string().trim().min(2, 'error.town').max(120, 'error.town'),
  kind: z.enum(kinds, 'error.kind'),
  land: z.enum(lands, 'error.land'),
  accent: z.enum(accentIds, 'error.accent'),
})
export type NewOffice = z.output<typeof office>

const number = z
  .string()
  .trim()
  .regex(/^[0-9 ]{3,20}$|^$/, 'error.number')
  .default('')
export const numbers = z.object({
  'youth-office': number,
  'order-office': number,
  night: number,
})

/** Whether the machines before this program write down addresses; days until that is deleted. */
export const proxy = z
  .object({
    logs: z.enum(['unknown', 'none', 'short', 'full'], 'error.proxy'),
    days: z.preprocess(
      (value) => (value === '' ? undefined : value),
      z.coerce
        .number('error.proxy.days')
        .int('error.proxy.days')
        .min(1, 'error.proxy.days')
        .max(400, 'error.proxy.days')
        .optional(),
    ),
  })
  .superRefine(({ logs, days }, context) => {
    if ((logs === 'short' || logs === 'full') && days === undefined)
      context.addIssue({ code: 'custom', path: ['days'], message: 'error.proxy.days' })
  })
export type Proxy = z.output<typeof proxy>

/** Days on which something was done; the page reads them with today's date. */
export const dates = z.object({ assessment: z.string().max(30), council: z.string().max(30) })
