import { setTimeout as sleep } from 'node:timers/promises'
import type { Visit } from '#platform/web/index.ts'
import type { Compiled } from '#work/model/index.ts'
import { foldOntoPile } from './commands/pile.ts'
import { floodGate } from './flood.ts'

/** Nobody is kept waiting longer with an open connection, milliseconds. */
const patience = 8_000

/** How long this report has to wait for its turn, milliseconds; 0 is at once. */
export const waitingTime = (visit: Visit, { model }: Compiled): number =>
  floodGate.turn(visit.town.slug, visit.client, model.thresholds.flood.perMinute, visit.now.getTime())

/** Whether more than usual is coming in, so that look-alikes are folded. */
export const flooding = (visit: Visit, { model }: Compiled): boolean =>
  floodGate.flooding(visit.town.slug, model.thresholds.flood.perMinute, visit.now.getTime())

/** For doors without a page that could wait: the answer itself comes later. */
export const slowDown = async (milliseconds: number): Promise<void> => {
  if (milliseconds > 0) await sleep(Math.min(milliseconds, patience))
}

/** Lays a report that came in a flood onto the pile of those it looks like. */
export async function fold(visit: Visit, id: string): Promise<void> {
  try {
    await visit.txAs({ kind: 'program', name: 'flood' }, (tx) => foldOntoPile(tx, id))
  } catch {
    // The report is saved and must be answered; one that could not be folded stands in the inbox for itself.
  }
}
