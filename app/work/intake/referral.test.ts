import { describe, expect, test } from 'vitest'
import { partsOf, whatReferralLacks, type Referring } from './referral.ts'
import { whatIsMissing } from './rules.ts'

const known = { offices: ['youth-office'], hasMailbox: true }
const asked: Referring = {
  office: 'youth-office',
  basis: 'consent',
  purpose: 'Beratung',
  parts: ['observed', 'contact'],
}
const lacks = (more: Partial<Referring>, at = known) =>
  whatReferralLacks({ ...asked, ...more }, at).map(({ message }) => message)

describe('a referral', () => {
  test.each<[string, Partial<Referring>, string[]]>([
    ['is complete', {}, []],
    ['names no office', { office: undefined }, ['missing.recipient']],
    ['names an office the model does not know', { office: 'nowhere' }, ['missing.recipient']],
    ['names somebody by hand', { office: undefined, recipient: 'Frauenhaus' }, []],
    ['hands contact data over without a person', { basis: 'no-person' }, ['missing.parts.person']],
    ['names no norm', { basis: 'law' }, ['missing.ground.law']],
    ['does not say how she agreed', { basis: 'told' }, ['missing.ground.told']],
    ['hands over nothing', { parts: [] }, ['missing.parts']],
  ])('%s', (_, more, expected) => expect(lacks(more)).toEqual(expected))

  test('cannot ask where the mailbox is closed', () => {
    expect(lacks({}, { ...known, hasMailbox: false })).toEqual(['missing.mailbox'])
  })

  test('offers the parts that are there', () => {
    const report = {
      observed: 'Kavga',
      concluded: null,
      contact: '0170',
      receivedOn: '2026-11-23',
      area: 'a',
      subject: 's',
      extras: {},
      translations: [{ message: 'm', text: 'x' }, { text: 'Streit' }],
    }
    expect(partsOf(report).map(({ text }) => text)).toEqual(['Kavga', 'Streit', '0170'])
  })
})

describe('a decision', () => {
  const minding = { reasons: [{ id: 'not-ours', for: ['refer', 'advise'] }], second: false, held: false }
  type Minding = Parameters<typeof whatIsMissing>[2]
  const missing = (kind: string, more: object, at: Minding = minding) =>
    whatIsMissing(kind, more, at).map(({ message }) => message)
  test('opens a conflict inside the administration only under an agreement, and after superiors were named', () => {
    const inside = (agreed: boolean, held: boolean) =>
      missing('open', { matter: 'Streit' }, { ...minding, held, inside: { agreed } })
    expect(inside(false, false)).toEqual(['missing.unagreed'])
    expect(inside(true, true)).toEqual(['missing.superiors'])
    expect(inside(true, false)).toEqual([])
    expect(missing('advise', { answer: 'Personalrat' }, { ...minding, inside: { agreed: false } })).toEqual([])
  })
  test('that says no needs the model’s reason, which brings its answer along', () => {
    expect(missing('refer', { referral: 'x', answer: 'Nein' })).toEqual(['missing.because'])
    expect(missing('refer', { referral: 'x', because: 'not-ours' })).toEqual([])
    expect(missing('closed', {})).toEqual(['missing.answer'])
    expect(missing('advise', { answer: 'Rat' })).toEqual([])
    expect(missing('advise', { answer: 'Rat', because: 'other' })).toEqual(['missing.because'])
  })
  test('asks a second person with a reason, and not while it is unsettled who must not know', () => {
    expect(missing('watch', { watchUntil: '2026-12-01' }, { ...minding, second: true })).toEqual([
      'missing.secondReason',
    ])
    expect(missing('watch', { watchUntil: '2026-12-01' }, { ...minding, second: true, held: true })).toEqual([
      'missing.held',
    ])
  })
})
