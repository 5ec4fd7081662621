import { inList, plain, roleName, same, sets, type Difference, type Named } from './diff/lists.ts'
import { steps } from './diff/steps.ts'
import { pointer } from './faults.ts'
import type { Model, Period, Role } from './schema.ts'

export type { Difference } from './diff/lists.ts'

function roles(a: Model, b: Model): Difference[] {
  const name = roleName(a, b)
  return inList(
    'roles',
    a.roles,
    b.roles,
    ({ id }) => name(id),
    (was: Role, is: Role, path) => {
      const found = sets(`${path}/may`, 'right', was.may, is.may, (verb) => verb, { name: name(is.id) })
      return found.length > 0 || same(was, is)
        ? found
        : [{ path, key: 'changed', values: { section: 'roles', name: name(is.id) } }]
    },
  )
}

function words(a: Model, b: Model): Difference[] {
  return Object.entries(b.words).flatMap(([id, word]): Difference[] => {
    const was = a.words[id]
    const path = pointer('words', id)
    if (!was || same(was, word)) return []
    return was.one === word.one
      ? [{ path, key: 'changed', values: { section: 'words', name: word.one } }]
      : [{ path, key: 'renamed', values: { section: 'words', before: was.one, after: word.one } }]
  })
}

const listed: {
  readonly [
    K in
      | 'offices'
      | 'areas'
      | 'subjects'
      | 'formats'
      | 'gates'
      | 'outcomes'
      | 'reasons'
      | 'sentences'
      | 'numbers'
      | 'entitlements'
      | 'evaluation'
  ]: (entry: Model[K][number]) => string
} = {
  offices: (office) => office.name.de,
  areas: (area) => area.name,
  subjects: (subject) => subject.label.de,
  formats: (format) => format.name.de,
  gates: (gate) => gate.text.de,
  outcomes: (outcome) => outcome.label.de,
  reasons: (reason) => reason.label.de,
  sentences: (sentence) => sentence.text.de,
  numbers: (number) => number.label.de,
  entitlements: (entitlement) => entitlement.name.de,
  evaluation: (field) => field.label.de,
}

function lists(a: Model, b: Model): Difference[] {
  const one = <K extends keyof typeof listed>(section: K): Difference[] => {
    // One section at a time, so list and name belong together; the compiler cannot follow that through the loop.
    const name = listed[section] as unknown as (entry: Named) => string
    return inList<Named>(section, a[section], b[section], name, plain(section, name))
  }
  return (Object.keys(listed) as (keyof typeof listed)[]).flatMap(one)
}

function retention(a: Model, b: Model): Difference[] {
  const amount = (period: Period): number => ('days' in period ? period.days : period.months)
  const unit = (period: Period) => ('days' in period ? 'days' : 'months')
  return (Object.keys(b.retention) as (keyof Model['retention'])[]).flatMap((kind) => {
    const [was, is] = [a.retention[kind], b.retention[kind]]
    if (same(was, is)) return []
    return [
      {
        path: pointer('retention', kind),
        key: 'retention',
        values: { retention: kind, before: amount(was), beforeUnit: unit(was), after: amount(is), afterUnit: unit(is) },
      },
    ]
  })
}

const whole = [
  'body',
  'persons',
  'readers',
  'publicForm',
  'triage',
  'followUps',
  'thresholds',
  'hours',
  'notices',
  'letters',
  'status',
  'mailbox',
  'register',
  'file',
  'inspection',
  'inside',
  'subjectGroups',
  'unknown',
  'retired',
] as const

function components(a: Model, b: Model): Difference[] {
  const named = (model: Model) => model.components.map((part) => ({ id: part.kind, ...part }))
  const name = (part: ReturnType<typeof named>[number]) => part.name.de
  return inList('components', named(a), named(b), name, plain('components', name))
}

/** What is owed to whoever reported, and by whom. */
function clocks(a: Model, b: Model): Difference[] {
  const name = roleName(a, b)
  const { danger } = b.clocks
  const working = (['acknowledge', 'firstAnswer', 'unopened'] as const)
    .filter((clock) => a.clocks[clock].days !== b.clocks[clock].days)
    .map((clock) => ({
      path: pointer('clocks', clock),
      key: 'clock',
      values: { clock, before: a.clocks[clock].days, after: b.clocks[clock].days },
    }))
  const owners = (['acknowledge', 'firstAnswer', 'unopened', 'danger'] as const)
    .filter((clock) => a.clocks[clock].owner !== b.clocks[clock].owner)
    .map((clock) => ({
      path: pointer('clocks', clock, 'owner'),
      key: 'clockOwner',
      values: { clock, before: name(a.clocks[clock].owner), after: name(b.clocks[clock].owner) },
    }))
  const minutes =
    a.clocks.danger.minutes === danger.minutes
      ? []
      : [
          {
            path: '/clocks/danger/minutes',
            key: 'clockDanger',
            values: { before: a.clocks.danger.minutes, after: danger.minutes },
          },
        ]
  return [...working, ...owners, ...minutes]
}

function others(a: Model, b: Model): Difference[] {
  return [
    ...sets('/languages', 'language', a.languages, b.languages, (id) => id, {}),
    ...sets('/channels', 'channel', a.channels, b.channels, (id) => id, {}),
    ...sets('/contact', 'contact', a.contact, b.contact, (id) => id, {}),
    ...whole
      .filter((part) => !same(a[part], b[part]))
      .map((part) => ({
        path: pointer(part),
        key: part === 'persons' ? (b.persons ? 'personsOn' : 'personsOff') : 'section',
        values: { section: part },
      })),
  ]
}

/** Everything that differs from `a` to `b`, in the order people read a model: roles, steps, lists, the rest. */
export const diff = (a: Model, b: Model): Difference[] => [
  ...roles(a, b),
  ...words(a, b),
  ...steps(a, b),
  ...lists(a, b),
  ...components(a, b),
  ...retention(a, b),
  ...clocks(a, b),
  ...others(a, b),
]
