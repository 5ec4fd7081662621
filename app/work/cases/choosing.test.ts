import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '#work/model/index.ts'
import lindenau from '#work/model/documents/lindenau.json' with { type: 'json' }
import {
  approvalOf,
  formatOf,
  gateAnswers,
  isDialogue,
  missingToChoose,
  openGates,
  proposals,
  unwritten,
  wayOf,
  written,
} from './choosing.ts'

const compiled = compile(lindenau)
if (!('ok' in compiled)) throw new Error('the model of the demo does not compile')
const model = compiled.ok
const today = '2026-11-23'
const calm = Object.fromEntries(model.model.gates.map(({ id }) => [id, 'no']))
const missing = (said: object) =>
  missingToChoose(model, { gates: calm, reason: 'weil', ...said }, today).map(({ field }) => field)

test('for every stage and scope the table proposes something, with a reason', () => {
  for (const stage of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    for (const scope of ['few', 'group', 'wide']) {
      const found = proposals(model, { stage, scope })
      expect(found.length).toBeGreaterThan(0)
      expect(found.every(({ formats, why }) => formats.length > 0 && why.de.length > 10)).toBe(true)
    }
  }
})

test('what is unknown proposes nothing: a table must not guess', () => {
  expect(proposals(model, {})).toEqual([])
  expect(proposals(model, { stage: 5 })).toEqual([])
})

test('a measure at the place or advice for one side asks no question of protection, a talk asks all of them', () => {
  expect(missing({ format: 'place-measures', gates: {} })).toEqual([])
  expect(missing({ format: 'advice', gates: {} })).toEqual([])
  expect(missing({ format: 'moderation', gates: {} })).toEqual(model.model.gates.map(({ id }) => `gate-${id}`))
  expect(missing({ format: unwritten, gates: {} })).toHaveLength(model.model.gates.length)
})

test('a mediation is written down only after its release, which is not in the future', () => {
  const seen = { onPaper: true, seenBy: 'somebody' }
  expect(missing({ format: 'mediation' })).toEqual(['releasedOn'])
  expect(missing({ format: 'mediation', release: { ...seen, on: '2026-11-24' } })).toEqual(['releasedOn'])
  expect(missing({ format: 'mediation', release: { ...seen, onPaper: false, on: today } })).toEqual(['onPaper'])
  expect(missing({ format: 'mediation', release: { onPaper: true, on: today } })).toEqual(['seenBy'])
  expect(missing({ format: 'mediation', release: { ...seen, on: today } })).toEqual([])
})

test('a reason that a second person reads is short and does not name the way', () => {
  expect(missing({ format: 'moderation', reason: 'Eine Mediation passt' })).toEqual(['reason'])
  const formats = model.model.formats.map((one) =>
    one.id === 'mediation' ? { ...one, name: { de: 'Friedensrat' } } : one,
  )
  const said = { format: 'moderation', reason: 'Ein friedensrat hilft', gates: calm }
  expect(missingToChoose({ ...model, model: { ...model.model, formats } }, said, today)).toHaveLength(1)
  expect(missing({ format: 'moderation', reason: 'a'.repeat(2_001) })).toEqual(['reason'])
  const gates = { ...calm, violence: 'unknown' }
  expect(missing({ format: 'moderation', gates, overrule: 'Die Mediatorin hat Schutz' })).toEqual(['overrule'])
})

test('what is kept of a choice is of one length, whatever the format, with and without a release', () => {
  const most = { reason: 'ü\n"'.repeat(500), gates: calm, overrule: '\u{1f54a}'.repeat(1_000) }
  const release = { on: today, onPaper: true, seenBy: crypto.randomUUID() }
  const said = [
    { format: 'mediation', reason: 'x', gates: {}, release },
    { format: 'moderation', reason: 'x', gates: calm },
    { format: 'mediation', ...most, release },
    { format: unwritten, ...most },
  ]
  expect(new Set(said.map((one) => Buffer.byteLength(written(one)))).size).toBe(1)
  for (const one of said) expect(JSON.parse(written(one))).toEqual(one)
})

test('where one talk between sides has to be approved, all are, so that the question does not tell which', () => {
  const formats = model.model.formats.map((one) => (one.id === 'mediation' ? { ...one, approval: 'sponsor' } : one))
  const changed = { ...model, model: { ...model.model, formats } }
  for (const id of ['mediation', 'moderation', 'shuttle-talks', 'clarifying-talk', unwritten])
    expect([approvalOf(model, id), approvalOf(changed, id)]).toEqual([undefined, 'sponsor'])
  expect(approvalOf(changed, 'citizens-dialogue')).toBe('steering-group')
  expect(approvalOf(changed, 'advice')).toBeUndefined()
})

test('no talk begins over an open question of protection without a reason for the second person', () => {
  const gate = fc.constantFrom(...model.model.gates.map(({ id }) => id))
  const answer = fc.constantFrom<string | undefined>(...gateAnswers, undefined, 'maybe')
  const format = fc.constantFrom(unwritten, 'nonsense', ...model.model.formats.map(({ id }) => id))
  fc.assert(
    fc.property(fc.dictionary(gate, answer), format, (gates, chosen) => {
      const said = { format: chosen, gates, reason: 'weil', release: { on: today, onPaper: true, seenBy: 'x' } }
      const through = missingToChoose(model, said, today).length === 0
      const safe = model.model.gates.every(({ id }) => gates[id] === 'no')
      expect(through).toBe(
        (formatOf(model, chosen) !== undefined && !isDialogue(model, chosen)) || (safe && chosen !== 'nonsense'),
      )
      if (through && isDialogue(model, chosen)) expect(openGates(model, said)).toEqual([])
    }),
  )
})

test('the figures know every format, and all talks between sides as one, written down or not', () => {
  const ways = new Map(model.model.formats.map(({ id, kind }) => [kind, wayOf(model, id)]))
  expect([...ways.values()]).not.toContain(null)
  const talks = [...ways].filter(([, way]) => way === 'talks').map(([kind]) => kind)
  expect(talks.toSorted()).toEqual(['clarifying-talk', 'mediation', 'moderation', 'shuttle-talks'])
  expect([wayOf(model, unwritten), wayOf(model, 'unheard-of')]).toEqual(['talks', null])
})
