import { createHash } from 'node:crypto'
import { z } from 'zod'
import { duplicateIds, unknownIds } from './checks/ids.ts'
import { letters } from './checks/letters.ts'
import { retired, rights, words } from './checks/people.ts'
import { answers, deletion, gatesComplete, secrecy, triageComplete } from './checks/protection.ts'
import { door, numbers, readers, translations } from './checks/public.ts'
import { kindsOfSteps, peopleOfSteps, questions, ways } from './checks/steps.ts'
import { pointer, refuse, type Fault } from './faults.ts'
import type { Verb } from './rights.ts'
import {
  modelSchema,
  type Area,
  type Model,
  type Office,
  type Role,
  type RoleId,
  type Step,
  type StepId,
} from './schema.ts'
import { upcast } from './upcast.ts'

/** A model that works, with what pages and commands look up. */
export interface Compiled {
  /** SHA-256 of the content in hex: equal documents have equal hashes, however they are laid out. */
  readonly hash: string
  readonly model: Model
  readonly roles: ReadonlyMap<RoleId, Role>
  readonly steps: ReadonlyMap<StepId, Step>
  readonly offices: ReadonlyMap<string, Office>
  readonly areas: ReadonlyMap<string, Area>
  readonly verbs: ReadonlyMap<RoleId, ReadonlySet<Verb>>
  /** Where a new report stands. */
  readonly firstStep: Step
  /** What works but deserves a look. */
  readonly advice: readonly Fault[]
}

export type Outcome = { readonly ok: Compiled } | { readonly faults: readonly Fault[] }

const checks: readonly ((m: Model) => Fault[])[] = [
  duplicateIds,
  unknownIds,
  kindsOfSteps,
  ways,
  peopleOfSteps,
  questions,
  rights,
  words,
  retired,
  door,
  readers,
  numbers,
  translations,
  letters,
  gatesComplete,
  secrecy,
  deletion,
  answers,
  triageComplete,
]

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}

export const hashOf = (document: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(document)))
    .digest('hex')

/** Some gaps have a better sentence than "this is missing". */
function shapeFault(path: readonly PropertyKey[], message: string, missing: boolean): Fault {
  const last = path.at(-1)
  if (missing && last === 'owner') return refuse(pointer(...path), 'deadlineWithoutOwner')
  if (missing && path[0] === 'retention' && path.length === 2)
    return refuse(pointer(...path), 'retentionMissing', { retention: String(last) })
  if (missing) return refuse(pointer(...path), 'missing', { part: String(last ?? '') })
  return refuse(pointer(...path), 'shape', { part: String(last ?? ''), message })
}

function at(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    document,
  )
}

const german = z.locales.de()
const kept = new Map<string, Outcome>()
const keptAtMost = 500

/**
 * Reads a document of any schema number into a working model, or names every fault with the place to mend.
 * Pure; results are kept by content hash, so compiling the same document again costs the hash only.
 */
export function compile(document: unknown): Outcome {
  const current = upcast(document)
  if ('faults' in current) return current
  const key = hashOf(current.document)
  const known = kept.get(key)
  if (known) return known
  const outcome = build(current.document)
  if (kept.size >= keptAtMost) kept.delete(kept.keys().next().value ?? '')
  kept.set(key, outcome)
  return outcome
}

function build(document: unknown): Outcome {
  const parsed = modelSchema.safeParse(document, { error: german.localeError })
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map((issue) =>
        shapeFault(issue.path, issue.message, at(document, issue.path) === undefined),
      ),
    }
  }
  const found = checks.flatMap((check) => check(parsed.data))
  if (found.some(({ severity }) => severity === 'refuse')) return { faults: found }
  return { ok: indexed(parsed.data, found) }
}

function indexed(model: Model, advice: readonly Fault[]): Compiled {
  const firstStep = model.steps.find((step) => step.kind === 'receive')
  if (!firstStep) throw new Error(`model ${model.id} receives nothing`)
  const index = <T extends { id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
    new Map(list.map((entry) => [entry.id, entry]))
  return {
    hash: hashOf(model),
    model,
    firstStep,
    roles: index(model.roles),
    steps: index(model.steps),
    offices: index(model.offices),
    areas: index(model.areas),
    verbs: new Map(model.roles.map((role) => [role.id, new Set(role.may)])),
    advice,
  }
}

/**
 * Reads a document that was published. Rules that were added since cannot refuse it any more: it is in force, and
 * cases stand in it; what they find becomes advice. Throws when it has no readable shape at all.
 */
export function read(document: unknown): Compiled {
  const outcome = compile(document)
  if ('ok' in outcome) return outcome.ok
  const current = upcast(document)
  if ('faults' in current) throw new Error('a published model has an unknown schema number')
  return indexed(modelSchema.parse(current.document), outcome.faults)
}
