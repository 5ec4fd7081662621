import { endBarredGrants, grantedOn, holdersOf, toldAbout } from '#platform/access/index.ts'
import { addDays, atBerlin, berlinDay } from '#platform/kernel/index.ts'
import { nextMorning, remind } from '#platform/mail/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { calendarOf, current, modelIfAny, type Published } from '#work/model/index.ts'

interface Due {
  readonly id: string
  readonly owner_role: string | null
}

/** Whose turn it is: whoever holds the case; else those with a grant who hold the owner role; without any, those of that role who read all cases. */
async function audience(tx: TenantTx, model: Published, { id, owner_role }: Due): Promise<string[]> {
  const role = owner_role && current(model, 'role', owner_role)
  if (!role) return []
  const holders = (await holdersOf(tx, [role])).map(({ person }) => person)
  const [granted, holding] = [await grantedOn(tx, id), await grantedOn(tx, id, 'holder')]
  if (holding.size > 0) return toldAbout(tx, id, [...holding])
  const theirs = holders.filter((person) => granted.has(person))
  if (theirs.length > 0) return toldAbout(tx, id, theirs)
  return model.verbs.get(role)?.has('cases.read') ? toldAbout(tx, id, holders) : []
}

/** Timed, on working mornings: who has a case due today or overdue. Ends before what nobody may hold any more. */
export async function morningRound(tx: TenantTx): Promise<void> {
  await endBarredGrants(tx)
  const model = await modelIfAny(tx)
  const today = berlinDay(tx.now)
  if (!model || !calendarOf(model).isWorkingDay(today)) return
  const due = await tx.db
    .selectFrom('cases.case')
    .select(['id', 'owner_role'])
    .where('due_at', '<', atBerlin(addDays(today, 1)))
    .execute()
  const persons = new Set<string>()
  for (const one of due) for (const person of await audience(tx, model, one)) persons.add(person)
  await remind(tx, [...persons], nextMorning(calendarOf(model), tx.now))
}
