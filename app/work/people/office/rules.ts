import type { About } from './schema.ts'

/** Everything that decides whether the public form may open. Days as `YYYY-MM-DD`. */
export interface Standing {
  readonly about: About
  readonly times_on: string | null
  readonly assessment_on: string | null
  readonly council_on: string | null
  readonly recovery_on: string | null
  readonly probe_on: string | null
  /** The verbs of every person who has an access of her own. */
  readonly persons: readonly ReadonlySet<string>[]
}

export const needs = [
  'imprint',
  'privacy',
  'accessibility',
  'times',
  'assessment',
  'council',
  'recovery',
  'substitute',
  'roles',
  'probe',
] as const
export type Need = (typeof needs)[number]

/** Somebody reads, and somebody else can answer as the second person. */
function twoPeople(persons: Standing['persons']): boolean {
  const holders = (verb: string) => persons.filter((verbs) => verbs.has(verb))
  const readers = holders('intake.read')
  return holders('second.decide').some((second) => readers.some((reader) => reader !== second))
}

const met: Record<Need, (standing: Standing) => boolean> = {
  imprint: ({ about: { street, place, phone, mail, representedBy, oversight } }) =>
    [street, place, phone, mail, representedBy, oversight].every((text) => text !== ''),
  privacy: ({ about: { privacyOfficer, privacyAuthority } }) => privacyOfficer !== '' && privacyAuthority !== '',
  accessibility: ({ about: { accessContact, accessArbitration } }) => accessContact !== '' && accessArbitration !== '',
  times: ({ times_on }) => times_on !== null,
  assessment: ({ assessment_on }) => assessment_on !== null,
  council: ({ council_on }) => council_on !== null,
  recovery: ({ recovery_on }) => recovery_on !== null,
  substitute: ({ persons }) => persons.some((verbs) => verbs.has('intake.substitute') && !verbs.has('intake.read')),
  roles: ({ persons }) => twoPeople(persons),
  probe: ({ probe_on }) => probe_on !== null,
}

/** What is still missing before the form may be public, in the order of the page. */
export const whatIsMissing = (standing: Standing): Need[] => needs.filter((need) => !met[need](standing))
