import { stepFacts, type Compiled } from '#work/model/index.ts'

/** Steps of a case at which something waits for somebody: where running rows may begin. */
export const stepsFor = (model: Compiled): Compiled['model']['steps'] =>
  model.model.steps.filter(({ kind }) => {
    const { thing, stays, end, status } = stepFacts(kind)
    return thing === 'case' && stays && !end && status !== 'closed'
  })
