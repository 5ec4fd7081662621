import { dialogueFormats, secretFormats, type Compiled, type Model } from '#work/model/index.ts'
import type { Missing } from './rules.ts'
import { tells } from './tells.ts'

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

export const formatOf = ({ model }: Pick<Compiled, 'model'>, id: string): Model['formats'][number] | undefined =>
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
  /** The parties' written release; needed before a mediation is written down. */
  readonly release?: Partial<Release>
}

/** All parties have agreed on paper that it is written down that they talk with a mediator. */
export interface Release {
  /** `YYYY-MM-DD` */
  readonly on: string
  /** It was signed on paper. */
  readonly onPaper: boolean
  /** Who has seen the paper: the id of somebody who knows of it anyway. */
  readonly seenBy: string
}

/** What is kept of a choice, sealed under a key of its own. */
export interface Said {
  readonly format: string
  readonly reason: string
  readonly gates: Readonly<Record<string, string | undefined>>
  readonly overrule?: string
  readonly release?: Release
}

/** The longest reason. What is kept of a choice has one length for all, and reasons have to fit in. */
const longestReason = 2_000
const kept = 16_384

/** As it is sealed: filled up, so that its length does not tell whether there is a release. */
export function written(said: Said): string {
  const text = JSON.stringify(said)
  return text + ' '.repeat(Math.max(0, kept - Buffer.byteLength(text)))
}

/** Talks between sides. Whether one of them has to be approved must not tell which. */
const alike: readonly string[] = ['clarifying-talk', 'moderation', ...secretFormats]

/** How cases were worked on, as coarse as a figure may tell it. */
export const ways = ['one-side', 'talks', 'outreach', 'public', 'consulting', 'place'] as const
export type Way = (typeof ways)[number]
const wayOfKind: Readonly<Record<string, Way>> = {
  'listening-talk': 'one-side',
  advice: 'one-side',
  outreach: 'outreach',
  'round-table': 'public',
  workshop: 'public',
  'citizens-dialogue': 'public',
  'large-group': 'public',
  'process-consulting': 'consulting',
  'place-measures': 'place',
}

/** All talks between sides are one, whichever they are and whether it is written down or not: no figure tells of a mediation. */
export function wayOf(model: Compiled, format: string): Way | null {
  const kind = formatOf(model, format)?.kind
  return format === unwritten || (kind && alike.includes(kind)) ? 'talks' : ((kind && wayOfKind[kind]) ?? null)
}

/** Who approves this way of working, if anybody: for talks between sides the same, whichever it is. */
export function approvalOf({ model }: Compiled, id: string): string | undefined {
  const format = formatOf({ model }, id)
  if (id !== unwritten && !(format && alike.includes(format.kind))) return format?.approval
  const talks = model.formats.filter(({ kind }) => alike.includes(kind))
  return talks.toSorted((a, b) => alike.indexOf(b.kind) - alike.indexOf(a.kind)).find((one) => one.approval)?.approval
}

export const isSecret = (model: Pick<Compiled, 'model'>, id: string): boolean =>
  secretFormats.some((kind) => kind === formatOf(model, id)?.kind)

/** The questions of protection that forbid a talk for now: answered yes, or not known. */
export const openGates = (model: Compiled, { gates }: Pick<Choosing, 'gates'>): string[] =>
  model.model.gates.filter(({ id }) => gates[id] === 'yes' || gates[id] === 'unknown').map(({ id }) => id)

/** What the release lacks before a mediation may be written down. */
function missingRelease({ on, onPaper, seenBy }: Partial<Release>, today: string): Missing[] {
  if (!on || on > today) return [{ message: 'missing.release', field: 'releasedOn' }]
  if (!onPaper) return [{ message: 'missing.on-paper', field: 'onPaper' }]
  return seenBy ? [] : [{ message: 'missing.seen-by', field: 'seenBy' }]
}

/** Whether a text says which way a case is worked on: by the usual words, or by the model's own for a secret format. */
export function tellsIn(model: Pick<Compiled, 'model'>, text: string): boolean {
  const own = model.model.formats.filter(({ id }) => isSecret(model, id)).map(({ name }) => name.de.toLowerCase())
  return tells(text) || own.some((name) => text.toLowerCase().includes(name))
}

/** What a second person will read is short and does not say which way it is. */
function unfit(model: Compiled, field: 'reason' | 'overrule', text = ''): Missing[] {
  return [
    ...(text.length > longestReason ? [{ message: 'missing.shorter', field }] : []),
    ...(tellsIn(model, text) ? [{ message: 'error.tells', field }] : []),
  ]
}

/** What a choice still lacks. */
export function missingToChoose(model: Compiled, said: Choosing, today: string): Missing[] {
  const format = said.format ? formatOf(model, said.format) : undefined
  const missing: Missing[] = []
  if (!format && said.format !== unwritten) missing.push({ message: 'missing.format', field: 'format' })
  if (!said.reason) missing.push({ message: 'missing.why', field: 'reason' })
  missing.push(...unfit(model, 'reason', said.reason))
  if (format && isSecret(model, format.id)) missing.push(...missingRelease(said.release ?? {}, today))
  if (said.format && isDialogue(model, said.format)) {
    for (const { id } of model.model.gates) {
      if (!gateAnswers.some((answer) => answer === said.gates[id]))
        missing.push({ message: 'missing.gate', field: `gate-${id}` })
    }
    const open = openGates(model, said).length > 0
    if (open && !said.overrule) missing.push({ message: 'missing.overrule', field: 'overrule' })
    if (open) missing.push(...unfit(model, 'overrule', said.overrule))
  }
  return missing
}
