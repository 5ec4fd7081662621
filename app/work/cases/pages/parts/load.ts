import { NotAllowed } from '#platform/kernel/index.ts'
import type { TenantTx } from '#platform/tenancy/index.ts'
import type { View, Visit } from '#platform/web/index.ts'
import * as addresses from '#app/addresses.ts'
import type { Move, Published } from '#work/model/index.ts'
import { openedCase, type OpenedCase } from '../../queries.ts'
import type { Course } from '../../queries/course.ts'
import type { Lacking } from '../../queries/entitled.ts'
import type { KeptCase } from '../../queries/keeping.ts'

/** What the page of a case is made from. */
export interface Shown {
  readonly found: OpenedCase
  readonly model: Published
  readonly inForce: Published
  readonly moves: readonly Move[]
  readonly told: Course
  readonly keeping: KeptCase
  /** Who works on it without what the format needs; empty for whoever must not know the format. */
  readonly lacking: readonly Lacking[]
  /** A format that two lead has only one; said to whoever knows the format. */
  readonly alone: boolean
}

/** The case an address names; hidden when it is not there for this person. */
export async function caseOf(tx: TenantTx, visit: Visit): Promise<OpenedCase> {
  const found = await openedCase(tx, visit.params.case ?? '')
  if (!found) throw new NotAllowed('case', { hidden: true })
  return found
}

/** A page about one part of a case, with the way back to it. */
export const partOf = (visit: Visit, id: string, view: Pick<View, 'title' | 'body'> & Partial<View>): View => ({
  layout: 'staff',
  at: addresses.cases(visit.town),
  back: addresses.casePage(visit.town, id),
  ...view,
})

/** Something has to be mended. */
export const mend = { status: 422, error: true } as const
