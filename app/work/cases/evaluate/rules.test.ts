import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fewestAnswers, fewestCases, isShown, marks, pooled, questions, type Evaluation } from './rules.ts'

const mark = fc.constantFrom(...marks, null)
const evaluation: fc.Arbitrary<Evaluation> = fc.record({ heard: mark, fair: mark, better: mark, again: mark })

test('nothing is shown of few cases or few answers, however they are spread', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.array(evaluation, { maxLength: 30 }), (cases, all) => {
      const pool = pooled(cases, all)
      expect(pool !== undefined).toBe(cases >= fewestCases && all.length >= fewestAnswers)
    }),
  )
})

test('a question few people answered stays unsaid, and no answer is counted twice or lost', () => {
  fc.assert(
    fc.property(fc.array(evaluation, { minLength: fewestAnswers, maxLength: 40 }), (all) => {
      const pool = pooled(fewestCases, all)!
      for (const question of questions) {
        const said = all.filter((one) => one[question] !== null).length
        expect(marks.reduce((sum, one) => sum + pool.given[question][one], 0)).toBe(said)
        expect(isShown(pool, question)).toBe(said >= fewestAnswers)
      }
    }),
  )
})
