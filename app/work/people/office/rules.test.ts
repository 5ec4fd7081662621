import { expect, test } from 'vitest'
import { accentAsWished } from '#ui/accent.ts'
import { needs, whatIsMissing, type Standing } from './rules.ts'
import { accents, noAbout, office, proxy } from './schema.ts'

const about = Object.fromEntries(Object.keys(noAbout).map((field) => [field, 'gesagt'])) as Standing['about']
const reader = new Set(['intake.read', 'second.decide'])
const trusted = new Set(['intake.substitute', 'second.decide'])
const day = '2026-11-23'
const whole: Standing = {
  about,
  times_on: day,
  assessment_on: day,
  council_on: day,
  recovery_on: day,
  probe_on: day,
  persons: [reader, trusted],
}

test('with everything there nothing is missing; with nothing, everything', () => {
  expect(whatIsMissing(whole)).toEqual([])
  const nothing: Standing = {
    about: noAbout,
    times_on: null,
    assessment_on: null,
    council_on: null,
    recovery_on: null,
    probe_on: null,
    persons: [],
  }
  expect(whatIsMissing(nothing)).toEqual(needs)
})

test.each(Object.keys(noAbout))('without %s one of the legal pages would have a gap', (field) => {
  const missing = whatIsMissing({ ...whole, about: { ...about, [field]: '' } })
  expect(missing).toHaveLength(1)
  expect(['imprint', 'privacy', 'accessibility']).toContain(missing[0])
})

test('one person alone is not two, and who reads everything is no substitute', () => {
  expect(whatIsMissing({ ...whole, persons: [reader] })).toEqual(['substitute', 'roles'])
  expect(whatIsMissing({ ...whole, persons: [trusted] })).toEqual(['roles'])
  const both = new Set(['intake.read', 'intake.substitute', 'second.decide'])
  expect(whatIsMissing({ ...whole, persons: [reader, both] })).toEqual(['substitute'])
})

test('every colour on offer can be read in light as it is', () => {
  for (const [name, colour] of Object.entries(accents)) expect(accentAsWished(colour), name).toBe(true)
})

test('a form half filled in is fine, a wrong address of mail or unknown colour is not', () => {
  const form = { name: 'Stadt Neuenfelde', kind: 'county', land: 'NW', accent: 'blue' }
  expect(office.safeParse(form).success).toBe(true)
  const wrong = office.safeParse({ ...form, mail: 'nirgends', phone: 'anrufen', accent: '#ff0000', land: 'XX' })
  expect(wrong.error?.issues.map(({ message }) => message).toSorted()).toEqual([
    'error.accent',
    'error.land',
    'error.mail',
    'error.phone',
  ])
})

test('what is written down before the program needs its days', () => {
  expect(proxy.safeParse({ logs: 'none', days: '' }).success).toBe(true)
  expect(proxy.safeParse({ logs: 'full', days: '' }).error?.issues[0]?.message).toBe('error.proxy.days')
  expect(proxy.safeParse({ logs: 'short', days: '14' }).data).toEqual({ logs: 'short', days: 14 })
  expect(proxy.safeParse({ logs: 'short', days: '0' }).success).toBe(false)
})
