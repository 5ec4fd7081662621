import type { Compiled } from './compile.ts'
import {
  anonymities,
  isStepKind,
  stepFacts,
  weekdays,
  wishes,
  type ContactKind,
  type Language,
  type RetentionKind,
  type StepKind,
} from './kinds.ts'
import { openedAs } from './rights.ts'
import type { EmergencyNumber, Field, L10n, Model, Office, OfficeId, RoleId } from './schema.ts'

/** A text in the language asked for; German where it is missing. */
export const say = (text: L10n, language: Language): string => text[language] ?? text.de

interface Choice {
  readonly id: string
  readonly name: string
}

export interface Choices {
  readonly areas: Choice[]
  readonly subjects: Choice[]
  readonly wishes: string[]
  readonly anonymity: string[]
  readonly readers: Choice[]
  readonly languages: string[]
}

/** All that a report may be about, by name, in one language. */
export function choices(m: Compiled, language: Language = 'de'): Choices {
  const { areas, subjects, unknown, languages } = m.model
  return {
    areas: [...areas.map(({ id, name }) => ({ id, name })), { id: 'unknown', name: say(unknown.area, language) }],
    subjects: [
      ...subjects.map(({ id, label }) => ({ id, name: say(label, language) })),
      { id: 'unknown', name: say(unknown.subject, language) },
    ],
    wishes: [...wishes],
    anonymity: [...anonymities],
    readers: readersToExclude(m).map(({ id, name }) => ({ id, name: say(name, language) })),
    languages: [...languages],
  }
}

/** Whether a subject is a conflict inside the administration. */
export const isInside = (m: Compiled, subject: string): boolean => m.model.inside?.subjects.includes(subject) ?? false

/** Whether such conflicts are dealt with here: only once there is an agreement with the staff council. */
export const insideAgreed = (m: Compiled): boolean => m.model.inside?.agreement !== undefined

/** The same for a new report: without the subjects that are not offered at this side of the door. */
export function offered(m: Compiled, language: Language, to: 'residents' | 'staff'): Choices {
  const all = choices(m, language)
  const open = insideAgreed(m) && (to === 'staff' || m.model.inside?.door === true)
  return open ? all : { ...all, subjects: all.subjects.filter(({ id }) => !isInside(m, id)) }
}

/** Offices a reporter may exclude. Whoever holds one of `roles` there (in `areas`, if given) must not read it. */
export function readersToExclude(m: Compiled): Office[] {
  return m.model.readers.excludable.flatMap(({ office }) => m.offices.get(office) ?? [])
}

/** The roles that read in place of excluded offices, or of somebody named by hand; never empty, best first. */
export function substituteFor(m: Compiled, excluded: readonly OfficeId[]): RoleId[] {
  const { excludable, otherwise } = m.model.readers
  const out = new Set(excluded.flatMap((id) => m.offices.get(id)?.roles ?? []))
  const named = excludable.filter(({ office }) => excluded.includes(office)).map(({ substitute }) => substitute)
  return [...new Set([...named, otherwise])].filter((role) => !out.has(role))
}

/** A role as a person holds it: everywhere, or in one area. */
export interface Appointed {
  readonly person: string
  readonly role: RoleId
  readonly area?: string | null
}

/** Who must not read a record once offices are excluded: everybody who sits there, in whatever part of the town. */
export function personsOf(m: Compiled, offices: readonly OfficeId[], appointed: readonly Appointed[]): string[] {
  const sits = ({ role, area }: Appointed) =>
    offices.some((id) => {
      const office = m.offices.get(id)
      return office?.roles.includes(role) && (!office.areas || !area || office.areas.includes(area))
    })
  return [...new Set(appointed.filter(sits).map(({ person }) => person))]
}

/** What residents may be asked beside the fixed questions, behind *Mehr sagen*; all of it optional. */
export const publicQuestions = (m: Compiled): Field[] =>
  m.firstStep.ask.filter(({ shown }) => shown.includes('public-form'))

/** How somebody who reported may be reached, beside the mailbox that is always there. */
export const contactChannels = (m: Compiled): ContactKind[] => m.model.contact.filter((kind) => kind !== 'mailbox')

/** Numbers for an area, those of danger first; for an unknown area only what holds everywhere. */
export function numbersFor(m: Compiled, area?: string): EmergencyNumber[] {
  return m.model.numbers.filter(({ areas }) => !areas || (area !== undefined && areas.includes(area)))
}

/** "Diese Stelle liest Ihre Meldung", and which is offered instead of it. */
export function readingOffice(m: Compiled, area?: string): { reads: Office; instead?: Office } {
  const reads = m.offices.get(m.model.readers.usual)
  if (!reads) throw new Error(`model ${m.model.id} has no reading office`)
  const instead = m.offices.get(m.areas.get(area ?? '')?.instead ?? '')
  return instead ? { reads, instead } : { reads }
}

/** The sentence for whoever reported, in the mailbox, from the kind of step that stands in the record's row. */
export function statusSentence(m: Compiled, kind: string, language: Language): string {
  return say(m.model.status[isStepKind(kind) ? stepFacts(kind).status : 'checking'], language)
}

/** Who opened a report, in the three words the mailbox may use. */
export function openedBy(m: Compiled, role: RoleId): 'coordination' | 'contact-point' | 'specialist' {
  const component = m.roles.get(role)?.component
  return (component && openedAs[component]) ?? 'specialist'
}

/** Reasons with their answer, for a step that opens no case. */
export const reasonsFor = (m: Compiled, kind: StepKind): Model['reasons'] =>
  m.model.reasons.filter((reason) => reason.for.includes(kind))

const plusDays = (day: string, n: number): string =>
  new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10)

/** The same day n months later; the last of the month where there is none. Calendar days `YYYY-MM-DD`. */
export function plusMonths(day: string, n: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + n, Math.min(date, last))).toISOString().slice(0, 10)
}

/** The day on which something of a retention class is deleted, counted from a calendar day. */
export function deletedOn(m: Compiled, kind: RetentionKind, from: string): string {
  const period = m.model.retention[kind]
  return 'days' in period ? plusDays(from, period.days) : plusMonths(from, period.months)
}

/** The first day whose things of a retention class are still kept today. */
export function keptSince(m: Compiled, kind: RetentionKind, today: string): string {
  const period = m.model.retention[kind]
  return 'days' in period ? plusDays(today, -period.days) : plusMonths(today, -period.months)
}

/** The period of a retention class as PostgreSQL reads an interval: `3 months`, `7 days`. */
export function intervalOf(m: Compiled, kind: RetentionKind): string {
  const period = m.model.retention[kind]
  return 'days' in period ? `${period.days} days` : `${period.months} months`
}

/**
 * When reports are read next, as local calendar day and time: now if the office is open. `isWorkingDay` knows the
 * holidays of the Land; closing days of the office are known here. Undefined if the model opens on no day.
 */
export function nextReading(
  m: Compiled,
  now: { day: string; time: string },
  isWorkingDay: (day: string) => boolean,
): { day: string; from: string; until: string; open: boolean } | undefined {
  const { weekly, closed } = m.model.hours
  for (let i = 0; i < 60; i++) {
    const day = plusDays(now.day, i)
    const weekday = weekdays[(new Date(day).getUTCDay() + 6) % 7] ?? 'mon'
    const shut = closed.some(({ from, until }) => from <= day && day <= until) || !isWorkingDay(day)
    for (const [from, until] of shut ? [] : (weekly[weekday] ?? []).toSorted()) {
      if (i > 0 || now.time < from) return { day, from, until, open: false }
      if (now.time < until) return { day, from, until, open: true }
    }
  }
  return undefined
}
