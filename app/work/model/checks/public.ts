import { advise, pointer, refuse, type Fault } from '../faults.ts'
import { fixedNumbers, type NumberKind } from '../kinds.ts'
import type { L10n, Model, Week } from '../schema.ts'

const open = (week: Week): boolean => Object.values(week).some((spans) => (spans?.length ?? 0) > 0)

/** What residents are promised: when somebody reads, and how an answer reaches them. */
export function door(m: Model): Fault[] {
  const faults: Fault[] = []
  if (m.publicForm.open && !open(m.hours.weekly)) faults.push(refuse('/hours/weekly', 'formDoesNotSay'))
  if (m.publicForm.open && !m.channels.includes('web'))
    faults.push(refuse('/channels', 'channelMissing', { channel: 'web' }))
  if (m.publicForm.callback && !m.channels.includes('callback'))
    faults.push(refuse('/channels', 'channelMissing', { channel: 'callback' }))
  if (m.publicForm.callback && !m.contact.includes('phone')) faults.push(refuse('/contact', 'callbackNoPhone'))
  if (!m.contact.includes('mailbox')) faults.push(refuse('/contact', 'mailboxMissing'))
  if (!m.languages.includes('de')) faults.push(refuse('/languages', 'germanMissing'))
  const weeks: [string, Week | undefined][] = [
    ['/hours/weekly', m.hours.weekly],
    ...m.offices.map((office, i): [string, Week | undefined] => [pointer('offices', i, 'hours'), office.hours]),
  ]
  for (const [path, week] of weeks) {
    for (const [weekday, spans] of Object.entries(week ?? {})) {
      spans.forEach(([from, until], i) => {
        if (from >= until) faults.push(refuse(`${path}/${weekday}/${i}`, 'hoursBackwards', { from, until }))
      })
    }
  }
  for (const [i, { from, until }] of m.hours.closed.entries()) {
    if (from > until) faults.push(refuse(pointer('hours', 'closed', i), 'hoursBackwards', { from, until }))
  }
  return faults
}

/** A reporter may exclude readers; then somebody else must be there, and cannot be excluded in turn. */
export function readers(m: Model): Fault[] {
  const faults: Fault[] = []
  const offices = new Map(m.offices.map((office) => [office.id, office]))
  const mayStandIn = (id: string) => m.roles.find((role) => role.id === id)?.may.includes('intake.substitute') ?? true
  const { usual, excludable, otherwise } = m.readers
  if (!excludable.some(({ office }) => office === usual))
    faults.push(refuse('/readers/excludable', 'substituteMissing', { office: offices.get(usual)?.name.de ?? usual }))
  for (const [i, { office, substitute }] of excludable.entries()) {
    const at = (part: string) => pointer('readers', 'excludable', i, part)
    const found = offices.get(office)
    const values = { office: found?.name.de ?? office, role: m.words[substitute]?.one ?? substitute }
    if (found?.roles.includes(substitute)) faults.push(refuse(at('substitute'), 'substituteInside', values))
    if (!mayStandIn(substitute)) faults.push(refuse(at('substitute'), 'substituteLacksVerb', values))
    if (found?.roles.includes(otherwise))
      faults.push(
        refuse(at('office'), 'lastReaderExcludable', { ...values, role: m.words[otherwise]?.one ?? otherwise }),
      )
    if (found && found.roles.length === 0) faults.push(refuse(at('office'), 'officeWithoutRole', values))
  }
  if (!mayStandIn(otherwise))
    faults.push(
      refuse('/readers/otherwise', 'substituteLacksVerb', { office: '', role: m.words[otherwise]?.one ?? otherwise }),
    )
  return faults
}

/** Numbers shown on acute danger. */
export function numbers(m: Model): Fault[] {
  const faults: Fault[] = []
  for (const [kind, fixed] of Object.entries(fixedNumbers) as [NumberKind, string][]) {
    if (!m.numbers.some((n) => n.kind === kind && n.number === fixed && !n.areas))
      faults.push(refuse('/numbers', 'numberMissing', { number: fixed }))
  }
  for (const [i, area] of m.areas.entries()) {
    if (!m.numbers.some((n) => n.kind === 'youth-office' && (!n.areas || n.areas.includes(area.id))))
      faults.push(refuse(pointer('areas', i), 'youthOfficeMissing', { area: area.name }))
  }
  return faults
}

/** Texts residents read, with where they stand. */
function publicTexts(m: Model): [string, L10n][] {
  return [
    ...m.subjects.map((s, i): [string, L10n] => [pointer('subjects', i, 'label'), s.label]),
    ...m.numbers.map((n, i): [string, L10n] => [pointer('numbers', i, 'label'), n.label]),
    ...m.readers.excludable.flatMap(({ office }): [string, L10n][] => {
      const i = m.offices.findIndex(({ id }) => id === office)
      const found = m.offices[i]
      return found ? [[pointer('offices', i, 'name'), found.name]] : []
    }),
    ...m.steps.flatMap((step, i) =>
      step.ask.flatMap((field, j): [string, L10n][] =>
        field.shown.includes('public-form')
          ? [
              [pointer('steps', i, 'ask', j, 'label'), field.label],
              ...(field.options ?? []).map((option, k): [string, L10n] => [
                pointer('steps', i, 'ask', j, 'options', k, 'label'),
                option.label,
              ]),
            ]
          : [],
      ),
    ),
    ...Object.entries(m.notices).map(([key, text]): [string, L10n] => [pointer('notices', key), text]),
    ...Object.entries(m.status).map(([key, text]): [string, L10n] => [pointer('status', key), text]),
    ...m.reasons.map((reason, i): [string, L10n] => [pointer('reasons', i, 'answer'), reason.answer]),
    ...Object.entries(m.letters ?? {}).map(([kind, text]): [string, L10n] => [pointer('letters', kind), text]),
    ['/unknown/area', m.unknown.area],
    ['/unknown/subject', m.unknown.subject],
  ]
}

/** A language on offer in which something would still be shown in German. Leichte Sprache has its own proof. */
export function translations(m: Model): Fault[] {
  return publicTexts(m).flatMap(([path, text]) =>
    m.languages
      .filter((language) => language !== 'leicht' && !text[language])
      .map((language) => advise(path, 'translationMissing', { language, text: text.de })),
  )
}
