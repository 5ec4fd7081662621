import { choices, say, type Compiled, type Office } from '#work/model/index.ts'
import type { Missing } from './rules.ts'

/** What may be handed to somebody else, part by part. */
export const referralParts = ['observed', 'concluded', 'place', 'translation', 'contact'] as const
export type ReferralPart = (typeof referralParts)[number]

/** On which ground: asked through the mailbox, said in another way, a law, or nothing about a person at all. */
export const bases = ['consent', 'told', 'law', 'no-person'] as const
export type Basis = (typeof bases)[number]

export interface Referring {
  readonly office?: string
  readonly recipient?: string
  readonly basis: Basis
  /** The norm for `law`; how and when she agreed for `told`. */
  readonly ground?: string
  readonly purpose?: string
  readonly parts: readonly ReferralPart[]
}

interface Known {
  /** Offices of the model that can be named. */
  readonly offices: readonly string[]
  readonly hasMailbox: boolean
}

/** What a referral lacks before it can be asked for or handed over. */
export function whatReferralLacks(asked: Referring, known: Known): Missing[] {
  const lacks = (field: string, when: boolean, message: string): Missing[] => (when ? [{ field, message }] : [])
  const named = asked.office ? known.offices.includes(asked.office) : Boolean(asked.recipient)
  return [
    ...lacks('office', !named, 'missing.recipient'),
    ...lacks('purpose', !asked.purpose, 'missing.purpose'),
    ...lacks('parts', asked.parts.length === 0, 'missing.parts'),
    ...lacks('parts', asked.basis === 'no-person' && asked.parts.includes('contact'), 'missing.parts.person'),
    ...lacks(
      'ground',
      (asked.basis === 'law' || asked.basis === 'told') && !asked.ground,
      `missing.ground.${asked.basis}`,
    ),
    ...lacks('basis', asked.basis === 'consent' && !known.hasMailbox, 'missing.mailbox'),
  ]
}

/** The letter as it is handed over: exactly what whoever reported was shown. */
export interface Letter {
  readonly to: string
  readonly basis: Basis
  readonly ground?: string
  readonly purpose: string
  readonly area: string
  readonly subject: string
  readonly receivedOn: string
  readonly parts: readonly { readonly part: ReferralPart; readonly text: string }[]
}

interface Told {
  readonly observed: string
  readonly concluded?: string | null
  readonly contact?: string
  readonly receivedOn: string
  readonly area: string
  readonly subject: string
  readonly extras: { readonly place?: string }
  readonly translations: readonly { readonly message?: string; readonly text?: string }[]
}

/** The parts this report has, as they read now. */
export function partsOf(report: Told): { part: ReferralPart; text: string }[] {
  const all: Record<ReferralPart, string | undefined> = {
    translation: report.translations.find(({ message }) => message === undefined)?.text,
    observed: report.observed,
    concluded: report.concluded ?? undefined,
    place: report.extras.place,
    contact: report.contact,
  }
  return referralParts.flatMap((part) => {
    const text = all[part]
    return text ? [{ part, text }] : []
  })
}

/** Offices of the model a report can be handed to: everybody but those who read it anyway. */
export const offersOf = ({ model }: Compiled): Office[] =>
  model.offices.filter(
    ({ id, component }) => id !== model.readers.usual && component !== 'neighbour' && component !== 'handler-pool',
  )

/** The letter as it would be handed over now. */
export function letterOf(asked: Referring, report: Told, model: Compiled): Letter {
  const { areas, subjects } = choices(model, 'de')
  const office = model.offices.get(asked.office ?? '')
  return {
    to: office
      ? [say(office.name, 'de'), office.address, office.mail].filter(Boolean).join('\n')
      : (asked.recipient ?? ''),
    basis: asked.basis,
    ...(asked.ground ? { ground: asked.ground } : {}),
    purpose: asked.purpose ?? '',
    area: areas.find(({ id }) => id === report.area)?.name ?? report.area,
    subject: subjects.find(({ id }) => id === report.subject)?.name ?? report.subject,
    receivedOn: report.receivedOn,
    parts: partsOf(report).filter(({ part }) => asked.parts.includes(part)),
  }
}
