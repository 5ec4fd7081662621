import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '#work/model/index.ts'
import { read } from '#work/model/compile.ts'
import base from '#work/model/documents/grundstruktur.json' with { type: 'json' }
import { pooled, questionsOf, readEvaluation, type Question } from './rules.ts'

const options = ['yes', 'partly', 'no'].map((id) => ({ id }))
const questions: Question[] = ['heard', 'better'].map((id) => ({ id, label: { de: id }, options }))
const mark = fc.constantFrom('yes', 'partly', 'no', 'gone')
const answers = fc.record({ heard: mark, better: mark }, { requiredKeys: [] })
const fewest = { cases: 5, answers: 10 }

test('nothing is shown of few cases or few answers, however they are spread', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.array(answers, { maxLength: 30 }), (cases, all) => {
      expect(pooled(fewest, questions, cases, all) !== undefined).toBe(cases >= 5 && all.length >= 10)
    }),
  )
})

test('a question few people answered stays unsaid, and no answer is counted twice or lost', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 10, maxLength: 40 }), (all) => {
      const { given } = pooled(fewest, questions, 5, all)!
      for (const { id } of questions) {
        const said = all.filter((one) => options.some((option) => option.id === one[id as 'heard'])).length
        const counts = given[id]
        expect(counts === undefined).toBe(said < 10)
        if (counts) expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(said)
      }
    }),
  )
})

test('an older model with a text question is still read, and the question is not asked', () => {
  const more = { id: 'more', type: 'longText', label: { de: 'Was noch?' }, shown: ['record'] }
  const older = { ...base, evaluation: [...base.evaluation, more] }
  expect(compile(older)).toMatchObject({ faults: [{ key: 'evaluationText' }] })
  expect(questionsOf(read(older)).map(({ id }) => id)).toEqual(['heard', 'better'])
})

test('the model says what is asked, and what is no option counts as left out', () => {
  const compiled = compile(base)
  if ('faults' in compiled) throw new Error(JSON.stringify(compiled.faults))
  const asked = questionsOf(compiled.ok)
  expect(asked.map(({ id }) => id)).toEqual(['heard', 'better'])
  expect(readEvaluation(asked, { heard: 'yes', better: 'never', more: 'Danke' })).toEqual({ heard: 'yes' })
})
