import { neverTogether, verbsOf, type Compiled } from '#work/model/index.ts'

/** Verbs whose bearer can change who may do what: giving them takes two people. */
const grave = ['people.manage', 'model.publish', 'intake.substitute', 'audit.read']

/** After this time (milliseconds) a request for a new access is void, confirmed or not. */
export const recoveryLife = 7 * 86_400_000

/** Whoever holds one of these may be the second person in what concerns persons. */
export const releasing = ['people.manage', 'second.decide'] as const

/** The roles among these that only a second person can release. */
export const rolesForTwo = (model: Compiled, roles: readonly string[]): string[] =>
  roles.filter((role) => grave.some((verb) => [...(model.verbs.get(role) ?? [])].some((held) => held === verb)))

export type AbsenceFault = 'days' | 'past' | 'self' | 'two' | 'apart' | 'unfit' | 'superior'

/**
 * What speaks against a deputy, before records are asked. Lending is no way around the two people it takes to give grave
 * rights, so the deputy must hold them already; and nobody comes to hold what no role may hold together, or whoever
 * was kept from a report could read it while the substitute is away.
 */
export function absenceFault(
  model: Compiled,
  absence: { person: string; deputy: string; from: string; until: string | null; today: string },
  roles: { absent: readonly string[]; deputy: readonly string[] },
): AbsenceFault | undefined {
  const { person, deputy, from, until, today } = absence
  if (person === deputy) return 'self'
  if (until !== null && until < from) return 'days'
  if (from < today) return 'past'
  const [lent, own] = [verbsOf(model, roles.absent), verbsOf(model, roles.deputy)]
  const both = new Set([...lent, ...own])
  if (neverTogether.some(([one, other]) => both.has(one) && both.has(other))) return 'apart'
  return [...lent].every((verb) => own.has(verb) || !grave.includes(verb)) ? undefined : 'two'
}
