import { expect, test } from 'vitest'
import { workingCalendar } from '#platform/kernel/index.ts'
import type { Field } from '#work/model/index.ts'
import { closing, following, going } from './schema.ts'
import { needsHandler, figureOf, inOrder, mayBeGranted, missingBefore, readAnswers, whatIsMissing } from './rules.ts'

const messages = (missing: readonly { message: string }[]) => missing.map(({ message }) => message)
const field = (more: Partial<Field>): Field => ({
  id: 'attempts',
  type: 'longText',
  label: { de: 'Was wurde versucht?' },
  required: false,
  sealed: true,
  shown: ['record'],
  ...more,
})

test('closing asks for the outcome, for hours where the model does, and for an end to every measure', () => {
  const row = { closed: false, openMeasures: 0, unsigned: false }
  expect(messages(whatIsMissing(row, {}, false))).toEqual(['missing.outcome'])
  expect(messages(whatIsMissing(row, { outcome: 'calmed' }, true))).toEqual(['missing.hours'])
  expect(whatIsMissing(row, { outcome: 'calmed', hours: 0 }, true)).toEqual([])
  expect(whatIsMissing({ ...row, openMeasures: 1 }, { outcome: 'calmed' }, false)).toEqual([
    { message: 'missing.measures', page: 'massnahmen' },
  ])
  expect(messages(whatIsMissing({ ...row, closed: true }, { outcome: 'calmed' }, false))).toEqual([
    'missing.already-closed',
  ])
})

test('only what the next step needs is asked for before it', () => {
  const nothing = { assessed: false, assigned: false, chosen: false, at: 'choose-format', followUpsOpen: 1 }
  expect(messages(missingBefore('choose-format', nothing))).toEqual(['missing.assessment'])
  expect(messages(missingBefore('handle', nothing))).toEqual(['missing.assigned'])
  expect(messages(missingBefore('evaluate', nothing))).toEqual(['missing.follow-ups'])
  expect(missingBefore('reopen', nothing)).toEqual([])
  const known = { ...nothing, assessed: true }
  expect(messages(missingBefore('assign', known))).toEqual(['missing.chosen'])
  expect(missingBefore('assign', { ...known, at: 'assess' })).toEqual([])
  const all = { assessed: true, assigned: true, chosen: true, at: 'choose-format', followUpsOpen: 0 }
  for (const kind of ['choose-format', 'assign', 'measure', 'handle', 'evaluate'] as const)
    expect(missingBefore(kind, all)).toEqual([])
})

test('an undertaking counts from its day on and is asked of outsiders only', () => {
  const person = { employed: false, undertakenOn: '2026-11-24', mayHandle: true, barred: false }
  expect(messages(mayBeGranted(person, '2026-11-23'))).toEqual(['missing.undertaking'])
  expect(mayBeGranted(person, '2026-11-24')).toEqual([])
  expect(mayBeGranted({ ...person, employed: true, undertakenOn: null }, '2026-11-23')).toEqual([])
  expect(messages(mayBeGranted({ ...person, barred: true }, '2026-11-24'))).toEqual(['missing.person'])
  expect(messages(mayBeGranted(undefined, '2026-11-24'))).toEqual(['missing.person'])
})

test('answers to the model’s questions: empty ones are left out, invented choices refused', () => {
  const options = [
    { id: 'a', label: { de: 'A' } },
    { id: 'b', label: { de: 'B' } },
  ]
  const fields = [
    field({}),
    field({ id: 'many', type: 'choices', options }),
    field({ id: 'own', type: 'yesNo' }),
    field({ id: 'must', type: 'text', required: true }),
  ]
  expect(readAnswers(fields, { 'ask-attempts': '', 'ask-many': 'a', 'ask-own': 'no', 'ask-must': 'x' })).toEqual({
    answers: { many: ['a'], own: 'no', must: 'x' },
    missing: [],
  })
  const wrong = readAnswers(fields, { 'ask-many': ['a', 'z'], 'ask-own': 'perhaps' })
  expect(wrong.missing.map((one) => one.field)).toEqual(['ask-many', 'ask-own', 'ask-must'])
})

test('a figure holds month and lengths, and says when the case had been closed before', () => {
  const row = { openedOn: '2026-10-25', assessedOn: '2026-10-27', closedOn: '2026-11-23', sessions: 2, closings: 1 }
  const open = [['08:00', '16:00']] as const
  const weekly = { mon: open, tue: open, wed: open, thu: open, fri: open }
  const { workingDaysBetween } = workingCalendar({ land: 'NW', closed: [], weekly })
  const figure = (more: object = {}) => figureOf({ ...row, ...more }, { workingDaysBetween })
  expect(figure()).toEqual({
    month: '2026-11-01',
    days_to_assess: 2,
    days_to_close: 29,
    // From a Sunday on; All Saints' Day is a Sunday.
    working_days_to_assess: 2,
    working_days_to_close: 21,
    sessions: 2,
    again: true,
  })
  expect(figure({ assessedOn: undefined, closings: 0 })).toMatchObject({
    days_to_assess: null,
    working_days_to_assess: null,
    again: false,
  })
})

test('what others read does not say that sides are mediated, whatever the case is about', () => {
  const tells = (said: { error?: { issues: { message: string }[] } }) =>
    said.error?.issues.map(({ message }) => message)
  const told = 'Die Mediation ist gelungen'
  expect(tells(closing.safeParse({ outcome: 'agreed', answer: told }))).toEqual(['error.tells'])
  expect(tells(closing.safeParse({ outcome: 'agreed', reason: told }))).toEqual(['error.tells'])
  expect(tells(going.safeParse({ to: 'assess', version: 1, reason: 'Die Mediatorin fehlt' }))).toEqual(['error.tells'])
  expect(tells(following.safeParse({ holding: 'yes', note: 'nach den Pendelgesprächen' }))).toEqual(['error.tells'])
  expect(closing.parse({ outcome: 'agreed', answer: 'Beide Seiten haben sich verständigt.' }).answer).toBeDefined()
})

test('handlers are proposed by proof, language, room and name', () => {
  const said = (name: string, time: string | null, ...languages: string[]) => {
    const capacity = time === null ? undefined : { time }
    return { id: name, name, capacity, languages }
  }
  const all = [said('Dora', 'yes'), said('Anna', null, 'tr'), said('Chris', 'no'), said('Berta', 'yes', 'tr')]
  const order = (wanted: Parameters<typeof inOrder>[1]) => inOrder(all, wanted).map(({ name }) => name)
  expect(order({})).toEqual(['Berta', 'Dora', 'Anna', 'Chris'])
  expect(order({ language: 'tr' })).toEqual(['Berta', 'Anna', 'Dora', 'Chris'])
  expect(order({ language: 'tr', lacking: ['Berta'] })).toEqual(['Anna', 'Dora', 'Chris', 'Berta'])
})

test("a case needs somebody anew where it was somebody's and nobody works on it today", () => {
  const one = { closed: false, at: 'handle', assigned: false, working: 0 }
  expect(needsHandler(one)).toBe(true)
  expect(needsHandler({ ...one, at: 'measure', assigned: true })).toBe(true)
  for (const fine of [{ working: 1 }, { closed: true }, { at: 'assess' }, { at: 'assign', assigned: true }])
    expect(needsHandler({ ...one, ...fine })).toBe(false)
})
