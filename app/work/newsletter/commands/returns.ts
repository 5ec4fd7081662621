import type { Fact } from '#platform/facts/index.ts'
import type { mailReturned } from '#platform/mail/index.ts'
import { livingKey, type TenantTx } from '#platform/tenancy/index.ts'
import { limits, verdictOn } from '../rules.ts'
import { withdraw } from './consent.ts'
import { prove } from './proof.ts'

/** A mail did not arrive. Ends the subscription where the mailbox is gone, or after several passing failures. */
export async function countReturn(
  tx: TenantTx,
  subscriber: string,
  verdict: ReturnType<typeof verdictOn>,
  status: string | null,
): Promise<void> {
  if (verdict === 'not-theirs') return
  if (verdict === 'gone') return withdraw(tx, subscriber, 'returned', { status })
  const row = await tx.db
    .updateTable('newsletter.subscriber')
    .set((eb) => ({ bounces: eb('bounces', '+', 1) }))
    .where('id', '=', subscriber)
    .where('state', '=', 'confirmed')
    .returning(['bounces', 'key_id'])
    .executeTakeFirst()
  if (!row) return
  const key = await livingKey(tx, row.key_id)
  await prove(tx, [{ subscriber, key, step: 'returned', detail: { status, count: row.bounces } }])
  if (row.bounces >= limits.softReturns) await withdraw(tx, subscriber, 'returned', { status })
}

/** Somebody wrote a mail to leave, as old programs do. */
export const leftTheList = (tx: TenantTx, { thing }: Pick<Returned, 'thing'>): Promise<void> =>
  withdraw(tx, thing.slice('leaving:'.length), 'mail')

type Returned = Fact<NonNullable<(typeof mailReturned)['data']>>

/** A mail came back after the server had taken it, or its reader complained. Only issues count; requests lapse anyway. */
export async function mailWasReturned(tx: TenantTx, { thing, data }: Returned): Promise<void> {
  if (data.kind !== 'newsletter.issue') return
  const subscriber = thing.slice(thing.lastIndexOf(':') + 1)
  if (data.why === 'complaint') return withdraw(tx, subscriber, 'complaint')
  return countReturn(tx, subscriber, data.why === 'delayed' ? 'count' : verdictOn(data.status, null), data.status)
}
