import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changes, type Version } from './compare.ts'
import { sentence } from './parts/changes.tsx'
import { ofParty } from './parts/written.ts'
import { merged } from './parties.ts'
import { partiesFrom, type Party } from './queries.ts'
import { depthForm, depthTexts, depthValues, partyTexts, type Depth } from './schema.ts'

const [a, b] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']
const party = (id: string, label: string, mergedInto: string | null = null): Party => ({
  id,
  label,
  about: '',
  stands: 'party',
  form: 'group',
  mergedInto,
  removedOn: null,
  version: 1,
})
const version = (depth: Depth, more: Partial<Version> = {}): Version => ({
  matter: 'Lärm',
  nextStep: 'Reden',
  notes: '',
  answers: {},
  depth,
  ...more,
})
const parties = partiesFrom([party(a, 'Anwohnerschaft'), party(b, 'Jugendliche am Platz')])
const said = (before: Version, after: Version, known = parties) =>
  changes(before, after).map((change) => sentence(change, { parties: known, fields: [] }))

describe('two versions in sentences', () => {
  test('a stage that rose, one newly judged, one no longer', () => {
    const before = version({ parties: { [a]: { stage: 3 }, [b]: { stage: 2 } } })
    expect(said(before, version({ parties: { [a]: { stage: 5 } } }))).toEqual([
      'Stufe der Anwohnerschaft 3 → 5',
      'Stufe bei „Jugendliche am Platz“: nicht mehr eingeschätzt, vorher 2',
    ])
    expect(said(version({}), version({ parties: { [a]: { stage: 4 } } }))).toEqual([
      'Stufe der Anwohnerschaft: jetzt 4, vorher nicht eingeschätzt',
    ])
  })

  test('choices, kinds and texts', () => {
    const before = version({ climate: 'hot', content: ['factual', 'value'], course: 'Seit Mai' })
    const after = version(
      { climate: 'cold', gap: 'strong', content: ['value', 'relationship'], parties: { [b]: { need: 'Ein Ort' } } },
      { nextStep: 'Getrennt sprechen' },
    )
    expect(said(before, after)).toEqual([
      'Heiß oder kalt? Heiß → Kalt',
      'Gibt es ein Machtgefälle? offen → Deutlich: Eine Seite hängt von der anderen ab',
      'Neu im Kern: Beziehung. Nicht mehr im Kern: Sache.',
      'Neu gefasst: Was geschieht als Nächstes?',
      'Gestrichen: Verlauf',
      'Neu festgehalten: Bedürfnis bei „Jugendliche am Platz“',
    ])
    expect(said(after, after)).toEqual([])
  })

  test.each([
    ['Anwohnerschaft', 'der Anwohnerschaft'],
    ['Schulleitung', 'der Schulleitung'],
    ['Verein', 'bei „Verein“'],
    ['alte Nachbarschaft', 'bei „alte Nachbarschaft“'],
  ])('%s', (label, expected) => expect(ofParty(label)).toBe(expected))
})

describe('merged parties', () => {
  const known = partiesFrom([party(a, 'Jugend', b), party(b, 'Jugendliche')])

  test('count as one: texts together, the stage of the one they became, otherwise the other', () => {
    const depth: Depth = { parties: { [a]: { stage: 4, need: 'Ruhe' }, [b]: { stage: 2, need: 'Raum' } } }
    expect(merged(depth, known).parties).toEqual({ [b]: { stage: 2, need: 'Raum\nRuhe' } })
    expect(merged({ parties: { [a]: { stage: 4 } } }, known).parties).toEqual({ [b]: { stage: 4 } })
    expect(merged(depth, partiesFrom([party(a, 'Jugend'), party(b, 'Jugendliche')]))).toEqual(depth)
  })

  test('a damaged circle hangs nothing', () => {
    const circle = partiesFrom([party(a, 'Eine', b), party(b, 'Andere', a)])
    expect([a, b]).toContain(circle.root(a))
  })
})

describe('the form of all that helps to think', () => {
  const text = fc.stringMatching(/^\p{L}[\p{L} ]{0,20}\p{L}$/u)
  const maybe = (names: readonly string[]) =>
    fc.record(Object.fromEntries(names.map((name) => [name, text])), { requiredKeys: [] })
  const depth = fc
    .tuple(maybe(depthTexts), maybe(partyTexts), fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }))
    .map(([texts, own, stage]) => {
      const one = { ...own, ...(stage && { stage }) }
      return { ...texts, ...(Object.keys(one).length > 0 && { parties: { [a]: one } }) } as Depth
    })

  test('what is written comes back as it was', () => {
    fc.assert(
      fc.property(depth, (one) => {
        expect(depthForm([a, b]).parse(depthValues(one))).toEqual(one)
      }),
    )
  })

  test.each([
    [{ [`stage-${a}`]: '10' }, `stage-${a}`],
    [{ [`stage-${a}`]: 'drei' }, `stage-${a}`],
    [{ climate: 'lau' }, 'climate'],
    [{ course: 'x'.repeat(20_001) }, 'course'],
    [{ [`need-${a}`]: 'x'.repeat(2_001) }, `need-${a}`],
  ])('%o is refused at its field', (raw, field) => {
    const result = depthForm([a]).safeParse(raw)
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  test('a party of another case is not taken', () => {
    expect(depthForm([a]).parse({ [`stage-${b}`]: '3' })).toEqual({})
  })
})
