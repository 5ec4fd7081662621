import { neverTogether, verbsOf, type Compiled } from '#work/model/index.ts'

/** Verbs whose bearer can change who may do what: giving them takes two people. */
const grave = ['people.manage', 'model.publish', 'intake.substitute', 'audit.read']

/** Reading all reports or all cases is given by two as well; whoever has it may be stood in for like anybody. */
const wide = ['intake.read', 'cases.read']

/** Whoever runs the machine stands in the place of a person under this id: nobody is it, so anybody may be the other. */
export const commandLine = '00000000-0000-0000-0000-000000000000'

/** After this time (milliseconds) a request for a new access is void, confirmed or not. */
export const recoveryLife = 7 * 86_400_000

/** Whoever holds one of these may be the second person in what concerns persons. */
export const releasing = ['people.manage', 'second.decide'] as const

/** The roles among these that only a second person can release. */
export const rolesForTwo = (model: Compiled, roles: readonly string[]): string[] =>
  roles.filter((role) => [...(model.verbs.get(role) ?? [])].some((verb) => [...grave, ...wide].includes(verb)))

/** The roles of the model that work in this municipality: at the seat of the network there is nothing to read. */
export const rolesAt = (model: Compiled, kind: string): string[] =>
  [...model.roles.keys()].filter(
    (role) => kind !== 'state' || ![...(model.verbs.get(role) ?? [])].some((verb) => /^(intake|cases)\./.test(verb)),
  )

/** Whether these roles bring into one hand what nobody may hold together. */
export function apart(model: Compiled, roles: readonly string[]): boolean {
  const verbs = verbsOf(model, roles)
  return neverTogether.some(([one, other]) => verbs.has(one) && verbs.has(other))
}

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
  if (apart(model, [...roles.absent, ...roles.deputy])) return 'apart'
  return [...lent].every((verb) => own.has(verb) || !grave.includes(verb)) ? undefined : 'two'
}
