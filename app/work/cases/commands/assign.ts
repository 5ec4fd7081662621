import { grant, grantedOn, withdrawGrant } from '#platform/access/index.ts'
import { record } from '#platform/audit/index.ts'
import { berlinDay, NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import { mayBeGranted, type Missing } from '../rules.ts'
import { lackingIn } from '../queries/entitled.ts'
import { handlersFor } from '../queries/people.ts'
import { goOn } from './goOn.ts'
import { enter, lockCase, movesOf } from './store.ts'

interface Assignment {
  readonly person: string
  /** `lead`, `with`, or `extract`: who only reads a part of it. */
  readonly as: string
  /** Last day, `YYYY-MM-DD`; open-ended if absent. */
  readonly until?: string
}

/** Lets somebody work on a case, from today. Returns why she cannot, or nothing. */
export async function assign(tx: TenantTx, id: string, { person, as, until }: Assignment): Promise<Missing[]> {
  const { key } = await lockCase(tx, id)
  const today = berlinDay(tx.now)
  const missing = mayBeGranted(
    (await handlersFor(tx, id)).find((one) => one.id === person),
    today,
  )
  // A grant of another kind would replace the one she holds it by.
  if ((await grantedOn(tx, id, 'holder')).has(person)) missing.push({ message: 'missing.holder', field: 'person' })
  if (until && until < today) missing.push({ message: 'missing.until', field: 'until' })
  if (missing.length > 0) return missing
  await grant(tx, { record: id, person, role: as, until: until ?? null })
  await enter(tx, id, key, { kind: as === 'extract' ? 'shown' : 'assigned', person })
  await record(tx, 'granted', `case:${id}`)
  return []
}

/** The same for somebody who has shown what the format needs, and the case goes on to being handled where it only waited for that. */
export async function assignAndGoOn(
  tx: TenantTx,
  roles: readonly string[],
  id: string,
  assignment: Assignment,
): Promise<Missing[]> {
  if (assignment.as === 'extract') return assign(tx, id, assignment)
  const { row, model } = await lockCase(tx, id)
  const lacking = await lackingIn(tx, model, id, [assignment.person])
  if (lacking.length > 0)
    return lacking.map(({ proofs }) => ({
      message: 'missing.entitled.one',
      field: 'person',
      values: { proofs: proofs.join(', ') },
    }))
  const missing = await assign(tx, id, assignment)
  const move = (await movesOf(tx, model, row, roles)).find(({ kind, second }) => kind === 'handle' && !second)
  if (missing.length > 0 || row.step_kind !== 'assign' || !move) return missing
  return goOn(tx, roles, id, { to: move.to, version: row.version })
}

/** Ends somebody's work on a case; her next request sees nothing of it. Whoever holds it stays: nobody else could. */
export async function unassign(tx: TenantTx, id: string, person: string): Promise<void> {
  const { key } = await lockCase(tx, id)
  if ((await grantedOn(tx, id, 'holder')).has(person)) throw new NotAllowed('holder', { hidden: false })
  await enter(tx, id, key, { kind: 'unassigned', person })
  await withdrawGrant(tx, id, person)
  await record(tx, 'withdrawn', `case:${id}`)
}
