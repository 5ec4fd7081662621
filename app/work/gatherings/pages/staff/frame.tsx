import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import { theGathering, type GatheringRow } from '../../commands/store.ts'

/** The gathering of the address; hidden where there is none. */
export const gatheringOf = (tx: TenantTx, visit: Visit): Promise<GatheringRow> =>
  theGathering(tx, visit.params.gathering ?? '')

/** A page about one part of a gathering, with the way back to it. */
export const partOf = (visit: Visit, id: string, view: Pick<View, 'title' | 'body'> & Partial<View>): View => ({
  layout: 'staff',
  at: addresses.manageGatherings(visit.town),
  back: addresses.manageGatherings(visit.town, id),
  ...view,
})

/** Something has to be mended. */
export const mend = { status: 422, error: true } as const
