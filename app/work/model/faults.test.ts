import { describe, expect, test } from 'vitest'
import { faultsOfChange } from './checks/people.ts'
import { compile } from './compile.ts'
import grundstruktur from './documents/grundstruktur.json' with { type: 'json' }
import type { Fault } from './faults.ts'
import de from './locales/de.json' with { type: 'json' }
import type { ModelDocument } from './schema.ts'
import { faultText } from './texts.ts'

const base = grundstruktur as unknown as ModelDocument
type Patch = (m: ModelDocument) => void

/** The entry with this id, for a small patch; throws so that a patch cannot miss silently. */
function the<T extends { id: string }>(list: T[] | undefined, id: string): T {
  const found = list?.find((entry) => entry.id === id)
  if (!found) throw new Error(`nothing called ${id}`)
  return found
}
const step = (m: ModelDocument, id: string) => the(m.steps, id)
const role = (m: ModelDocument, id: string) => the(m.roles, id)
const drop = <T extends { id: string }>(list: T[], id: string) => list.splice(list.indexOf(the(list, id)), 1)
const at = (m: ModelDocument, id: string) => m.steps.indexOf(step(m, id))
const yesNo = { id: 'extra', type: 'yesNo', label: { de: 'Noch etwas?' }, shown: ['record'], sealed: false } as const

function faultsAfter(patch: Patch): readonly Fault[] {
  const document = structuredClone(base)
  patch(document)
  const outcome = compile(document)
  return 'ok' in outcome ? outcome.ok.advice : outcome.faults
}

/** Each fault, the place to mend, and the smallest patch that brings it about. */
const table: [key: string, path: string, patch: Patch][] = [
  ['schemaNumber', '/schema', (m) => Object.assign(m, { schema: 2 })],
  ['missing', '/steps/0/label', (m) => Reflect.deleteProperty(step(m, 'receive'), 'label')],
  ['shape', '/body/land', (m) => Object.assign(m.body, { land: 'XX' })],
  ['shape', '', (m) => Object.assign(m, { script: 'alert(1)' })],
  [
    'deadlineWithoutOwner',
    '/steps/0/within/owner',
    (m) => Reflect.deleteProperty(step(m, 'receive').within ?? {}, 'owner'),
  ],
  ['deadlineWithoutOwner', '/clocks/firstAnswer/owner', (m) => Reflect.deleteProperty(m.clocks.firstAnswer, 'owner')],
  ['retentionMissing', '/retention/closed-case', (m) => Reflect.deleteProperty(m.retention, 'closed-case')],
  ['duplicateId', '/roles/13/id', (m) => m.roles.push(structuredClone(role(m, 'guide')))],
  [
    'duplicateId',
    '/steps/0/ask/1/id',
    (m) => step(m, 'receive').ask?.push(structuredClone(the(step(m, 'receive').ask, 'since'))),
  ],
  [
    'duplicateId',
    '/steps/0/ask/0/options/1/id',
    (m) => Object.assign(the(step(m, 'receive').ask, 'since').options?.[1] ?? {}, { id: 'days' }),
  ],
  ['unknownReserved', '/areas/0/id', (m) => Object.assign(the(m.areas, 'whole'), { id: 'unknown' })],
  ['unknown.role', '/steps/0/by/0', (m) => (step(m, 'receive').by[0] = 'nobody')],
  ['unknown.role', '/retired/0/successor', (m) => (m.retired = [{ what: 'role', id: 'gone', successor: 'nobody' }])],
  [
    'unknown.role',
    '/retired/0/successor',
    (m) =>
      (m.retired = [
        { what: 'role', id: 'a', successor: 'b' },
        { what: 'role', id: 'b', successor: 'a' },
      ]),
  ],
  ['unknown.step', '/steps/0/next/0', (m) => (step(m, 'receive').next[0] = 'nowhere')],
  [
    'unknown.office',
    '/readers/excludable/0/office',
    (m) => Object.assign(m.readers.excludable[0] ?? {}, { office: 'nowhere' }),
  ],
  ['unknown.area', '/numbers/2/areas/0', (m) => Object.assign(the(m.numbers, 'youth-office'), { areas: ['nowhere'] })],
  ['unknown.group', '/subjects/0/group', (m) => Object.assign(the(m.subjects, 'noise'), { group: 'nothing' })],
  ['unknown.format', '/triage/0/propose/0', (m) => Object.assign(m.triage[0]?.propose ?? [], { 0: 'nothing' })],
  [
    'unknown.entitlement',
    '/formats/2/needs/0',
    (m) => Object.assign(the(m.formats, 'clarifying-talk'), { needs: ['nothing'] }),
  ],
  ['kindMissing', '/steps', (m) => drop(m.steps, 'urgent')],
  ['kindTwice', '/steps', (m) => m.steps.push({ ...structuredClone(step(m, 'open')), id: 'open-again' })],
  ['nobody', '/steps/2/by', (m) => (step(m, 'check').by = [])],
  ['lacksVerb', '/steps/3/by/1', (m) => step(m, 'decide').by.push('interpreter')],
  ['noWayOut', '/steps/3/next', (m) => (step(m, 'decide').next = [])],
  [
    'noEnd',
    '/steps/17/next',
    (m) => {
      step(m, 'follow-up').next = ['evaluate']
      step(m, 'evaluate').next = ['follow-up']
    },
  ],
  [
    'noEnd',
    '/steps/18/next',
    (m) => {
      step(m, 'evaluate').next = ['ended']
      step(m, 'ended').when = { all: ['consented'] }
    },
  ],
  ['endLeadsOn', '/steps/9/next', (m) => (step(m, 'closed').next = ['advise'])],
  ['atOnceOneNext', '/steps/6/next', (m) => step(m, 'bundle').next.push('closed')],
  ['wrongThing', '/steps/0/next/4', (m) => step(m, 'receive').next.push('handle')],
  ['opensAgain', '/steps/11/next/3', (m) => step(m, 'assess').next.push('open')],
  ['unreachable', '/steps/6', (m) => (step(m, 'decide').next = step(m, 'decide').next.filter((id) => id !== 'bundle'))],
  ['noDeadline', '/steps/3', (m) => Reflect.deleteProperty(step(m, 'decide'), 'within')],
  ['unknown.role', '/register/second/0', (m) => (m.register = { second: ['nobody'] })],
  ['approvalLacks', '/formats/0/approval', (m) => (m.formats[0]!.approval = 'guide')],
  ['registerSecond', '/register/second/0', (m) => (m.register = { second: ['guide', 'substitute'] })],
  ['unknown.role', '/inspection/decide/0', (m) => (m.inspection = { decide: ['nobody'] })],
  ['unknown.subject', '/inside/subjects/0', (m) => (m.inside = { subjects: ['nothing'], door: false })],
  ['inspectionDecide', '/inspection/decide/1', (m) => (m.inspection = { decide: ['sponsor', 'guide'] })],
  [
    'letterPlaceholder',
    '/letters/closing/de',
    (m) => (m.letters = { closing: { de: 'Guten Tag {name}, die Sache {matter} ist beendet.' } }),
  ],
  [
    'letterPlaceholder',
    '/letters/invitation/en',
    (m) => (m.letters = { invitation: { de: 'Bitte kommen Sie.', en: 'What was agreed: {clauses}' } }),
  ],
  [
    'letterClauses',
    '/letters/agreement/de',
    (m) => (m.letters = { agreement: { de: 'Wir haben {clauses} vereinbart.' } }),
  ],
  [
    'registerHerself',
    '/register/second',
    (m) => {
      Object.assign(role(m, 'sponsor'), { single: true, outside: false })
      m.register = { second: ['sponsor'] }
    },
  ],
  ['secondNobody', '/steps/13/second/by', (m) => (step(m, 'assign').second = { by: [], effect: 'waits' })],
  ['lacksVerb', '/steps/13/second/by/0', (m) => (step(m, 'assign').second = { by: ['guide'], effect: 'waits' })],
  [
    'secondHerself',
    '/steps/13/second/by',
    (m) => {
      role(m, 'coordination').single = true
      step(m, 'assign').second = { by: ['coordination'], effect: 'waits' }
    },
  ],
  [
    'evaluationText',
    '/evaluation/0/type',
    (m) => {
      const more = { id: 'more', type: 'longText', label: { de: 'Was noch?' }, shown: ['record'] } as const
      m.evaluation = [{ ...more, shown: ['record'] }]
    },
  ],
  [
    'secondNeverLapses',
    '/steps/13/second/lapse',
    (m) => (step(m, 'assign').second = { by: ['sponsor'], effect: 'at-once' }),
  ],
  [
    'secondBlocked',
    '/roles',
    (m) => {
      for (const r of m.roles) {
        r.outside = false
        r.single = true
      }
    },
  ],
  [
    'optionsMissing',
    '/steps/2/ask/1/options',
    (m) => Object.assign(the(step(m, 'check').ask, 'confidence'), { options: [] }),
  ],
  [
    'optionsNotAsked',
    '/steps/3/ask/0/options',
    (m) => (step(m, 'decide').ask = [{ ...yesNo, shown: ['record'], options: [{ id: 'x', label: { de: 'X' } }] }]),
  ],
  [
    'freeTextUnsealed',
    '/steps/3/ask/0/sealed',
    (m) => (step(m, 'decide').ask = [{ ...yesNo, shown: ['record'], type: 'longText' }]),
  ],
  [
    'figuresFromSealed',
    '/steps/3/ask/0/shown',
    (m) => (step(m, 'decide').ask = [{ ...yesNo, shown: ['figures'], sealed: true }]),
  ],
  ['publicRequired', '/steps/0/ask/0/required', (m) => (the(step(m, 'receive').ask, 'since').required = true)],
  ['publicElsewhere', '/steps/3/ask/0/shown', (m) => (step(m, 'decide').ask = [{ ...yesNo, shown: ['public-form'] }])],
  ['stepTellsFormat', '/steps/14/label', (m) => (step(m, 'handle').label = { de: 'In Mediation' })],
  ['stepTellsFormat', '/steps/13/label', (m) => (step(m, 'assign').button = { de: 'Pendelgespräche beginnen' })],
  ['kindTwice', '/steps', (m) => m.steps.push({ ...structuredClone(step(m, 'handle')), id: 'handle-again' })],
  ['roleWithoutVerb', '/roles/6/may', (m) => (role(m, 'guide').may = [])],
  ['impersonalRole', '/roles/6/component', (m) => (role(m, 'guide').component = 'network')],
  [
    'componentMissing',
    '/roles/6/component',
    (m) => (m.components = m.components.filter(({ kind }) => kind !== 'guide')),
  ],
  ['neverFor', '/roles/10/may/1', (m) => role(m, 'interpreter').may.push('intake.read')],
  ['neverTogether', '/roles/2/may', (m) => role(m, 'substitute').may.push('people.manage')],
  ['nobodyHolds', '/roles', (m) => (role(m, 'oversight').may = ['figures.read'])],
  ['noCoordination', '/roles', (m) => (role(m, 'coordination').component = 'conflict-manager')],
  ['wordMissing', '/words/guide', (m) => Reflect.deleteProperty(m.words, 'guide')],
  ['wordMissing', '/words/case', (m) => Reflect.deleteProperty(m.words, 'case')],
  [
    'retiredStillThere',
    '/retired/0/id',
    (m) => (m.retired = [{ what: 'role', id: 'guide', successor: 'contact-point' }]),
  ],
  ['formDoesNotSay', '/hours/weekly', (m) => (m.hours.weekly = { mon: [] })],
  ['channelMissing', '/channels', (m) => (m.channels = ['phone', 'callback'])],
  ['callbackNoPhone', '/contact', (m) => (m.contact = ['mailbox', 'mail'])],
  ['mailboxMissing', '/contact', (m) => (m.contact = ['phone'])],
  ['germanMissing', '/languages', (m) => (m.languages = ['en'])],
  ['hoursBackwards', '/hours/weekly/mon/0', (m) => (m.hours.weekly.mon = [['16:00', '08:00']])],
  [
    'hoursBackwards',
    '/hours/closed/0',
    (m) => (m.hours.closed = [{ from: '2026-12-31', until: '2026-12-24', why: { de: 'Zu' } }]),
  ],
  ['substituteMissing', '/readers/excludable', (m) => m.readers.excludable.shift()],
  [
    'substituteInside',
    '/readers/excludable/0/substitute',
    (m) => the(m.offices, 'coordination').roles?.push('substitute'),
  ],
  [
    'lastReaderExcludable',
    '/readers/excludable/0/office',
    (m) => the(m.offices, 'coordination').roles?.push('substitute'),
  ],
  ['substituteLacksVerb', '/readers/otherwise', (m) => (m.readers.otherwise = 'sponsor')],
  [
    'substituteLacksVerb',
    '/readers/excludable/1/substitute',
    (m) => Object.assign(m.readers.excludable[1] ?? {}, { substitute: 'sponsor' }),
  ],
  [
    'officeWithoutRole',
    '/readers/excludable/2/office',
    (m) => Reflect.deleteProperty(the(m.offices, 'order-office'), 'roles'),
  ],
  ['numberMissing', '/numbers', (m) => Object.assign(the(m.numbers, 'police'), { number: '0221 4710 999' })],
  ['youthOfficeMissing', '/areas/0', (m) => drop(m.numbers, 'youth-office')],
  ['translationMissing', '/subjects/0/label', (m) => Reflect.deleteProperty(the(m.subjects, 'noise').label, 'tr')],
  ['gateOmitted', '/gates', (m) => drop(m.gates, 'hate')],
  [
    'retentionTooLong',
    '/retention/unchecked-original',
    (m) => Object.assign(m.retention, { 'unchecked-original': { months: 24 } }),
  ],
  ['reasonMissing', '/reasons', (m) => (m.reasons = m.reasons.filter((reason) => !reason.for.includes('watch')))],
  ['noFollowUp', '/followUps/months', (m) => (m.followUps.months = [])],
  ['stagesBackwards', '/triage/0/when/stage', (m) => Object.assign(m.triage[0]?.when ?? {}, { stage: [3, 1] })],
  ['triageGap', '/triage', (m) => m.triage.shift()],
]

const ofChange: [key: string, path: string, patch: Patch][] = [
  ['roleGone', '/retired', (m) => drop(m.roles, 'guide')],
  ['stepGone', '/retired', (m) => drop(m.steps, 'watch')],
  ['meaningChanged', '/roles/6/component', (m) => (role(m, 'guide').component = 'contact-point')],
  ['meaningChanged', `/steps/7/kind`, (m) => (step(m, 'watch').kind = 'raise')],
]

const placed = (faults: readonly Fault[]) => faults.map(({ key, path }) => `${key} ${path}`)

describe('a document that cannot work is refused with the place to mend', () => {
  test.each(table)('%s at %s', (key, path, patch) => {
    const faults = faultsAfter(patch)
    expect(placed(faults)).toContain(`${key} ${path}`)
    for (const fault of faults) expect(faultText(fault)).toMatch(/^[\p{Lu}„].+\.$/u)
  })

  test.each(ofChange)('as successor: %s at %s', (key, path, patch) => {
    const before = compile(base)
    const changed = structuredClone('ok' in before ? before.ok.model : undefined)
    if (!changed || !('ok' in before)) throw new Error('the base structure does not compile')
    patch(changed as unknown as ModelDocument)
    const faults = faultsOfChange(before.ok.model, changed)
    expect(placed(faults)).toEqual([`${key} ${path}`])
    expect(faults.map(faultText)).not.toContain('')
  })

  test('what is retired with a successor may go', () => {
    const before = compile(base)
    if (!('ok' in before)) throw new Error('the base structure does not compile')
    const after = structuredClone(before.ok.model)
    after.roles = after.roles.filter(({ id }) => id !== 'guide')
    after.retired = [{ what: 'role', id: 'guide', successor: 'contact-point' }]
    expect(faultsOfChange(before.ok.model, after)).toEqual([])
  })

  test('something that is no document at all', () => {
    for (const document of [null, [], 'x', 7])
      expect(compile(document)).toMatchObject({ faults: [{ key: 'noDocument' }] })
  })

  test('every fault with a sentence has a test', () => {
    const tested = new Set(['noDocument', 'numberTaken', ...table.map(([key]) => key), ...ofChange.map(([key]) => key)])
    const written = Object.keys(de)
      .filter((key) => key.startsWith('fault.'))
      .map((key) => key.slice('fault.'.length))
    expect(written.filter((key) => !tested.has(key))).toEqual([])
  })

  test('positions named above are what they say', () => {
    expect(at(base, 'check')).toBe(2)
    expect(base.roles.findIndex(({ id }) => id === 'guide')).toBe(6)
  })
})
