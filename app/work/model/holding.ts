import type { Compiled } from './compile.ts'
import { verbsOf } from './moves.ts'
import type { Verb } from './rights.ts'
import type { RoleId } from './schema.ts'

/** Who may be asked to hold a matter the coordination office is itself concerned in. */
const holding = ['steering-group', 'sponsor']

/** What belongs to the whole inbox, to names or to what leaves the office: never lent for one record. */
const kept: readonly Verb[] = ['intake.enter', 'intake.import', 'intake.check', 'intake.contacts', 'cases.export']

export interface Lent {
  readonly roles: readonly RoleId[]
  readonly verbs: ReadonlySet<Verb>
}

/** Roles whose persons may hold a single matter instead of the coordination office. */
export const holderRoles = (m: Compiled): RoleId[] =>
  m.model.roles.filter(({ component }) => holding.includes(component)).map(({ id }) => id)

/** In whose place such a person acts on that matter, and what she may do there: the work on reports and cases. */
export function lentBy(m: Compiled): Lent {
  const roles = m.model.roles.filter(({ component }) => component === 'coordination').map(({ id }) => id)
  const work = [...verbsOf(m, roles)].filter((verb) => /^(intake|cases)\./.test(verb) && !kept.includes(verb))
  return { roles, verbs: new Set(work) }
}
