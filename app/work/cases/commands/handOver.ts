import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Held } from '#platform/web/index.ts'
import { handlersFor } from '../queries/people.ts'
import { openCasesOf } from '../queries.ts'
import { mayBeGranted } from '../rules.ts'
import { berlinDay } from '#platform/kernel/index.ts'
import { words } from '../words.ts'
import { assign, unassign } from './assign.ts'

const t = words('de')

/** The open cases somebody works on, by number only, and who could take each over. */
export async function heldCases(tx: TenantTx, person: string): Promise<Held[]> {
  const today = berlinDay(tx.now)
  const held: Held[] = []
  for (const { id, number, role } of await openCasesOf(tx, person)) {
    const able = (await handlersFor(tx, id)).filter((one) => mayBeGranted(one, today).length === 0)
    held.push({
      record: id,
      what: t('held.case', { number }),
      to: able.filter((one) => one.id !== person).map((one) => ({ id: one.id, name: one.name })),
      handOver: async (inTx, to) => {
        await assign(inTx, id, { person: to, as: role })
        await unassign(inTx, id, person)
      },
    })
  }
  return held
}
