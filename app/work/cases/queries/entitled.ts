import { entitled } from '#platform/access/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { say, type Compiled } from '#work/model/index.ts'
import { formatOf } from '../choosing.ts'
import { choiceOf, knowsWay } from './choice.ts'

/** Somebody and the proofs a format needs that she has not shown, in words. */
export interface Lacking {
  readonly person: string
  readonly proofs: readonly string[]
}

/** Which of these persons have not shown what a format needs. */
export async function lackingFor(
  tx: TenantTx,
  model: Compiled,
  format: string,
  persons: readonly string[],
): Promise<Lacking[]> {
  const needs = formatOf(model, format)?.needs ?? []
  if (needs.length === 0) return []
  const shown = await entitled(tx, persons)
  const nameOf = (id: string) => say(model.model.entitlements.find((one) => one.id === id)?.name ?? { de: id }, 'de')
  return persons.flatMap((person) => {
    const proofs = needs.filter((id) => !shown.get(person)?.has(id)).map(nameOf)
    return proofs.length > 0 ? [{ person, proofs }] : []
  })
}

/** The persons who lead or work on a case, of all who see it. */
export const handlersIn = (grants: readonly { readonly person: string; readonly as: string }[]): string[] =>
  grants.filter(({ as }) => as === 'lead' || as === 'with').map(({ person }) => person)

/**
 * Whether a format that two lead has only one. It is said to whoever knows the way, and never holds a case up: a step
 * that comes later than with another format would tell it.
 */
export const lacksSecond = (model: Compiled, format: string, handlers: readonly string[]): boolean =>
  formatOf(model, format)?.pair === true && handlers.length === 1

/**
 * The same for the way a case is worked on. Only for whoever knows the way: to anybody else a refusal, or a person who is
 * not offered, would tell it. That is why handing over and deputising never ask.
 */
export async function lackingIn(
  tx: TenantTx,
  model: Compiled,
  caseId: string,
  persons: readonly string[],
): Promise<Lacking[]> {
  if (!(await knowsWay(tx, caseId))) return []
  const format = (await choiceOf(tx, caseId))?.said?.format
  return format ? lackingFor(tx, model, format, persons) : []
}
