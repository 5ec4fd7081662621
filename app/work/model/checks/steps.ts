import { advise, pointer, refuse, type Fault } from '../faults.ts'
import { evaluationTypes, stepFacts, type StepKind } from '../kinds.ts'
import type { Field, Model, Step } from '../schema.ts'

/** Without one step of each of these no report could travel to its end. */
const needed: readonly StepKind[] = [
  'receive',
  'urgent',
  'check',
  'decide',
  'advise',
  'closed',
  'open',
  'assess',
  'close',
  'ended',
]
/** `handle` too: two such steps would tell a mediation from any other talk. */
const onlyOnce: readonly StepKind[] = ['receive', 'open', 'handle', 'closed', 'ended']

export function kindsOfSteps(m: Model): Fault[] {
  const count = (kind: StepKind) => m.steps.filter((step) => step.kind === kind).length
  return [
    ...needed.filter((kind) => count(kind) === 0).map((kind) => refuse('/steps', 'kindMissing', { stepKind: kind })),
    ...onlyOnce.filter((kind) => count(kind) > 1).map((kind) => refuse('/steps', 'kindTwice', { stepKind: kind })),
  ]
}

/** What an end may lead to: the matter is taken up again. */
const takesUpAgain: readonly StepKind[] = ['reopen', 'check']

/** A report also ends where its case begins. */
const isEnd = (step: Step | undefined, thing: 'report' | 'case'): boolean =>
  step !== undefined &&
  ((stepFacts(step.kind).end === true && stepFacts(step.kind).thing === thing) ||
    (thing === 'report' && step.kind === 'open'))

type Steps = ReadonlyMap<string, Step>

/** All steps that can be reached from one, itself included; `over` says which may be entered. */
function reachable(steps: Steps, from: string, over: (step: Step) => boolean = () => true): Set<string> {
  const seen = new Set<string>([from])
  for (const id of seen) {
    for (const next of steps.get(id)?.next ?? []) {
      const step = steps.get(next)
      if (step && over(step)) seen.add(next)
    }
  }
  return seen
}

/** Ways: every step leads on, to an end, and to the right kind of thing. */
export function ways(m: Model): Fault[] {
  const steps: Steps = new Map(m.steps.map((step) => [step.id, step]))
  const start = m.steps.find((step) => step.kind === 'receive')
  const reached = start ? reachable(steps, start.id) : new Set(steps.keys())
  return m.steps.flatMap((step, i) => {
    const path = pointer('steps', i)
    const unreachable = reached.has(step.id) ? [] : [advise(path, 'unreachable', { step: step.label.de })]
    return [...wayOut(step, steps, path), ...wayOn(step, steps, path), ...unreachable]
  })
}

/** An end must be in reach whatever is true of a record, so steps that ask for something do not count. */
function wayOut(step: Step, steps: Steps, path: string): Fault[] {
  const facts = stepFacts(step.kind)
  const values = { step: step.label.de }
  const kindOf = (id: string) => steps.get(id)?.kind
  if (facts.end) {
    const wrong = step.next.some((id) => !takesUpAgain.includes(kindOf(id) ?? 'check'))
    return wrong ? [refuse(`${path}/next`, 'endLeadsOn', values)] : []
  }
  if (step.next.length === 0) return [refuse(`${path}/next`, 'noWayOut', values)]
  const always = reachable(steps, step.id, (next) => !next.when)
  if (![...always].some((id) => isEnd(steps.get(id), facts.thing))) return [refuse(`${path}/next`, 'noEnd', values)]
  if (!facts.stays && step.next.length > 1) return [refuse(`${path}/next`, 'atOnceOneNext', values)]
  return []
}

function wayOn(step: Step, steps: Steps, path: string): Fault[] {
  const { thing } = stepFacts(step.kind)
  return step.next.flatMap((id, j) => {
    const next = steps.get(id)
    if (!next) return []
    const values = { step: step.label.de, next: next.label.de }
    if (next.kind === 'open') return thing === 'case' ? [refuse(`${path}/next/${j}`, 'opensAgain', values)] : []
    return stepFacts(next.kind).thing === thing ? [] : [refuse(`${path}/next/${j}`, 'wrongThing', values)]
  })
}

/** People of steps: somebody may take each, and the second person is somebody else. */
export function peopleOfSteps(m: Model): Fault[] {
  const roles = new Map(m.roles.map((role) => [role.id, role]))
  const faults: Fault[] = []
  for (const [i, step] of m.steps.entries()) {
    const { verb, end, stays } = stepFacts(step.kind)
    const at = (...more: PropertyKey[]) => pointer('steps', i, ...more)
    const values = { step: step.label.de }
    if (!end && step.by.length === 0) faults.push(refuse(at('by'), 'nobody', values))
    for (const [j, id] of step.by.entries()) {
      const role = roles.get(id)
      if (role && verb && !role.may.includes(verb))
        faults.push(refuse(at('by', j), 'lacksVerb', { ...values, role: id, verb }))
    }
    if (stays && !end && !step.within && step.kind !== 'handle') faults.push(advise(at(), 'noDeadline', values))
    if (step.second) faults.push(...secondOf(m, step, i))
  }
  return faults
}

function secondOf(m: Model, step: Step, i: number): Fault[] {
  const roles = new Map(m.roles.map((role) => [role.id, role]))
  const second = step.second
  if (!second) return []
  const at = (...more: PropertyKey[]) => pointer('steps', i, 'second', ...more)
  const values = { step: step.label.de }
  const faults: Fault[] = []
  if (second.by.length === 0) faults.push(refuse(at('by'), 'secondNobody', values))
  for (const [j, id] of second.by.entries()) {
    if (roles.get(id) && !roles.get(id)?.may.includes('second.decide'))
      faults.push(refuse(at('by', j), 'lacksVerb', { ...values, role: id, verb: 'second.decide' }))
  }
  // One person may hold several roles, so a second role held by one person only could be the taker herself.
  const somebodyElse = second.by.some((id) => roles.get(id)?.outside || !roles.get(id)?.single)
  if (second.by.length > 0 && !somebodyElse) faults.push(refuse(at('by'), 'secondHerself', values))
  if (second.effect === 'at-once' && !second.lapse) faults.push(refuse(at('lapse'), 'secondNeverLapses', values))
  return faults
}

const withOptions: readonly Field['type'][] = ['choice', 'choices']
const freeText: readonly Field['type'][] = ['text', 'longText']

export function questions(m: Model): Fault[] {
  return [
    ...m.steps.flatMap((step, i) =>
      step.ask.flatMap((field, j) => [
        ...question(field, pointer('steps', i, 'ask', j)),
        ...askedInPublic(step, field, pointer('steps', i, 'ask', j, 'shown')),
      ]),
    ),
    ...m.evaluation.flatMap((field, j) => [
      ...question(field, pointer('evaluation', j)),
      ...askedOfConcerned(field, pointer('evaluation', j, 'type')),
    ]),
  ]
}

/** A text tells who wrote it, and nobody may learn that (docs/adr/0008). */
const askedOfConcerned = (field: Field, path: string): Fault[] =>
  evaluationTypes.some((type) => type === field.type)
    ? []
    : [refuse(path, 'evaluationText', { question: field.label.de })]

/** Residents are asked once, when they report. */
function askedInPublic(step: Step, field: Field, path: string): Fault[] {
  if (step.kind === 'receive' || !field.shown.includes('public-form')) return []
  return [refuse(path, 'publicElsewhere', { question: field.label.de, step: step.label.de })]
}

function question(field: Field, path: string): Fault[] {
  const values = { question: field.label.de }
  const faults: Fault[] = []
  const choosing = withOptions.includes(field.type)
  if (choosing && (field.options?.length ?? 0) < 2) faults.push(refuse(`${path}/options`, 'optionsMissing', values))
  if (!choosing && field.options) faults.push(refuse(`${path}/options`, 'optionsNotAsked', values))
  const seen = new Set<string>()
  for (const [i, { id }] of (field.options ?? []).entries()) {
    if (seen.has(id)) faults.push(refuse(`${path}/options/${i}/id`, 'duplicateId', { id }))
    seen.add(id)
  }
  const free = freeText.includes(field.type)
  if (free && !field.sealed) faults.push(refuse(`${path}/sealed`, 'freeTextUnsealed', values))
  if (field.shown.includes('figures') && (free || field.sealed))
    faults.push(refuse(`${path}/shown`, 'figuresFromSealed', values))
  if (field.shown.includes('public-form') && field.required)
    faults.push(refuse(`${path}/required`, 'publicRequired', values))
  return faults
}
