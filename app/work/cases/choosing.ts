import { dialogueFormats, type Compiled, type Model } from '#work/model/index.ts'
import type { Missing } from './rules.ts'

/** Choosing how a case is worked on: the table proposes, the questions of protection come first, people decide. */

export const gateAnswers = ['no', 'yes', 'unknown'] as const
export type GateAnswer = (typeof gateAnswers)[number]

/** The case is worked on, and which format it is stays unwritten: always possible, and asked like a talk. */
export const unwritten = 'unwritten'

export interface Picture {
  /** Glasl's stage of the party furthest on, 1 to 9. */
  readonly stage?: number
  readonly scope?: string
}

export interface Proposal {
  readonly formats: Model['formats']
  /** Why, as the model says it. */
  readonly why: Model['triage'][number]['why']
}

/** What the model's table proposes for this picture, in the order of the document. What is unknown matches nothing. */
export function proposals({ model }: Compiled, { stage, scope }: Picture): Proposal[] {
  const fits = ({ when }: Model['triage'][number]) =>
    (when.stage === undefined || (stage !== undefined && stage >= when.stage[0] && stage <= when.stage[1])) &&
    (when.scope === undefined || when.scope.some((one) => one === scope))
  return model.triage.filter(fits).map(({ propose, why }) => ({
    formats: propose.flatMap((id) => model.formats.filter((format) => format.id === id)),
    why,
  }))
}

export const formatOf = ({ model }: Compiled, id: string): Model['formats'][number] | undefined =>
  model.formats.find((format) => format.id === id)

/** Whether sides are brought to talk, so that the questions of protection have to be answered. */
export function isDialogue(model: Compiled, id: string): boolean {
  const format = formatOf(model, id)
  return id === unwritten || (format !== undefined && dialogueFormats.includes(format.kind))
}

export interface Choosing {
  readonly format?: string
  readonly reason?: string
  readonly gates: Readonly<Record<string, string | undefined>>
  /** Why a talk may begin although a question of protection stands open. */
  readonly overrule?: string
  /** The day of the parties' written release, `YYYY-MM-DD`; needed before a mediation is written down. */
  readonly releasedOn?: string
}

/** What is kept of a choice, sealed under a key of its own. */
export interface Said {
  readonly format: string
  readonly reason: string
  readonly gates: Readonly<Record<string, string | undefined>>
  readonly overrule?: string
  readonly releasedOn?: string
}

/** The questions of protection that forbid a talk for now: answered yes, or not known. */
export const openGates = (model: Compiled, { gates }: Pick<Choosing, 'gates'>): string[] =>
  model.model.gates.filter(({ id }) => gates[id] === 'yes' || gates[id] === 'unknown').map(({ id }) => id)

/** What a choice still lacks; `secret` are the kinds whose existence the parties must have released. */
export function missingToChoose(model: Compiled, said: Choosing, secret: readonly string[], today: string): Missing[] {
  const format = said.format ? formatOf(model, said.format) : undefined
  const missing: Missing[] = []
  if (!format && said.format !== unwritten) missing.push({ message: 'missing.format', field: 'format' })
  if (!said.reason) missing.push({ message: 'missing.why', field: 'reason' })
  if (format && secret.includes(format.kind) && !(said.releasedOn && said.releasedOn <= today))
    missing.push({ message: 'missing.release', field: 'releasedOn' })
  if (said.format && isDialogue(model, said.format)) {
    for (const { id } of model.model.gates) {
      if (!gateAnswers.some((answer) => answer === said.gates[id]))
        missing.push({ message: 'missing.gate', field: `gate-${id}` })
    }
    if (openGates(model, said).length > 0 && !said.overrule)
      missing.push({ message: 'missing.overrule', field: 'overrule' })
  }
  return missing
}
