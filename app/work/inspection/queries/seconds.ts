import { barredFrom, holdersOf } from '#platform/access/index.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { excludedFrom } from '#work/intake/index.ts'
import { holderRoles, modelInForce, type Compiled, type Verb } from '#work/model/index.ts'
import { namesOf } from './requests.ts'

const holding = ({ verbs }: Compiled, ...any: readonly Verb[]) =>
  [...verbs].filter(([, of]) => any.some((verb) => of.has(verb))).map(([role]) => role)

/** Roles whose persons may decide with the substitute: hers, and those that hold what concerns the office itself. */
export const secondRoles = (model: Compiled): string[] => [
  ...new Set([...holding(model, 'intake.substitute'), ...holderRoles(model)]),
]

/**
 * Who may decide with the substitute about these reports, by name: nobody who works in the coordination office or whom
 * somebody kept from one of them, nobody who stands in for such a person today or is away, and not whoever asks this.
 */
export async function secondsFor(
  tx: TenantTx,
  reports: readonly string[],
): Promise<{ readonly id: string; readonly name: string }[]> {
  const model = await modelInForce(tx)
  const personsIn = async (roles: readonly string[]) => (await holdersOf(tx, roles)).map(({ person }) => person)
  const today = berlinDay(tx.now)
  const absences = await tx.db
    .selectFrom('auth.absence')
    .select(['person_id', 'deputy_id'])
    .where('from_on', '<=', today)
    .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]))
    .execute()
  const closed = new Set([
    ...(await personsIn(holding(model, 'intake.read', 'cases.export'))),
    ...(await barredFrom(tx, reports)),
    ...(await excludedFrom(tx, reports)),
  ])
  const away = absences.map((absence) => absence.person_id)
  const standIns = absences.filter((absence) => closed.has(absence.person_id)).map((absence) => absence.deputy_id)
  const out = new Set([...closed, ...away, ...standIns])
  if (tx.who.kind === 'person') out.add(tx.who.id)
  const able = [...new Set(await personsIn(secondRoles(model)))].filter((person) => !out.has(person))
  const names = await namesOf(tx, able)
  return able.map((id) => ({ id, name: names.get(id) ?? '' })).toSorted((a, b) => a.name.localeCompare(b.name, 'de'))
}
