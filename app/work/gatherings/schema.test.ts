import { expect, test } from 'vitest'
import {
  basicsForm,
  oneSpelling,
  readBasics,
  readClock,
  readDates,
  readMaterials,
  readProgramme,
  readQuestions,
  registrationForm,
  writeMaterials,
  writeProgramme,
  writeQuestions,
  contentForm,
  translationsOf,
} from './schema.ts'

const today = '2026-11-23'
const typedIn = {
  kind: 'conference',
  title: 'Konferenz',
  summary: 'Worum es geht',
  day: '3.12.',
  from: '10',
  until: '15.30 Uhr',
  deadline: '27.11.2026',
  places: '',
  where: 'online',
  room: 'https://video.example/r',
}
const read = (more: Record<string, string> = {}, held = 0) =>
  readBasics(basicsForm.parse({ ...typedIn, ...more }), today, held)
const faults = (more: Record<string, string>, held = 0) => {
  const result = read(more, held)
  return result.ok ? [] : result.faults.map(({ field, key }) => `${field} ${key}`)
}

test('the first page is read as staff type it', () => {
  const result = read({ listed: 'yes' })
  expect(result).toMatchObject({
    ok: true,
    basics: {
      day: '2026-12-03',
      from: '10:00',
      until: '15:30',
      deadline: '2026-11-27',
      places: null,
      online: 'fixed',
      place: null,
      listed: true,
      byHand: false,
    },
  })
})

test.each([
  [{ day: '22.11.2026', deadline: '22.11.2026' }, ['day day.past', 'deadline deadline.past']],
  [{ deadline: 'gestern' }, ['deadline deadline.past']],
  [{ deadline: '4.12.' }, ['deadline deadline.late']],
  [{ day: 'bald' }, ['day day']],
  [{ until: '9' }, ['until time.order']],
  [{ from: '25' }, ['from time']],
  [{ places: 'viele' }, ['places places']],
  [{ room: 'http://video.example' }, ['room room']],
  [{ where: 'place' }, ['place place']],
])('what cannot be is named at its field: %j', (more, expected) => {
  expect(faults(more)).toEqual(expected)
})

test('places below those given are refused with their number', () => {
  const result = read({ places: '2' }, 3)
  expect(result).toEqual({ ok: false, faults: [{ field: 'places', key: 'places.taken', count: 3 }] })
  expect(read({ places: '3' }, 3).ok).toBe(true)
})

test('the deadline may be today and the day itself', () => {
  expect(read({ deadline: 'heute' }).ok).toBe(true)
  expect(read({ deadline: '3.12.' }).ok).toBe(true)
})

test.each([
  ['10', '10:00'],
  ['9:05', '09:05'],
  ['23.59 Uhr', '23:59'],
  ['24', undefined],
  ['zehn', undefined],
])('a time of day as typed: %s', (text, clock) => expect(readClock(text)).toBe(clock))

test('programme, materials and questions come back as they were written', () => {
  const programme = '10:00 Begrüßung | Anke Brandt, Oberbürgermeisterin\n10:30 Rückblick'
  const points = readProgramme(programme)
  expect(points).toEqual({
    points: [
      { from: '10:00', title: 'Begrüßung', speaker: 'Anke Brandt, Oberbürgermeisterin' },
      { from: '10:30', title: 'Rückblick', speaker: '' },
    ],
  })
  expect('points' in points && writeProgramme(points.points)).toBe(programme)
  expect(readProgramme('10:00 Gut\nohne Zeit')).toEqual({ broken: 'ohne Zeit' })
  const materials = readMaterials('Handbuch | https://stadt.example/h.pdf')
  expect('materials' in materials && writeMaterials(materials.materials)).toBe('Handbuch | https://stadt.example/h.pdf')
  expect(readMaterials('Falle | javascript:alert(1)')).toEqual({ broken: 'Falle | javascript:alert(1)' })
  const questions = 'Mittagessen: vegetarisch; vegan*\nFahren Sie mit dem Bus? (ja/nein)\nAmt'
  expect(readQuestions(questions).map(({ kind, needed }) => [kind, needed])).toEqual([
    ['choice', true],
    ['yes-no', false],
    ['text', false],
  ])
  expect(writeQuestions(readQuestions(questions))).toBe(questions)
  expect(readQuestions(questions)[1]!.label, 'residents do not read how it was typed').toBe('Fahren Sie mit dem Bus?')
})

test('only languages somebody wrote in are kept', () => {
  const form = contentForm.parse({ programme: '', 'title-ar': 'حوار', 'summary-en': 'A talk', 'title-tr': ' ' })
  expect(translationsOf(form)).toEqual({ en: { title: '', summary: 'A talk' }, ar: { title: 'حوار', summary: '' } })
})

test('an address has one spelling', () => {
  expect(oneSpelling(' Ada@Bücher.Example ')).toBe(oneSpelling('ada@xn--bcher-kva.example'))
  expect(oneSpelling('ada+amt@example.org')).not.toBe(oneSpelling('ada@example.org'))
})

test('a name with a line break or an address in it is refused', () => {
  const mail = 'ada@example.org'
  for (const name of ['Ada\nBcc: other@example.org', 'Ada <other@example.org>', ''])
    expect(registrationForm.safeParse({ name, mail }).success).toBe(false)
  expect(registrationForm.safeParse({ name: 'Ada', mail: 'ada@example.org, other@example.org' }).success).toBe(false)
  expect(registrationForm.parse({ name: 'Ada', mail: ' ada@example.org ' })).toMatchObject({ mail, group: 0 })
})

test('dates of a series, a line each; the first that is none is named', () => {
  const usual = { from: '10:00', until: '15:30' }
  expect(readDates('17.12.\n14.1.2027, 18:00 bis 20:00\n\n20.1.27 18-20', '2026-11-20', usual)).toEqual({
    dates: [
      { day: '2026-12-17', ...usual },
      { day: '2027-01-14', from: '18:00', until: '20:00' },
      { day: '2027-01-20', from: '18:00', until: '20:00' },
    ],
  })
  for (const broken of ['bald', '19.11.2026', '17.12. 20-18', '31.2.2027'])
    expect(readDates(`17.12.\n${broken}`, '2026-11-20', usual)).toEqual({ broken })
})
