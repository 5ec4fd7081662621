import type { Compiled } from '#work/model/index.ts'

/** Verbs whose bearer can change who may do what: giving them takes two people. */
const grave = ['people.manage', 'model.publish', 'intake.substitute', 'audit.read']

/** The roles among these that only a second person can release. */
export const rolesForTwo = (model: Compiled, roles: readonly string[]): string[] =>
  roles.filter((role) => grave.some((verb) => [...(model.verbs.get(role) ?? [])].some((held) => held === verb)))
