import { expect, test } from 'vitest'
import { newReport } from './schema.ts'
import { readable, reportOf, stepSchemas, withStep, type WebSaid } from './webForm.ts'

const schemas = stepSchemas('2026-11-23')
const offers = {
  areas: [{ id: 'hafen' }],
  subjects: [{ id: 'noise' }],
  readers: [{ id: 'quarter-nord' }],
  offices: ['conflict-office'],
}
const said = (contact: object, what: object = {}): WebSaid => ({
  what: schemas.what.parse({ observed: 'Streit', ...what }),
  where: schemas.where.parse({ area: 'hafen' }),
  contact: schemas.contact.parse(contact),
})
const faults = (
  schema: { safeParse: (raw: unknown) => { error?: { issues: { path: PropertyKey[]; message: string }[] } } },
  raw: object,
) => schema.safeParse(raw).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []

test('each page names the field at fault', () => {
  expect(faults(schemas.what, { observed: '  ' })).toEqual([['observed', 'error.observed.missing']])
  expect(faults(schemas.what, { observed: 'x'.repeat(20_001) })).toEqual([['observed', 'error.tooLong']])
  expect(faults(schemas.what, { observed: 'x', since: '2026-11-24' })).toEqual([['since', 'error.date.future']])
  expect(
    faults(schemas.what, readable({ observed: 'x', 'since-day': '31', 'since-month': '2', 'since-year': '2026' })),
  ).toContainEqual(['since', 'error.date'])
  expect(faults(schemas.where, {})).toEqual([['area', 'error.area.missing']])
  expect(faults(schemas.contact, {})).toEqual([['anonymity', 'error.anonymity']])
  expect(faults(schemas.contact, { anonymity: 'anonymous', contact: 'a', notice: 'a@b.invalid' })).toEqual([
    ['contact', 'error.contact.anonymous'],
    ['notice', 'error.contact.anonymous'],
  ])
  expect(faults(schemas.contact, { anonymity: 'named' })).toEqual([['contact', 'error.contact.missing']])
  expect(faults(schemas.contact, { anonymity: 'office', contact: 'a', notice: 'nirgends' })).toEqual([
    ['notice', 'error.notice.address'],
  ])
})

test('empty fields count as nothing said', () => {
  expect(schemas.what.parse({ observed: 'x', danger: '', subject: '', since: '', wish: '' })).toEqual({ observed: 'x' })
})

test('what the model does not know counts as unknown, and the result is a report every door would take', () => {
  const report = reportOf(
    {
      ...said({
        anonymity: 'anonymous',
        readers: ['quarter-nord', 'made-up'],
        readersOther: 'Herr F.',
        office: 'made-up',
      }),
      where: { area: 'made-up', place: 'am Kai' },
    },
    'tr',
    offers,
  )
  expect(report).toMatchObject({
    area: 'unknown',
    subject: 'unknown',
    office: undefined,
    notVisibleTo: ['quarter-nord', 'Herr F.'],
    extras: { place: 'am Kai' },
  })
  expect(newReport.safeParse(report).success).toBe(true)
})

test('what to mind stays with the contact data, or alone for those who left none', () => {
  const safe = 'Nur vormittags'
  const of = (contact: object) => reportOf(said(contact), 'de', offers)
  expect(of({ anonymity: 'office', contact: '0176', safe }).contact).toBe('0176\nNur vormittags')
  expect(of({ anonymity: 'anonymous', safe })).toMatchObject({ contact: undefined, extras: { safe } })
})

test('going back and unticking a box unticks it', () => {
  const first = withStep({ observed: 'x' }, 'contact', { readers: ['a', 'b'], anonymity: 'named', _token: 't' })
  expect(first).toEqual({ observed: 'x', readers: ['a', 'b'], anonymity: 'named' })
  expect(withStep(first, 'contact', { anonymity: 'named' })).toEqual({ observed: 'x', anonymity: 'named' })
})
