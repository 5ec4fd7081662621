import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import { models } from './support/models.ts'
import { idFrom, nextNumber, numberOf, withTownFacts } from './town.ts'

const { model } = models['klein-anfangen']
const works = (facts: Parameters<typeof withTownFacts>[1]) => {
  const outcome = compile(withTownFacts(model, facts))
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults))
  return outcome.ok.model
}

test('facts of the town change what they name and nothing else', () => {
  expect(withTownFacts(model, {})).toEqual(model)
  const changed = works({
    body: { name: 'Gemeinde Halle (Westf.)', kind: 'member-town', land: 'NW' },
    office: { phone: '05201 183-0', mail: '', address: 'Ravensberger Straße 1' },
  })
  expect(changed.body).toMatchObject({ name: 'Gemeinde Halle (Westf.)', land: 'NW', seat: model.body.seat })
  const office = changed.offices.find(({ id }) => id === changed.readers.usual)
  expect(office).toMatchObject({ phone: '05201 183-0', address: 'Ravensberger Straße 1', roles: ['coordination'] })
  expect(office).not.toHaveProperty('mail')
  expect(changed.steps).toEqual(model.steps)
})

test('areas keep their id when renamed, new ones get one, what is left out is gone', () => {
  const { areas } = works({ areas: [{ id: 'whole', name: 'Kernstadt' }, { name: 'Südstadt' }, { name: 'südstadt' }] })
  expect(areas).toEqual([
    { id: 'whole', name: 'Kernstadt' },
    { id: 'suedstadt', name: 'Südstadt' },
    { id: 'suedstadt-2', name: 'südstadt' },
  ])
  expect(compile(withTownFacts(model, { areas: [] }))).toHaveProperty('faults')
})

test('ids from any name are ids', () => {
  expect(['Löbitz-Nord', '12. Bezirk', 'حي', 'unknown', 'É'].map((name) => idFrom(name, []))).toEqual([
    'loebitz-nord',
    'bezirk',
    'gebiet',
    'unknown-2',
    'e',
  ])
})

test('numbers of one kind are set, added and taken away; 110 and 112 stay', () => {
  const { numbers } = works({ numbers: { 'youth-office': '05201 183 200', night: '0171 5550100' } })
  expect(numberOf({ ...model, numbers }, 'youth-office')).toBe('05201 183 200')
  expect(numberOf({ ...model, numbers }, 'night')).toBe('0171 5550100')
  expect(numbers.map(({ number }) => number)).toEqual(expect.arrayContaining(['110', '112']))
  const without = withTownFacts({ ...model, numbers }, { numbers: { night: '' } })
  expect(without.numbers.map(({ kind }) => kind)).not.toContain('night')
  expect(compile(withTownFacts(model, { numbers: { 'youth-office': '' } }))).toHaveProperty('faults')
})

test('closing days and hours are read as they are; backwards is a fault', () => {
  const closed = [{ from: '2026-12-24', until: '2027-01-01', why: { de: 'Betriebsruhe' } }]
  expect(works({ hours: { weekly: { mon: [['08:00', '12:00']] }, closed } }).hours).toEqual({
    weekly: { mon: [['08:00', '12:00']] },
    closed,
  })
  const backwards = withTownFacts(model, { hours: { weekly: { mon: [['12:00', '08:00']] }, closed: [] } })
  expect(compile(backwards)).toMatchObject({ faults: [{ key: 'hoursBackwards' }] })
})

test('the next number follows the highest', () => {
  expect([
    nextNumber([]),
    nextNumber(['1.0']),
    nextNumber(['1.9', '1.10', '1.2']),
    nextNumber(['2.0', '1.7', 'x']),
  ]).toEqual(['1.0', '1.1', '1.11', '2.1'])
})
