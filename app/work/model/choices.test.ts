import { describe, expect, test } from 'vitest'
import {
  choices,
  contactChannels,
  deletedOn,
  nextReading,
  numbersFor,
  offered,
  openedBy,
  personsOf,
  plusMonths,
  publicQuestions,
  readersToExclude,
  readingOffice,
  reasonsFor,
  say,
  statusSentence,
  substituteFor,
} from './choices.ts'
import { anonymities, languages, stepKindIds, wishes } from './kinds.ts'
import { compiled, models } from './support/models.ts'

const { lindenau, 'kreis-auental': county } = models

describe('what a report may choose from', () => {
  test('conflicts inside the administration only under an agreement, and at the door only where the model says so', () => {
    const has = (inside: object | undefined, to: 'residents' | 'staff') => {
      const model = { ...lindenau, model: { ...lindenau.model, inside: inside as never } }
      return offered(model, 'de', to).subjects.some(({ id }) => id === 'administration')
    }
    const [subjects, agreement] = [['administration'], { on: '2026-11-20', title: 'DV' }]
    expect(has({ subjects, door: true }, 'staff')).toBe(false)
    expect(has({ subjects, door: false, agreement }, 'staff')).toBe(true)
    expect(has({ subjects, door: false, agreement }, 'residents')).toBe(false)
    expect(has({ subjects, door: true, agreement }, 'residents')).toBe(true)
    expect(choices(lindenau, 'de').subjects.some(({ id }) => id === 'administration')).toBe(true)
  })

  test('areas stay German names, everything else speaks the language asked for', () => {
    const turkish = choices(lindenau, 'tr')
    expect(turkish.areas).toContainEqual({ id: 'nordviertel', name: 'Nordviertel' })
    expect(turkish.areas.at(-1)).toEqual({ id: 'unknown', name: 'Bilmiyorum' })
    expect(turkish.subjects.at(0)).toEqual({ id: 'noise', name: 'Gürültü, meydan ve sokakların kullanımı' })
    expect(turkish.subjects.at(-1)?.id).toBe('unknown')
    expect(turkish.readers).toContainEqual({ id: 'order-office', name: 'Zabıta' })
    expect(turkish).toMatchObject({ wishes: [...wishes], anonymity: [...anonymities], languages: [...languages] })
    expect(choices(lindenau).areas.at(-1)?.name).toBe('Weiß ich nicht')
  })

  test('German stands in where a language is missing', () => {
    expect([say({ de: 'ja', en: 'yes' }, 'en'), say({ de: 'ja' }, 'ru'), say({ de: 'ja' }, 'leicht')]).toEqual([
      'yes',
      'ja',
      'ja',
    ])
  })
})

describe('who reads', () => {
  test('a reporter may exclude offices; somebody outside them reads', () => {
    expect(readersToExclude(county).map(({ id }) => id)).toEqual([
      'county',
      'town-auenbrueck',
      'town-steinwehr',
      'town-niederauen',
      'arbitration-niederauen',
      'order-office',
    ])
    expect(substituteFor(county, ['town-steinwehr'])).toEqual(['substitute'])
    expect(substituteFor(county, [])).toEqual(['substitute'])
  })

  test('whatever combination is excluded, the substitute sits in none of it', () => {
    for (const m of Object.values(models)) {
      const offices = readersToExclude(m)
      for (let bits = 0; bits < 2 ** offices.length; bits++) {
        const out = offices.filter((_, i) => (bits >> i) & 1)
        const found = substituteFor(
          m,
          out.map(({ id }) => id),
        )
        expect(found.length).toBeGreaterThan(0)
        expect(found.filter((role) => out.some(({ roles }) => roles.includes(role)))).toEqual([])
      }
    }
  })

  test('a named substitute whose own office is excluded too gives way to the last reader', () => {
    const document = structuredClone(lindenau.model)
    document.roles.push({
      id: 'neighbour-town',
      component: 'neighbour',
      may: ['intake.substitute'],
      single: false,
      outside: true,
      needs: [],
    })
    document.words['neighbour-town'] = { one: 'Nachbarstadt', many: 'Nachbarstädte', gender: 'f' }
    document.offices.push({
      id: 'neighbour-town',
      component: 'neighbour',
      name: { de: 'Nachbarstadt' },
      roles: ['neighbour-town'],
      languages: ['de'],
      open: false,
    })
    document.readers.excludable[0]!.substitute = 'neighbour-town'
    document.readers.excludable.push({ office: 'neighbour-town', substitute: 'substitute' })
    const m = compiled(document)
    expect(substituteFor(m, ['conflict-office'])).toEqual(['neighbour-town', 'substitute'])
    expect(substituteFor(m, ['conflict-office', 'neighbour-town'])).toEqual(['substitute'])
  })

  test('the office that reads, and the town hall offered instead', () => {
    expect(readingOffice(county, 'steinwehr')).toMatchObject({
      reads: { id: 'county' },
      instead: { id: 'town-steinwehr' },
    })
    expect(readingOffice(county).instead).toBeUndefined()
    expect(readingOffice(lindenau, 'hafen')).toMatchObject({ reads: { id: 'conflict-office' } })
  })

  test('excluding an office reaches everybody who sits there, and nobody else', () => {
    const appointed = [
      { person: 'nord', role: 'contact-point', area: 'nordviertel' },
      { person: 'sued', role: 'contact-point', area: 'suedhang' },
      { person: 'both', role: 'guide', area: null },
      { person: 'both', role: 'contact-point' },
      { person: 'office', role: 'coordination' },
    ]
    expect(personsOf(lindenau, ['quarter-nord'], appointed)).toEqual(['nord', 'both'])
    expect(personsOf(lindenau, ['conflict-office', 'quarter-sued'], appointed)).toEqual(['sued', 'both', 'office'])
    expect(personsOf(lindenau, ['police', 'gone'], appointed)).toEqual([])
  })

  test('residents are asked what the model adds to the form', () => {
    expect(publicQuestions(lindenau).map(({ id }) => id)).toEqual(['since', 'several'])
    expect(publicQuestions(county).map(({ id }) => id)).toEqual(['since'])
  })

  test('three words say who opened a report, whatever roles are called', () => {
    expect(['coordination', 'town', 'handler', 'interpreter', 'gone'].map((role) => openedBy(county, role))).toEqual([
      'coordination',
      'contact-point',
      'specialist',
      'specialist',
      'specialist',
    ])
  })
})

describe('numbers and ways', () => {
  test('numbers of danger hold everywhere, the others where they belong', () => {
    expect(numbersFor(county).map(({ id }) => id)).toEqual(['police', 'rescue', 'women'])
    expect(numbersFor(county, 'niederauen').map(({ id }) => id)).toEqual([
      'police',
      'rescue',
      'youth-county',
      'order-niederauen',
      'arbitration-niederauen',
      'women',
    ])
  })

  test('ways back to a reporter differ by model', () => {
    expect([contactChannels(lindenau), contactChannels(county)]).toEqual([
      ['mail', 'phone', 'sms', 'letter'],
      ['phone', 'letter'],
    ])
  })
})

describe('status', () => {
  test('choosing, assigning and every format read the same from outside', () => {
    const sentences = (['choose-format', 'assign', 'handle', 'measure'] as const).map((kind) =>
      statusSentence(lindenau, kind, 'de'),
    )
    expect(new Set(sentences)).toEqual(new Set(['Die Sache ist in Bearbeitung.']))
  })

  test('every kind of step has a sentence in every language, unknown kinds too', () => {
    for (const m of Object.values(models))
      for (const kind of [...stepKindIds, 'something']) {
        for (const language of languages) expect(statusSentence(m, kind, language)).toMatch(/\S/)
      }
    expect(statusSentence(lindenau, 'receive', 'ar')).toBe('وصل بلاغك.')
  })

  test('every "no" has reasons with an answer in all languages', () => {
    expect(reasonsFor(lindenau, 'refer').map(({ id }) => id)).toEqual([
      'not-ours',
      'hateful',
      'better-placed',
      'law-first',
      'inside-administration',
    ])
    for (const { answer } of reasonsFor(lindenau, 'watch'))
      expect(Object.keys(answer).toSorted()).toEqual(['ar', 'de', 'en', 'ru', 'tr', 'uk'])
  })
})

describe('times', () => {
  const noHoliday = () => true

  test.each([
    [
      'Monday morning, before opening',
      '2026-11-23',
      '07:10',
      { day: '2026-11-23', from: '08:00', until: '16:00', open: false },
    ],
    ['Monday, in the hours', '2026-11-23', '10:00', { day: '2026-11-23', from: '08:00', until: '16:00', open: true }],
    ['Friday after closing', '2026-11-27', '13:00', { day: '2026-11-30', from: '08:00', until: '16:00', open: false }],
    ['over the closing days', '2026-12-24', '09:00', { day: '2027-01-04', from: '08:00', until: '16:00', open: false }],
  ])('read next: %s', (_, day, time, expected) => {
    expect(nextReading(lindenau, { day, time }, noHoliday)).toEqual(expected)
  })

  test('between two spans of a day, and on a holiday of the Land', () => {
    expect(nextReading(county, { day: '2026-11-23', time: '12:30' }, noHoliday)).toEqual({
      day: '2026-11-23',
      from: '14:00',
      until: '16:00',
      open: false,
    })
    expect(nextReading(county, { day: '2026-11-23', time: '12:30' }, (day) => day !== '2026-11-23')?.day).toBe(
      '2026-11-24',
    )
    expect(nextReading(county, { day: '2026-11-23', time: '12:30' }, () => false)).toBeUndefined()
  })

  test('deletion counts calendar days or whole months', () => {
    expect(deletedOn(lindenau, 'unaccepted-report', '2026-11-30')).toBe('2027-02-28')
    expect(deletedOn(lindenau, 'unchecked-original', '2026-12-28')).toBe('2027-01-04')
    expect(deletedOn(lindenau, 'handler-notes', '2026-12-28')).toBe('2026-12-28')
    expect([plusMonths('2027-12-31', 2), plusMonths('2027-01-31', 12)]).toEqual(['2028-02-29', '2028-01-31'])
  })
})
