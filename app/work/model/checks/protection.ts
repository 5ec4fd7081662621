import { advise, pointer, refuse, type Fault } from '../faults.ts'
import { gates, retentionKinds, scopes, secretFormats, stepFacts, type RetentionKind, type StepKind } from '../kinds.ts'
import type { Model, Period } from '../schema.ts'

/** Gates may be worded by the municipality, never left out. */
export function gatesComplete(m: Model): Fault[] {
  const there = new Set(m.gates.map(({ id }) => id))
  return gates.filter((gate) => !there.has(gate)).map((gate) => refuse('/gates', 'gateOmitted', { gate }))
}

/** A period in days; a month counts as 30.5. */
const inDays = (period: Period): number => ('days' in period ? period.days : Math.round(period.months * 30.5))

export function deletion(m: Model): Fault[] {
  return (Object.entries(retentionKinds) as [RetentionKind, number][])
    .filter(([kind, longest]) => inDays(m.retention[kind]) > longest)
    .map(([kind, longest]) =>
      refuse(pointer('retention', kind), 'retentionTooLong', {
        retention: kind,
        days: inDays(m.retention[kind]),
        longest,
      }),
    )
}

/** That a mediation takes place is no step's name: the list of cases would tell everybody. */
export function secrecy(m: Model): Fault[] {
  const secret = m.formats.filter(({ kind }) => secretFormats.includes(kind)).map(({ name }) => name.de.toLowerCase())
  const tells = (text: string) => ['mediation', ...secret].some((name) => text.toLowerCase().includes(name))
  return m.steps.flatMap((step, i) => {
    const told = [step.label.de, step.button.de].find((text) => stepFacts(step.kind).thing === 'case' && tells(text))
    return told === undefined ? [] : [refuse(pointer('steps', i, 'label'), 'stepTellsFormat', { step: told })]
  })
}

const sayingNo: readonly StepKind[] = ['advise', 'refer', 'watch', 'raise']

/** Whoever reported gets an answer: every way that opens no case has a reason with a sentence for her. */
export function answers(m: Model): Fault[] {
  const used = new Set(m.steps.map(({ kind }) => kind))
  const faults = sayingNo
    .filter((kind) => used.has(kind) && !m.reasons.some((reason) => reason.for.includes(kind)))
    .map((kind) => refuse('/reasons', 'reasonMissing', { stepKind: kind }))
  if (m.followUps.months.length === 0) faults.push(advise('/followUps/months', 'noFollowUp'))
  return faults
}

/** Every stage and scope should find a proposal in the matrix. */
export function triageComplete(m: Model): Fault[] {
  const faults: Fault[] = []
  for (const [i, { when }] of m.triage.entries()) {
    if (when.stage && when.stage[0] > when.stage[1])
      faults.push(refuse(pointer('triage', i, 'when', 'stage'), 'stagesBackwards'))
  }
  if (m.triage.length === 0) return faults
  for (const scope of scopes) {
    for (let stage = 1; stage <= 9; stage++) {
      const found = m.triage.some(
        ({ when }) =>
          (!when.scope || when.scope.includes(scope)) &&
          (!when.stage || (when.stage[0] <= stage && stage <= when.stage[1])),
      )
      if (!found) faults.push(advise('/triage', 'triageGap', { stage, scope }))
    }
  }
  return faults
}
