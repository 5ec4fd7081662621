import type { TenantTx } from '#platform/tenancy/index.ts'
import type { Visit } from '#platform/web/index.ts'
import { registerAll } from './commands/register.ts'
import type { NewRegistration } from './schema.ts'

interface Waiting {
  readonly one: NewRegistration
  readonly receivedAt: Date
  /** Whether registration was open when it came. */
  readonly done: (inside: boolean) => void
  readonly failed: (reason: unknown) => void
}

/** More than this at once is the next batch. */
const most = 250

/** Who waits for which gathering; the batch that runs has left the list. */
const doors = new Map<string, Waiting[]>()

/**
 * Registers through one door per gathering: whoever comes while others are being written down is written down with the
 * next batch, in the order of coming. Several nodes are kept in order by the lock on the gathering.
 */
export function register(visit: Visit, gathering: string, one: NewRegistration): Promise<boolean> {
  const key = `${visit.town.id} ${gathering}`
  const queue = doors.get(key)
  const entered = new Promise<boolean>((done, failed) => {
    const waiting = { one, receivedAt: visit.now, done, failed }
    if (queue) queue.push(waiting)
    else doors.set(key, [waiting])
  })
  if (!queue) void empty(key, gathering, (work) => visit.txAs({ kind: 'program', name: 'gatherings' }, work))
  return entered
}

async function empty(
  key: string,
  gathering: string,
  inTx: (work: (tx: TenantTx) => Promise<boolean[]>) => Promise<boolean[]>,
): Promise<void> {
  // What arrived in the same moment comes with the first batch.
  await new Promise((resolve) => setImmediate(resolve))
  for (
    let batch = doors.get(key)?.splice(0, most);
    batch && batch.length > 0;
    batch = doors.get(key)?.splice(0, most)
  ) {
    const all = batch
    try {
      const inside = await inTx((tx) => registerAll(tx, gathering, all))
      for (const [n, { done }] of all.entries()) done(inside[n] ?? false)
    } catch (error) {
      for (const { failed } of all) failed(error)
    }
  }
  doors.delete(key)
}
